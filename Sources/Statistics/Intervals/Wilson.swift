/// The interval of a proportion by inverting the score test.
package enum Wilson {
  package static let method = Method(
    "wilson", aliases: ["wilson-score", "score-interval"],
    computes: """
      The shares p that a score test of the observed k of n does not reject: |k/n - p| <= z sqrt(p (1 - p) / n), solved \
      for p. With the continuity correction the difference is lessened by 1/(2n) first, which widens the interval.
      """,
    use: """
      The interval of one proportion, for any n and any share; it never collapses at 0 or n successes. Its coverage is \
      close to the nominal one on average, and below it for some shares: where it may never be, use Clopper-Pearson.
      """,
    source: """
      Wilson, J. Amer. Statist. Assoc. 22 (1927); with continuity correction Newcombe, Statistics in Medicine 17 (1998), \
      857-872
      """)

  /// The share with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ count: BinomialCount, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let (lower, upper) = ends(count.k, count.m, Normal.critical(confidence: confidence))
    return estimate(count, lower, upper, confidence)
  }

  /// The same of rows with weights.
  package static func interval(_ share: WeightedShare, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let (k, m) = (share.share * share.rows, (1 - share.share) * share.rows)
    let (lower, upper) = ends(k, m, Normal.critical(confidence: confidence))
    return Estimate(
      share.share,
      ConfidenceInterval(
        lower: k == 0 ? 0 : min(max(lower, 0), share.share), upper: m == 0 ? 1 : max(min(upper, 1), share.share),
        confidence: confidence))
  }

  private static func ends(_ k: Double, _ m: Double, _ z: Double) -> (lower: Double, upper: Double) {
    let (n, square) = (k + m, z * z)
    let center = (k + square / 2) / (n + square)
    let half = z / (n + square) * (k * (m / n) + square / 4).squareRoot()
    return (center - half, center + half)
  }

  /// The share with its interval by the score test that is corrected for continuity.
  package static func correctedInterval(_ count: BinomialCount, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let z = Normal.critical(confidence: confidence)
    let (k, n) = (count.k, count.n)
    let (p, q, square) = (k / n, count.m / n, z * z)
    func half(_ sign: Double, _ inner: Double) -> Double {
      // The radicand is below zero only where z is small; there the correction alone is left.
      1 + z * max(0, square - sign * 2 - 1 / n + 4 * inner).squareRoot()
    }
    let scale = 2 * (n + square)
    let center = (2 * k + square) / scale
    return estimate(
      count, center - half(1, p * (n * q + 1)) / scale, center + half(-1, p * (n * q - 1)) / scale, confidence)
  }

  /// No successes allow a share of zero exactly, and no failures a share of one.
  private static func estimate(
    _ count: BinomialCount, _ lower: Double, _ upper: Double, _ confidence: Double
  ) -> Estimate {
    let lower = count.successes == 0 ? 0 : min(max(lower, 0), count.share)
    let upper = count.successes == count.trials ? 1 : max(min(upper, 1), count.share)
    return Estimate(count.share, ConfidenceInterval(lower: lower, upper: upper, confidence: confidence))
  }
}
