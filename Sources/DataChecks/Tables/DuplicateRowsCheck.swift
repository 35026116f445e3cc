package import Language
package import Planning
internal import Scan
package import Verdict

/// `duplicate_rows: {at_most: 0 rows}`: how many rows are equal to an earlier one.
package struct DuplicateRowsCheck: TableRule {
  package var limits = Limits()
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "duplicate_rows",
    summary:
      "The share or number of rows that are equal to an earlier row in all columns, or in those that columns names, lies within the limits. Exact. By value where the rules declare the type (1, 1.0 and 01 are one number), else by the text. A missing value equals a missing value. In keys a row without a part of its key is left out, here it is not.",
    why: "A delivery that was loaded twice doubles the weight of its rows and leaks them from training into test.",
    example: "duplicate_rows: {at_most: 0.1%, columns: [carrier, flight, time_hour]}",
    fix: "Look at the listed pairs of lines; drop the repetitions where they arise.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var keys: [Key<DuplicateRowsCheck>] {
    Shape<Limits>.keys(\.limits, of: .tolerance) + [
      .key("columns", \.columns, .columns(), "The columns that are compared; all when it is left out.")
    ]
  }

  package static func validate(_ rule: DuplicateRowsCheck, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(rule.limits, node, &problems)
  }

  package var readsAllColumns: Bool { columns.isEmpty }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let compared = columns.isEmpty ? table.columns : columns
    if let field = table.fields.first(where: { compared.contains($0.name) && !$0.type.isRead }) {
      let finding = table.planned.finding(
        .errored,
        "the column \"\(field.name)\" is \(field.type.words), which is not read: rows cannot be compared by it",
        reason: .undefined, evidence: Evidence(notes: ["name the columns to compare: columns: [a, b]"]))
      return { _ in finding }
    }
    let slot = plan.require(DuplicateKeys.Specification(compared, as: table.keyTypes(compared), nullsAreValues: true))
    let claim = ShareClaim(table.rowClaim(of: compared, limit: .text("any"), violation: ""), limits)
    return { claim.judge($0[slot].summary, "repeat an earlier row") }
  }
}
