internal import Glibc

/// A confidence sequence for quantiles of any distribution, heavy tails included.
package struct QuantileSequence: Sequential, Hashable {
  /// The observations in order. The memory grows with them: 8 bytes each.
  private var sorted: [Double] = []

  package static let method = Method(
    "quantile-sequence", aliases: ["confidence-sequence-quantile"],
    computes: """
      The number of values at or below the quantile p is binomial with p at every time. All counts k that the uniform \
      beta-binomial mixture does not reject, (n + 1) P(k; n, p) > 1 - confidence, span an interval from the order \
      statistic of the smallest to the one after the largest, for all n at once.
      """,
    use: """
      A median or a p99 of latencies that is watched while requests arrive. It asks nothing of the distribution; ties \
      only make it cover more. An end is infinite until there are enough values beyond it.
      """,
    source: "Howard and Ramdas, Bernoulli 28 (2022), with the mixture of Robbins (1970)")

  package init() {}

  package var count: Int { sorted.count }

  /// O(n).
  package mutating func update(_ observation: Double) throws(Undefined) {
    guard observation.isFinite else { throw .notFinite(index: sorted.count) }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < observation { low = middle + 1 } else { high = middle }
    }
    sorted.insert(observation, at: low)
  }

  /// O(n log n) for the batch as a whole.
  package mutating func update(contentsOf observations: some Sequence<Double>) throws(Undefined) {
    let more = Array(observations)
    if let index = more.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: sorted.count + index) }
    sorted += more
    sorted.sort()
  }

  /// The smallest observation that so large a share does not exceed; nil before the first.
  package func value(_ probability: Double) -> Double? {
    guard let last = sorted.indices.last else { return nil }
    return sorted[min(last, max(0, Int((probability * Double(sorted.count)).rounded(.up)) - 1))]
  }

  /// What the quantile may be. Throws before the first observation, or for a probability not between 0 and 1.
  package func interval(_ probability: Double, confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let (lower, upper) = try Self.ranks(count: count, probability, confidence: confidence)
    return OrderStatistics.interval(sorted, from: lower, to: upper, confidence: confidence)
  }

  /// Between which order statistics, from 1, the quantile lies after so many observations; 0 and count + 1 where there
  /// are too few for an end. For values that are kept elsewhere, in a sketch. O(log n).
  package static func ranks(
    count: Int, _ probability: Double, confidence: Double
  ) throws(Undefined) -> (lower: Int, upper: Int) {
    try Sample.requireShare(probability, "probability")
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .noObservations }
    let limit = -log1p(-confidence)
    func holds(_ below: Int) -> Bool {
      BetaBinomialSequence.logEvidence(successes: below, trials: count, share: probability) < limit
    }
    // The likeliest count is never rejected, and rejection is monotone on both sides of it.
    let mode = min(count, Int((Double(count) + 1) * probability))
    let lower = Bisection.firstCount(from: 0, upTo: mode, where: holds) ?? mode
    let upper = Bisection.firstCount(from: mode + 1, upTo: count) { !holds($0) } ?? count + 1
    return (lower, upper)
  }
}
