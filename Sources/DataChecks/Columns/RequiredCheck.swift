package import Language
package import Planning
internal import Scan
package import Verdict

/// `required: true`: every row has a value.
package struct RequiredCheck: ColumnCheck {
  package var isClaim: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "required",
    summary:
      "Every row has a value in the column. In CSV an empty unquoted field, and what null_values names, is none.",
    why: "A missing key or label is lost in every join and every loss function.",
    example: "columns:\n  flight_id: {required: true}",
    fix: "Find why the value is missing upstream; when some may be missing, bound them: missing: {at_most: 1%}.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package static let refused = [
    "allow": "\"required\" allows no missing value; write missing: {at_most: 1%} in its place to allow some"
  ]
  package static var shape: Shape<RequiredCheck> { Shape<Bool>.bool.map { RequiredCheck(isClaim: $0) } }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(Violations.Specification(PresenceTest(column.name)))
    let claim = ValueClaim(
      column: column, limit: .text("a value in every row"), violation: "have no value", noun: "rows", nullsViolate: true
    )
    return { claim.judge($0[slot].summary) }
  }
}
