package import Language
package import Planning
internal import Scan
package import Verdict

/// `distinct: {between: [10, 50]}`: how many different values the column has.
package struct DistinctCheck: ColumnCheck {
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "distinct",
    summary:
      "The number of different values, on their text as in unique, lies within the limits. Up to 4096 are counted; beyond it a sketch (HyperLogLog) answers where its error of 3% leaves no doubt, and where it does a second pass counts them; with exact: never the check is inconclusive instead.",
    why: "A category that vanished, an id that stopped changing: every value is valid, and the column is broken.",
    example:
      "columns:\n  carrier: {distinct: {between: [10, 20]}}\n  tailnum: {distinct: {at_least: 3000, exact: never}}",
    fix: "Compare with the values of the last good delivery: cupel data show lists the most frequent ones.")

  package static let settings: CheckSettings.Kinds = [.condition]

  package static var shape: Shape<DistinctCheck> {
    let count = Shape<Int>.integer(in: 0...1_000_000_000_000).map { Quantity(Double($0)) }
    return .object(DistinctCheck(), EstimateLimits.keys(\.limits, of: count)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let limits = limits
    let sketch = plan.require(DistinctValues.Specification(column.name))
    let keys = plan.require(DuplicateKeys.Specification([column.name])) { limits.needsExactPass($0[sketch].interval) }
    let claim = EstimateClaim(column: column, limits: limits, sketch: "HyperLogLog") { number in
      "the column has \(number) different \(number == "1" ? "value" : "values")"
    }
    return { measurements in
      let found = measurements[sketch]
      guard found.counts.evaluated > 0 else {
        return claim.base.nothingEvaluated(found.counts, claim.base.evidence(found.counts))
      }
      guard let repeated = measurements[keys]?.summary else {
        return claim.judge(found.estimate, in: found.isExact ? nil : found.interval, found.counts)
      }
      // Every row that does not repeat an earlier one brings a new value.
      var finding = claim.judge(Double(repeated.evaluated - repeated.violating), in: nil, found.counts)
      let estimate = EstimateClaim.words(found.estimate, found.interval)
      finding.evidence.notes.append("counted in a second pass: the first estimated \(estimate)")
      return finding
    }
  }
}
