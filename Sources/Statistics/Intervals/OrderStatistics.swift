/// The exact interval of a quantile, between two of the sample's own values.
package enum OrderStatistics {
  package static let method = Method(
    "quantile-interval", aliases: ["order-statistics", "median-interval"],
    computes: """
      The number of values below the quantile p is binomial with n and p, whatever the distribution: so the quantile \
      lies between the order statistics l and u with at least the probability that l <= B < u. Each side is left with at \
      most (1 - confidence) / 2. An end that the sample is too small for is infinite.
      """,
    use: """
      A median, a p95 or a p99 of any distribution, latencies above all. With ties it covers more than promised. A p99 \
      needs 368 values before it has an upper end at 95 %; for many quantiles at once use the DKW band.
      """,
    source: "David and Nagaraja, Order Statistics, 3rd ed. (2003), section 7.1")

  /// The ranks of the two order statistics, from 1; 0 and count + 1 where the sample is too small for an end. O(log n).
  package static func ranks(
    count: Int, _ probability: Double, confidence: Double
  ) throws(Undefined) -> (lower: Int, upper: Int) {
    try Sample.requireShare(probability, "probability")
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .tooFew("values", needed: 1, got: count) }
    let tail = (1 - confidence) / 2
    let below = Binomial(trials: count, share: probability)
    // The first rank whose tail is too heavy, and the first whose tail is light enough.
    let heavy = Bisection.firstCount(from: 0, upTo: count) { below.lower($0).value > tail } ?? count
    let light = Bisection.firstCount(from: 1, upTo: count) { below.upper($0).value <= tail } ?? count + 1
    return (heavy, light)
  }

  /// The interval of the quantile, with the probability that it covers for a continuous distribution as its confidence:
  /// at least the one asked for. Throws without values. O(n log n).
  package static func interval(
    _ values: [Double], _ probability: Double, confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    try Sample.require(values)
    let (lower, upper) = try ranks(count: values.count, probability, confidence: confidence)
    let below = Binomial(trials: values.count, share: probability)
    let missed = below.lower(lower - 1).value + below.upper(upper).value
    return interval(values.sorted(), from: lower, to: upper, confidence: 1 - missed)
  }

  /// From one order statistic of sorted values to another; a rank outside 1...n is an infinite end.
  static func interval(_ sorted: [Double], from lower: Int, to upper: Int, confidence: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      lower: sorted.indices.contains(lower - 1) ? sorted[lower - 1] : -.infinity,
      upper: sorted.indices.contains(upper - 1) ? sorted[upper - 1] : .infinity, confidence: confidence)
  }
}
