internal import Planning
internal import Scan
internal import Verdict

/// `method: spearman`: the correlation of the ranks.
extension CorrelationCheck {
  func prepareSpearman(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let limits = EstimateLimits(limits: limits)
    let sample = plan.require(PairSample.Specification(pair.x, pair.y))
    let greater = plan.require(PairSample.Specification(pair.x, pair.y, limit: PairSample.fullLimit)) {
      limits.needsExactPass($0[sample].rankCorrelation?.interval)
    }
    let isTyped = table.areTyped(columns)
    let claim = EstimateClaim(
      column: table.context(of: columns), limits: limits, sketch: "random sample",
      sentence: { "Spearman's correlation of \(pair.x) and \(pair.y) is \($0)" },
      advice: "a second pass drew \(Quantity.grouped(PairSample.fullLimit)) rows, and no more are held")
    return { measurements in
      let found = measurements[greater] ?? measurements[sample]
      let nan = (found.nanCount, "NaN, which has no rank")
      if let finding = claim.base.undefined("correlation", found.counts, unfit: [nan], isTyped: isTyped) {
        return finding
      }
      let evidence = claim.base.evidence(found.counts)
      guard found.counts.evaluated > 0 else { return claim.base.nothingEvaluated(found.counts, evidence) }
      guard let (correlation, interval) = found.rankCorrelation else {
        let reason = Self.reason(constants: found.constants) ?? "too few rows differ from the others"
        return table.planned.finding(
          .errored, "\(reason): there is no correlation", reason: .undefined, evidence: evidence)
      }
      return claim.judge(correlation, in: interval, found.counts)
    }
  }
}
