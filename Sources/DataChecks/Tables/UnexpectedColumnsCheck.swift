package import Language
package import Planning
internal import Scan
package import Verdict

/// `unexpected_columns: fail`: the table has no column that the rules do not name.
package struct UnexpectedColumnsCheck: TableRule {
  /// What a column that the rules do not name means.
  package enum Policy: String, Sendable, CaseIterable { case fail, warn, allow }

  package var policy = Policy.allow

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "unexpected_columns",
    summary: "The table has no column that the rules do not name. fail, warn, or allow (the default).",
    why: "A new column is where personal data and target leaks come in.",
    example: "unexpected_columns: fail\ncolumns:\n  carrier: {type: string}\n  distance: {type: integer}",
    fix: "Name the column in the rules, or drop it upstream.")

  package static var short: Shape<UnexpectedColumnsCheck>? {
    Shape<Policy>.choice.map { policy in
      var rule = UnexpectedColumnsCheck()
      rule.policy = policy
      return rule
    }
  }

  package var isClaim: Bool { policy != .allow }
  package var severity: Severity? { policy == .warn ? .warn : nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let unexpected = table.columns.filter { !table.rules.named.contains(ExactText($0)) }
    let late = plan.require(LateColumns.Specification())
    return { judge(table, unexpected, $0[late]) }
  }

  private func judge(_ table: TableContext, _ unexpected: [String], _ late: LateColumns) -> Finding {
    let lateOnes = late.columns.filter { !table.rules.named.contains(ExactText($0.name)) }
    let all = unexpected + lateOnes.map(\.name)
    guard !all.isEmpty || !late.areAll else {
      return table.planned.finding(.passed, "all \(table.columns.count) columns are named in the rules")
    }
    let shown = all.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
    let rest = all.count > 10 || !late.areAll ? ", …" : ""
    let exact = all.count == 1 ? "one column" : "\(all.count) columns"
    let count = late.areAll ? exact : "more than \(exact)"
    let places = SampleRows(files: table.files, isSensitive: false)
    let evidence = Evidence(
      observed: Quantity(Double(all.count), .columns), limit: .text("only columns that the rules name"),
      samples: lateOnes.prefix(10).map { places.sample($0.place, "\($0.name) occurs here first") })
    return table.planned.finding(
      .failed, "the table has \(count) that the rules do not name: \(shown)\(rest)", evidence: evidence)
  }
}
