package import Language
package import Planning
internal import Scan
package import Verdict

/// `empty_columns: {at_most: 0}`: how many columns have no value in any row.
package struct EmptyColumnsCheck: TableRule {
  package var limits = Limits()
  /// The columns to look at; all of the table when there are none.
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "empty_columns",
    summary:
      "The number of columns without any value lies within the limits: of all columns of the table, or of the listed ones.",
    why: "A column that a feed no longer fills keeps its name and passes every check on its values.",
    example: "empty_columns: {at_most: 0, columns: [carrier, dep_delay]}",
    fix: "Find out what filled the listed columns before; drop those that nobody fills any more.")

  package static var keys: [Key<EmptyColumnsCheck>] {
    Shape<Limits>.keys(\.limits, of: .columns) + [
      .key("columns", \.columns, .columns(), "The columns to look at; all of the table when left out.")
    ]
  }
  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "which columns have no value" }

  package static func validate(_ rule: EmptyColumnsCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var readsAllColumns: Bool { columns.isEmpty }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let names = columns.isEmpty ? table.columns : columns
    if let finding = table.unread(among: names) { return { _ in finding } }
    let slots = names.map { plan.require(PresenceCount.Specification($0)) }
    let limits = limits
    return { measurements in
      let counts = slots.map { measurements[$0] }
      let empty = zip(names, counts).filter { $1.present == 0 }.map(\.0)
      guard let rows = counts.first?.rows, rows > 0 else {
        return table.planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
      }
      return Self.judge(empty, of: names.count, limits, table)
    }
  }

  private static func judge(_ empty: [String], of count: Int, _ limits: Limits, _ table: TableContext) -> Finding {
    let observed = Quantity(Double(empty.count), .columns)
    let evidence = Evidence(observed: observed, limit: limits.bound)
    let names = empty.isEmpty ? "" : ": " + TableContext.words(empty)
    let message = "\(empty.count) of \(Quantity(Double(count), .columns)) have no value\(names)"
    if limits.bound?.contains(observed.value) == true {
      return table.planned.finding(.passed, message, evidence: evidence)
    }
    let limit = limits.bound.map { ", the limit is \($0)" } ?? ""
    return table.planned.finding(
      .failed, message + limit, evidence: evidence, location: limits.location(for: observed.value))
  }
}
