package import Language
package import Planning
package import Verdict

/// `median: {between: [10, 20]}`: where the middle of the column's numbers lies.
package struct MedianCheck: ColumnCheck {
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "median",
    summary:
      "The median of the column's numbers lies within the limits: the quantile at 50%, so of an even number of values the lower of the middle two. Answered and decided as quantile is.",
    why: "Units that change and defaults that creep in move the middle long before a value is out of range.",
    example: "columns:\n  dep_delay: {type: number, median: {between: [-10, 10]}}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<MedianCheck> {
    .object(MedianCheck(), EstimateLimits.keys(\.limits, of: .plain)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  private var claim: QuantileClaim { QuantileClaim(share: 0.5, name: "median", limits: limits) }

  package func problem(on column: ColumnContext) -> Diagnostic? { claim.problem(on: column) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation { claim.prepare(column, &plan) }
}
