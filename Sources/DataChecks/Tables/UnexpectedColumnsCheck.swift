package import Planning
package import Verdict

/// `unexpected_columns: fail`: the table has no column that the rules do not name.
package struct UnexpectedColumnsCheck: TableCheck {
  /// What a column that the rules do not name means.
  package enum Policy: String, Sendable, CaseIterable { case fail, warn, allow }

  package var named: Set<String>

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "unexpected_columns",
    summary: "The table has no column that the rules do not name. fail, warn, or allow (the default).",
    why: "A new column is where personal data and target leaks come in.",
    example: "unexpected_columns: fail",
    fix: "Name the column in the rules, or drop it upstream.")

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let unexpected = table.columns.filter { !named.contains($0) }
    let finding: Finding
    if unexpected.isEmpty {
      finding = table.planned.finding(.passed, "all \(table.columns.count) columns are named in the rules")
    } else {
      let shown = unexpected.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
      let rest = unexpected.count > 10 ? ", …" : ""
      let count = unexpected.count == 1 ? "one column" : "\(unexpected.count) columns"
      let evidence = Evidence(
        observed: Quantity(Double(unexpected.count), .columns), limit: .text("only columns that the rules name"))
      finding = table.planned.finding(
        .failed, "the table has \(count) that the rules do not name: \(shown)\(rest)", evidence: evidence)
    }
    return { _ in finding }
  }
}
