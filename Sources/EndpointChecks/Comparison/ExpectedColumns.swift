internal import JSON
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
  /// - Parameter found: what the endpoint gave.
  func table(of rows: FeatureRows, beside found: OutputTable) throws(Complaint) -> OutputTable {
    var columns: [(output: String, column: FeatureRows.Column)] = []
    for (name, column) in try pairs(found.names) {
      let output = try found.output(name, at: location)
      guard let values = rows[column]?.read(like: output) else {
        let advice = nearest(column, among: rows.names).map { "; did you mean \($0)?" } ?? ""
        throw Complaint(
          .noRows(
            "the rows have no column \(column), which expect: names\(advice)", .nothingToEvaluate),
          at: location)
      }
      if output.isNumeric, let row = values.intruder {
        throw Complaint(
          .noRows(
            "row \(row + 1) of the rows has \(values.values[row]) in \(column), which is no number, and \(name) is one; "
              + "where nothing is expected, leave the value out", .nothingToEvaluate), at: location)
      }
      if rows.count > 0, values.values.allSatisfy(\.isNaNOrNull) {
        throw Complaint(
          .noRows("\(column) has no value in any row, so nothing is expected of \(name)", .nothingToEvaluate),
          at: location)
      }
      columns.append((name, values))
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

extension FeatureRows.Column {
  /// A file holds a list or an object as its JSON; what is expected of an output with one in some row is read.
  fileprivate func read(like output: OutputTable.Output) -> FeatureRows.Column {
    guard kind == .text, output.rows.contains(where: { $0.count != 1 || $0[0].objectValue != nil }) else { return self }
    let lists = values.map { value in
      guard let text = value.stringValue else { return Optional(value) }
      return (try? JSONParser.parse(text)).flatMap { $0.arrayValue == nil && $0.objectValue == nil ? nil : $0 }
    }
    return lists.contains(nil) ? self : FeatureRows.Column(name: name, values: lists.compactMap { $0 })
  }

  /// The first text among numbers that is none, which makes the whole column of a CSV file text; nil where all are of one
  /// kind.
  fileprivate var intruder: Int? {
    func isNumber(_ value: JSONValue) -> Bool {
      value.doubleValue != nil || value.stringValue.flatMap(Double.init) != nil
    }
    guard values.contains(where: isNumber) else { return nil }
    return values.firstIndex { $0.stringValue != nil && !isNumber($0) }
  }
}
