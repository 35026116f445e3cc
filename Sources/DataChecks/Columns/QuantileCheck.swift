package import Language
package import Planning
package import Verdict

/// `quantile: {at: 99%, at_most: 100}`: where a quantile of the column's numbers lies.
package struct QuantileCheck: ColumnCheck {
  package var share = Quantity(0.5, .share)
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "quantile",
    summary:
      "A quantile of the column's numbers lies within the limits: the least value that at least this share of them do not exceed (the inverse of the empirical distribution, type 1). Of at most 1024 different values it is exact; of more, a sketch (KLL) answers where its error of 0.4% of the ranks leaves no doubt, and where it does a second pass counts the values on either side of the limit; with exact: never the check is inconclusive instead.",
    why: "A few outliers are harmless, and a tail that moves is not: the largest value tells neither.",
    example:
      "columns:\n  arr_delay:\n    type: number\n    quantile: {at: 99%, at_most: 300}\n    checks:\n      - {quantile: {at: 1%, at_least: -90}, id: early}",
    fix: "Compare the distribution with that of the last good delivery: cupel data show.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<QuantileCheck> {
    let share = Shape<Quantity>.share.map { share, node, problems -> Quantity? in
      if share.value > 0, share.value < 1 { return share }
      problems.report(
        "a quantile stands above 0% and below 100%", at: node.location,
        help: ["at_least and at_most bound the least and the greatest value"])
      return nil
    }
    let at = Key<QuantileCheck>.key(
      "at", \.share, share, "The share of values that do not exceed the quantile: 50% is the median.", required: true)
    return .object(QuantileCheck(), [at] + EstimateLimits.keys(\.limits, of: .plain)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  private var claim: QuantileClaim {
    QuantileClaim(share: share.value, name: "\(share) quantile", limits: limits)
  }

  package func problem(on column: ColumnContext) -> Diagnostic? { claim.problem(on: column) }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation { claim.prepare(column, &plan) }
}
