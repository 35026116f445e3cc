package import Language
package import Planning
internal import Scan
package import Verdict

/// `distinct: {between: [10, 50]}`: how many different values the column has, or for how large a share of its values.
package struct DistinctCheck: ColumnCheck {
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "distinct",
    summary:
      "The number of different values, on their text as in unique, lies within the limits: as a count, or as a share of all values. At least 2 says that the column is not constant. Up to 4096 are counted; beyond it a sketch (HyperLogLog) answers where its error of 3% leaves no doubt, and where it does a second pass counts them; with exact: never the check is inconclusive instead.",
    why: "A category that vanished, an id that stopped changing: every value is valid, and the column is broken.",
    example:
      "columns:\n  carrier: {distinct: {between: [10, 20]}}\n  tailnum: {distinct: {at_least: 3000, exact: never}}\n  flight: {distinct: {at_most: 5%}}",
    fix: "Compare with the values of the last good delivery: cupel data show lists the most frequent ones.")

  package static let settings: CheckSettings.Kinds = [.condition]

  package static var shape: Shape<DistinctCheck> {
    let count = Shape<Int>.integer(in: 0...1_000_000_000_000).map { Quantity(Double($0)) }
    let size = count.when(\.isNumber, otherwise: Shape<Quantity>.share)
    return .object(DistinctCheck(), EstimateLimits.keys(\.limits, of: size)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let limits = limits
    let isShare = limits.limits.unit == .share
    /// The number that is limited, of a number of different values.
    @Sendable func limited(_ count: Double, _ counts: ViolationSummary) -> Double {
      isShare ? count / Double(max(1, counts.evaluated)) : count
    }
    @Sendable func interval(_ found: DistinctValues) -> ClosedRange<Double> {
      limited(found.interval.lowerBound, found.counts)...limited(found.interval.upperBound, found.counts)
    }
    let sketch = plan.require(DistinctValues.Specification(column.name))
    let keys = plan.require(DuplicateKeys.Specification([column.name])) { limits.needsExactPass(interval($0[sketch])) }
    let claim = EstimateClaim(
      column: column, limits: limits, sketch: "HyperLogLog",
      sentence: { number in
        isShare
          ? "the share of different values is \(number)"
          : "the column has \(number) different \(number == "1" ? "value" : "values")"
      }, unit: isShare ? .share : .none)
    return { measurements in
      let found = measurements[sketch]
      guard found.counts.evaluated > 0 else {
        return claim.base.nothingEvaluated(found.counts, claim.base.evidence(found.counts))
      }
      let first = limited(found.estimate, found.counts)
      guard let keys = measurements[keys] else {
        return claim.judge(first, in: found.isExact ? nil : interval(found), found.counts)
      }
      var finding = claim.judge(limited(Double(keys.distinctKeys), found.counts), in: nil, found.counts)
      let estimate = EstimateClaim.words(first, interval(found), claim.unit)
      finding.evidence.notes.append("counted in a second pass: the first estimated \(estimate)")
      return finding
    }
  }
}
