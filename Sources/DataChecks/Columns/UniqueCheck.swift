package import Language
package import Planning
internal import Scan
package import Verdict

/// `unique: true`: no value comes twice.
package struct UniqueCheck: ColumnCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "unique",
    summary:
      "No value comes twice. Exact. By value where the rules declare the type (1, 1.0 and 01 are one number), else by the text. Rows without a value are left out. With group_by no value comes twice within its group.",
    why: "A repeated key multiplies rows in every join and leaks rows between training and test.",
    example: "columns:\n  flight_id: {required: true, unique: true}",
    fix: "Look at the listed pairs of lines: a delivery appended twice is the usual cause.")

  package static var shape: Shape<UniqueCheck> { Shape<Bool>.bool.map { UniqueCheck(isClaim: $0) } }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(DuplicateKeys.Specification([column.name], as: column.keyTypes))
    let claim = ValueClaim(
      column: column, limit: .text("every value once"), violation: "repeat the value of an earlier row", noun: "rows")
    return { claim.judge($0[slot].summary) }
  }
}
