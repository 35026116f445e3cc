package import Language
package import Planning
package import Scan
package import Verdict

/// `column_names: clean`: names that are there, differ, and can be typed.
package struct ColumnNamesCheck: TableRule {
  /// What every name matches as a whole.
  package var pattern: Pattern?
  /// Whether two names may differ in nothing but case.
  package var isCaseSignificant = false

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "column_names",
    summary:
      "No column name is blank, comes twice, differs from another in case or Unicode normalization alone, or has white space around it or control characters in it. With matches every name also matches the pattern as a whole; with case: significant names may differ in case alone.",
    why:
      "A name with a trailing space is found by nobody, and databases that ignore case lose one of two columns.",
    example: "column_names: {matches: \"[a-z][a-z0-9_]*\"}",
    fix: "Rename the listed columns upstream.")

  /// Whether letters of another case make another name.
  private enum Case: String, CaseIterable { case ignored, significant }

  /// The form that says no more than this.
  private enum Short: String, CaseIterable { case clean }

  package static var keys: [Key<ColumnNamesCheck>] {
    [
      .optional("matches", \.pattern, .expression, "What every name matches as a whole, in RE2 syntax."),
      .key(
        "case", \.isCaseSignificant, Shape<Case>.choice.map { $0 == .significant },
        "Whether letters of another case make another name: ignored, significant."),
    ]
  }

  package static var short: Shape<ColumnNamesCheck>? { Shape<Short>.choice.map { _ in ColumnNamesCheck() } }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let late = plan.require(LateColumns.Specification())
    let check = self
    return { check.judge(table, $0[late]) }
  }

  private func judge(_ table: TableContext, _ late: LateColumns) -> Finding {
    let names = table.columns + late.columns.map(\.name)
    let faults = faults(of: names)
    var evidence = Evidence(
      observed: Quantity(Double(faults.count), .columns),
      limit: .text(pattern.map { "clean names that match \($0.text)" } ?? "clean names"))
    guard let first = faults.first else {
      guard late.areAll, !names.isEmpty else {
        let words = names.isEmpty ? "the table has no columns" : "the table has more columns than can be looked at"
        return table.planned.finding(
          .errored, words, reason: names.isEmpty ? .nothingToEvaluate : .limit, evidence: evidence)
      }
      return table.planned.finding(
        .passed, "the names of \(Quantity(Double(names.count), .columns)) are clean", evidence: evidence)
    }
    evidence.samples = faults.prefix(10).map { Evidence.Sample(key: "column \($0.column + 1)", value: $0.what) }
    return table.planned.finding(
      .failed, "\(faults.count) of \(names.count) column names are not clean: \(first.what)", evidence: evidence)
  }

  /// What is wrong with each name, the first fault of those that it has.
  private func faults(of names: [String]) -> [(column: Int, what: String)] {
    var exact: Set<ExactText> = []
    var folded: [String: String] = [:]
    var faults: [(column: Int, what: String)] = []
    for (column, name) in names.enumerated() {
      let isNew = exact.insert(ExactText(name)).inserted
      let similar = folded.updateValue(name, forKey: name.lowercased())
      let shown = TableContext.words([name])
      if name.allSatisfy(\.isWhitespace) {
        faults.append((column, "\(shown) is blank"))
      } else if !isNew {
        faults.append((column, "\(shown) comes more than once"))
      } else if let similar, similar == name {
        faults.append((column, "\(shown) comes in two Unicode normalizations"))
      } else if let similar, !isCaseSignificant {
        faults.append((column, "\(shown) and \(TableContext.words([similar])) differ only in case"))
      } else if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
        faults.append((column, "\(shown) has white space around it"))
      } else if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        faults.append((column, "\(shown) has a control character in it"))
      } else if let pattern, !pattern.matches(name) {
        faults.append((column, "\(shown) does not match \(pattern.text)"))
      }
    }
    return faults
  }
}
