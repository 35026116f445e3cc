package import Language
package import Planning
internal import Scan
package import Verdict

/// `rows: {at_least: 1000}`: how many rows the table has.
package struct RowsCheck: TableRule {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "rows",
    summary: "The number of rows lies within the limits.",
    why: "Half a delivery passes every check on its values.",
    example: "rows: {at_least: 1000}",
    fix: "Compare with the last good delivery; a truncated upload and an empty partition are the usual causes.")

  package static var keys: [Key<RowsCheck>] { Shape<Limits>.keys(\.limits, of: .rows) }
  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "how many there are" }

  package static func validate(_ rule: RowsCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(RowCount.Specification())
    let limits = limits
    let isScoped = table.isScoped
    return { measurements in
      let rows = measurements[slot].rows
      let observed = Quantity(Double(rows), .rows)
      let subject = !isScoped ? "the table has" : rows == 1 ? "there is" : "there are"
      let evidence = Evidence(observed: observed, limit: limits.bound)
      // Only who asks for no rows at all means an empty table; of some of its rows there may be none.
      if rows == 0, !isScoped, limits.equals == nil, limits.bound?.contains(0) == true {
        return table.planned.finding(
          .errored, "the table has no rows", reason: .nothingToEvaluate, evidence: evidence)
      }
      if limits.bound?.contains(observed.value) == true {
        return table.planned.finding(.passed, "\(subject) \(observed)", evidence: evidence)
      }
      let limit = limits.bound.map { "\($0)" } ?? ""
      return table.planned.finding(
        .failed, "\(subject) \(observed), the limit is \(limit)", evidence: evidence,
        location: limits.location(for: observed.value))
    }
  }
}
