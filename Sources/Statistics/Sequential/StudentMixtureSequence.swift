internal import Glibc

/// A confidence sequence for a mean whose variance is not known: the t-test that may be looked at any time.
package struct StudentMixtureSequence: Sequential, Hashable {
  /// The variance of the prior of the effect, in units of the variance of the observations.
  package let mixingVariance: Double
  package private(set) var count = 0
  package private(set) var mean = 0.0
  private var squares = 0.0

  package static let method = Method(
    "student-mixture-sequence", aliases: ["sequential-t-test", "anytime-valid-t-test", "t-mixture"],
    computes: """
      All means m against which the mixed likelihood ratio sqrt(1 / g) ((1 + x) / (1 + x / g))^(n/2) stays below \
      1 / (1 - confidence), where x = t² / (n - 1), t is Student's t of n observations against m, and g = 1 + n r for a \
      normal prior of the effect with r times the variance: mean ± s sqrt((n - 1) x / n) at the x that meets the bound.
      """,
    use: """
      A mean that is watched while values arrive and of whose variance nothing is known: differences of latencies, looks \
      at a monitoring system. Exact over all looks together for normal values; for others it holds approximately, with \
      some dozens of values or more. For values in a known range the betting sequence is exact.
      """,
    source: "Lai, Comm. Statist. A 5 (1976); Wang and Ramdas, Anytime-valid t-tests, arXiv 2310.03722 (2023)")

  /// Throws when the mixing variance is not above 0.
  package init(mixingVariance: Double) throws(Undefined) {
    guard mixingVariance > 0, mixingVariance.isFinite else {
      throw .outsideDomain("the mixing variance must be above 0")
    }
    self.mixingVariance = mixingVariance
  }

  package mutating func update(_ observation: Double) throws(Undefined) {
    guard observation.isFinite else { throw .notFinite(index: count) }
    let deviation = observation - mean
    let next = mean + deviation / Double(count + 1)
    let sum = squares + deviation * (observation - next)
    guard next.isFinite, sum.isFinite else { throw .outOfRange }
    (count, mean, squares) = (count + 1, next, sum)
  }

  /// The mean with its interval. Throws for fewer than two observations and for those that do not vary. The interval is
  /// infinite until there are enough of them.
  package func interval(confidence: Double) throws(Undefined) -> Estimate {
    guard count > 1 else { throw .tooFew("values", needed: 2, got: count) }
    guard squares > 0 else { throw .zeroVariance }
    let factor = try Self.squaredHalfWidth(after: count, mixingVariance: mixingVariance, confidence: confidence)
    let half = (squares / Double(count - 1) * factor).squareRoot()
    return Estimate(mean, ConfidenceInterval(lower: mean - half, upper: mean + half, confidence: confidence))
  }

  /// The square of how far the interval reaches to each side after so many observations, in units of their variance
  /// (divided by n - 1); infinite for too few.
  package static func squaredHalfWidth(
    after count: Int, mixingVariance: Double, confidence: Double
  ) throws(Undefined) -> Double {
    try Sample.requireShare(confidence, "confidence")
    guard count > 1 else { throw .tooFew("values", needed: 2, got: count) }
    let n = Double(count)
    let growth = 1 + n * mixingVariance
    // (1 + x) / (1 + x / g) = b where the likelihood ratio meets the bound; the left side is below g for any x.
    let exponent = 2 / n * (0.5 * log(growth) - log1p(-confidence))
    guard exponent < log(growth) else { return .infinity }
    let ratio = expm1(exponent) / -expm1(exponent - log(growth))
    return (n - 1) / n * ratio
  }

  /// ln of the mixed likelihood ratio: the evidence that the mean is not this one. 0 before the second observation.
  package func logEvidence(against mean: Double) -> Double {
    guard count > 1 else { return 0 }
    let n = Double(count)
    let growth = 1 + n * mixingVariance
    let distance = self.mean - mean
    guard squares > 0 else { return distance == 0 ? -0.5 * log(growth) : 0.5 * (n - 1) * log(growth) }
    let x = distance * (n / squares) * distance
    return 0.5 * n * (log1p(x) - log1p(x / growth)) - 0.5 * log(growth)
  }
}
