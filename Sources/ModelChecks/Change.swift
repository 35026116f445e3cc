/// How one metric differs between the candidate and the baseline. Both values are finite.
package struct Change: Sendable, Hashable {
  package var metric: String
  package var baseline: Double
  package var candidate: Double
  package var direction: MetricDirection

  package init(metric: String, baseline: Double, candidate: Double, direction: MetricDirection) {
    self.metric = metric
    self.baseline = baseline
    self.candidate = candidate
    self.direction = direction
  }

  package var difference: Double { candidate - baseline }

  /// The one signed quantity that all comparing gates bound: positive when the candidate is better.
  package var benefit: Double { direction == .higher ? difference : -difference }

  /// The difference as a share of the baseline's magnitude, which keeps the direction right for negative baselines;
  /// nil when the baseline is zero.
  package var relativeDifference: Double? { baseline == 0 ? nil : difference / abs(baseline) }

  /// Whether the benefit lies in a range, when both values may be off by ``Rounding/steps``.
  package func keeps(_ range: ClosedRange<Double>) -> Bool {
    let (better, worse) = direction == .higher ? (candidate, baseline) : (baseline, candidate)
    return Rounding.raised(better) - Rounding.lowered(worse) >= range.lowerBound
      && Rounding.lowered(better) - Rounding.raised(worse) <= range.upperBound
  }
}
