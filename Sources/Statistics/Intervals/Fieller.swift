/// The interval of a ratio of two estimates from the same rows, which is long where the lower one is hardly known.
package struct Fieller: Sendable {
  private let ratio: Double
  /// The lower estimate, and the variances of what is left of the upper one without its multiple, of the lower one, and of
  /// both together.
  private let lower: Double
  private let rest: Double
  private let variance: Double
  private let covariance: Double
  private let units: Int

  package static let method = Method(
    "fieller", aliases: ["ratio-of-means"],
    computes: """
      All R for which c - R b, with its variance s_cc - 2 R s_cb + R² s_bb, is no further from 0 than t of its standard \
      errors: the roots of a quadratic equation. Without end where b itself is no further from 0.
      """,
    use: """
      For a relative change of a mean whose baseline is uncertain: an interval around the observed ratio is as long on both \
      sides, where the ratio itself is skewed to the right, and passes too often at a limit above.
      """,
    source: "Fieller, J. Royal Statist. Soc. B 16 (1954), 175-185")

  /// - Parameters:
  ///   - ratio: The ratio R of the estimates.
  ///   - lower: The lower estimate with its influences.
  ///   - rest: The influences of c - R b.
  ///   - sum: Those of c - R b + b.
  package init(ratio: Double, lower: InfluenceInterval, rest: InfluenceInterval, sum: InfluenceInterval) {
    self.ratio = ratio
    self.lower = lower.value
    units = min(lower.units, rest.units)
    (variance, self.rest) = (
      lower.standardError * lower.standardError, rest.standardError * rest.standardError
    )
    covariance = (sum.standardError * sum.standardError - variance - self.rest) / 2
  }

  /// Throws when the confidence is not between 0 and 1. O(1).
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    let t = StudentT(degrees: Double(max(1, units - 1))).upperQuantile((1 - confidence) / 2)
    let square = t * t
    let leading = lower * lower - square * variance
    guard leading > 0 else {
      return ConfidenceInterval(lower: -.infinity, upper: .infinity, confidence: confidence)
    }
    // (d b)² = t² (rest - 2 d covariance + d² variance) for R = ratio + d.
    let half = -square * covariance / leading
    let root = max(0, half * half + square * rest / leading).squareRoot()
    return ConfidenceInterval(lower: ratio + half - root, upper: ratio + half + root, confidence: confidence)
  }
}
