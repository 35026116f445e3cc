package import Language
package import Planning
package import Verdict

/// `column_order: as_listed`: the named columns stand in the order of the rules.
package struct ColumnOrderCheck: TableRule {
  /// How much the order of the columns matters.
  package enum Policy: String, Sendable, CaseIterable { case asListed = "as_listed", any }

  package var policy = Policy.any

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "column_order",
    summary:
      "The columns that the rules name stand in the table in the order of the rules; others may stand between them. as_listed, or any (the default).",
    why: "A model that is fed by position answers wrongly, without an error, when two columns change places.",
    example: "column_order: as_listed\ncolumns:\n  carrier: {type: string}\n  distance: {type: integer}",
    fix: "Restore the order upstream, or feed the model by name.")

  package static var short: Shape<ColumnOrderCheck>? {
    Shape<Policy>.choice.map { policy in
      var rule = ColumnOrderCheck()
      rule.policy = policy
      return rule
    }
  }

  package var isClaim: Bool { policy == .asListed }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let listed = table.rules.listed
    let expected = listed.filter(table.columns.contains)
    let found = table.columns.filter(Set(listed).contains)
    let finding: Finding
    if expected.isEmpty {
      finding = table.planned.finding(
        .errored, "the table has none of the listed columns", reason: .nothingToEvaluate)
    } else if let index = expected.indices.first(where: { $0 >= found.count || expected[$0] != found[$0] }) {
      let evidence = Evidence(
        observedText: found.joined(separator: ", "), limit: .text(expected.joined(separator: ", ")))
      finding = table.planned.finding(
        .failed, "\"\(found[index])\" stands where the rules list \"\(expected[index])\"", evidence: evidence)
    } else {
      finding = table.planned.finding(.passed, "\(Quantity(Double(expected.count), .columns)) in the listed order")
    }
    return { _ in finding }
  }
}
