package import Language
package import Planning
internal import Scan
package import Verdict

/// `entropy: {at_least: 0.5}`: how evenly the column's values are spread over the different ones.
package struct EntropyCheck: ColumnCheck {
  package var limits = EstimateLimits()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "entropy",
    summary:
      "The entropy of the column's values lies within the limits: -Σ p ln p over the shares p of the different values, told apart as in unique, in nats as in Deequ (divide by 0.693 for bits). 0 when all values are the same, ln n when n values come equally often. Some 4000 different values are counted; of more, a second pass counts those that take up to 64 MB where the limits ask for it; beyond, or with exact: never, the check is inconclusive. With group_by the values of every group are counted, whatever their number.",
    why: "A category that swallows the others, or a key that stops changing, shows in one number.",
    example: "columns:\n  carrier: {entropy: {at_least: 1}}",
    fix: "Look at the most frequent values: cupel data show.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var shape: Shape<EntropyCheck> {
    .object(EntropyCheck(), EstimateLimits.keys(\.limits, of: .plain)) { check, node, problems in
      Shape<Limits>.validate(check.limits.limits, node, &problems)
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let limits = limits
    let counts = column.valueCounts(&plan) { found in limits.needsExactPass(found.isExact ? nil : found.entropy) }
    return { measurements in
      let (found, isComplete) = counts(measurements)
      var claim = EstimateClaim(column: column, limits: limits, sketch: "frequent items") { "the entropy is \($0)" }
      if isComplete { claim.advice = ValueCounts.advice }
      guard found.counts.evaluated > 0 else {
        return claim.base.nothingEvaluated(found.counts, claim.base.evidence(found.counts))
      }
      let entropy = found.entropy
      let middle = (entropy.lowerBound + entropy.upperBound) / 2
      return claim.judge(middle, in: found.isExact ? nil : entropy, found.counts)
    }
  }
}
