internal import Language
internal import Verdict

/// `expect:`: which column of a file holds the expected values of which output.
struct ExpectedColumns: Sendable {
  /// One column for the only output, or for the one of its name.
  private var single: Located<String>?
  private var named: [(name: Located<String>, value: Located<String>)] = []

  var columns: [String] { [single?.value].compactMap { $0 } + named.map(\.value.value) }
  var location: SourceLocation? { single?.location ?? named.first?.name.location }

  /// A column, or columns by output: `{probability: prediction}`.
  static var shape: Shape<ExpectedColumns> {
    let column = Shape<String>.name.located
    let single = column.map { column in
      var expected = ExpectedColumns()
      expected.single = column
      return expected
    }
    let named = column.dictionary.map { columns, node, problems -> ExpectedColumns? in
      guard !columns.isEmpty else {
        problems.report("no output is named here, so nothing would be compared", at: node.location)
        return nil
      }
      var expected = ExpectedColumns()
      expected.named = columns
      return expected
    }
    return named.when(\.isMapping, otherwise: single)
  }

  /// Tolerances for outputs that nobody compares are mistakes.
  func validate(_ tolerances: OutputTolerances, _ problems: inout Problems) {
    guard !named.isEmpty else { return }
    for tolerance in tolerances.named where !named.contains(where: { $0.name.value == tolerance.name.value }) {
      problems.report(
        "no output \"\(tolerance.name.value)\" is compared here", at: tolerance.name.location,
        help: ["expect names \(named.map(\.name.value).joined(separator: ", "))"])
    }
  }

  /// The expected outputs of rows.
  ///
  /// - Parameter outputs: those that the endpoint gave.
  func table(of rows: FeatureRows, named outputs: [String]) throws(Complaint) -> OutputTable {
    var columns: [(output: String, column: FeatureRows.Column)] = []
    for (output, column) in try pairs(outputs) {
      guard outputs.contains(output) else {
        throw Complaint(.unusable("the reply has no output \(output), only \(outputs.joined(separator: ", "))"))
      }
      guard let values = rows[column] else {
        throw Complaint(.noRows("the rows have no column \(column), which expect: names", .nothingToEvaluate))
      }
      columns.append((output, values))
    }
    return OutputTable(columns, count: rows.count)
  }

  private func pairs(_ outputs: [String]) throws(Complaint) -> [(String, String)] {
    guard let column = single?.value else { return named.map { ($0.name.value, $0.value.value) } }
    if outputs.contains(column) { return [(column, column)] }
    guard outputs.count == 1 else {
      throw Complaint(
        .unusable(
          "the reply has the outputs \(outputs.joined(separator: ", ")): "
            + "write which one the column \(column) is of, as expect: {\(outputs.first ?? "OUTPUT"): \(column)}"))
    }
    return [(outputs[0], column)]
  }
}
