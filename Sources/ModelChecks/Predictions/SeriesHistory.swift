package import Language
internal import Scan
internal import Verdict

/// The values of series before they were forecast: a file of its own, in which those of a series stand in the order of
/// time.
package struct SeriesHistory: Sendable {
  package var file: Located<String>?
  /// Where the values are.
  package var value: Located<String>?

  package init() {}

  static var shape: Shape<SeriesHistory> {
    let path = Shape<String>.path.map { path, node, problems -> Located<String>? in
      guard path.isEmpty else { return Located(path, at: node.location) }
      problems.report("the path is empty", at: node.location, help: ["name the table with the history"])
      return nil
    }
    return .object(
      SeriesHistory(),
      [
        .key(
          "file", \.file, path.optional, "A table of any format of the data, the earliest values first.",
          required: true),
        .key(
          "value", \.value, Shape<String>.column.optional,
          "The column with the values. The series stand in the column that series: names.", required: true),
      ])
  }

  func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    if let value { request.add(value.value, as: .numbers) }
    request.add(columns[.series], as: .words)
    return request
  }

  /// The values of each series by its name; of "" where there is one series.
  func values(of table: PredictionTable, _ columns: PredictionColumns) throws(RowProblem) -> [String: [Double]] {
    try table.requireRows()
    guard let value else { return [:] }
    let values = try table.numbers(value, as: "history")
    guard let series = columns.column(.series) else { return ["": values] }
    let words = try table.words(series, as: "series")
    let names = words.texts
    var found = [[Double]](repeating: [], count: names.count)
    for (row, word) in words.indices.enumerated() { found[Int(word)].append(values[row]) }
    return Dictionary(zip(names, found)) { first, _ in first }
  }
}
