package import Language
package import Planning
internal import Scan
package import Verdict

/// `column_count: {between: [10, 12]}`: how many columns the table has.
package struct ColumnCountCheck: TableRule {
  package var limits = Limits()

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "column_count",
    summary: "The number of columns lies within the limits. A field inside a struct is a column of its own.",
    why: "A table that is wider or narrower than agreed is another table, whatever its known columns hold.",
    example: "column_count: {between: [10, 12]}",
    fix: "Compare the header with that of the last good delivery; unexpected_columns names what is new.")

  package static var keys: [Key<ColumnCountCheck>] { Shape<Limits>.keys(\.limits, of: .columns) }

  package static func validate(_ rule: ColumnCountCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let late = plan.require(LateColumns.Specification())
    let limits = limits
    return { measurements in
      let late = measurements[late]
      let observed = Quantity(Double(table.columns.count + late.columns.count), .columns)
      let evidence = Evidence(observed: observed, limit: limits.bound, notes: late.notes(in: table.files))
      let count = late.areAll ? "\(observed)" : "more than \(observed)"
      // More columns than were counted may be too many, and are never too few.
      let bound = limits.bound
      let isKept = late.areAll ? bound?.contains(observed.value) : bound?.contains(observed.value...Double.infinity)
      switch isKept {
      case true?: return table.planned.finding(.passed, "the table has \(count)", evidence: evidence)
      case false?:
        let limit = bound.map { ", the limit is \($0)" } ?? ""
        return table.planned.finding(
          .failed, "the table has \(count)\(limit)", evidence: evidence, location: limits.location(for: observed.value))
      case nil:
        return table.planned.finding(.errored, "the table has \(count)", reason: .limit, evidence: evidence)
      }
    }
  }
}
