internal import Glibc

/// A confidence sequence for a mean: intervals of which, over all sample sizes together, so large a share never misses.
package struct NormalMixtureSequence: Sequential {
  package let standardDeviation: Double
  package let mixingVariance: Double
  package private(set) var count = 0
  private var sum = CompensatedSum()

  package static let method = Method(
    "normal-mixture-sequence", aliases: ["confidence-sequence", "asymptotic-confidence-sequence"],
    computes: """
      mean ± s sqrt(2 (n r + 1) / (n² r) ln(sqrt(n r + 1) / (1 - confidence))) after n observations with the known \
      standard deviation s, for all n at once: a likelihood ratio, mixed over a normal prior of the mean with the \
      variance r s², never reaches 1 / (1 - confidence) but with the probability 1 - confidence.
      """,
    use: """
      A mean that is watched while rows arrive: canaries, growing smoke tests. The deviation must be known or an upper \
      bound, as for sub-Gaussian values; with an estimated one it holds only for many rows. It is half again as wide as \
      an interval of fixed n. For values in a known range use the betting sequence.
      """,
    source: """
      Robbins, Ann. Math. Statist. 41 (1970); Howard, Ramdas, McAuliffe and Sekhon, Ann. Statist. 49 (2021)
      """)

  /// Throws when the deviation or the mixing variance, in units of the variance, is not above 0.
  package init(standardDeviation: Double, mixingVariance: Double) throws(Undefined) {
    guard standardDeviation > 0, standardDeviation.isFinite, mixingVariance > 0, mixingVariance.isFinite else {
      throw .outsideDomain("the deviation and the mixing variance must be above 0")
    }
    self.standardDeviation = standardDeviation
    self.mixingVariance = mixingVariance
  }

  /// The mixing variance whose intervals are nearly the shortest after so many observations (Waudby-Smith, Arbour, Sinha,
  /// Kennedy and Ramdas, Ann. Statist. 52, 2024).
  package static func mixingVariance(bestAt count: Int, confidence: Double) throws(Undefined) -> Double {
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .noObservations }
    let doubled = -2 * log(1 - confidence)
    return (doubled + log1p(doubled)) / Double(count)
  }

  package mutating func update(_ observation: Double) throws(Undefined) {
    try update(mean: observation, count: 1)
  }

  /// Takes so many observations, or none, by their mean.
  package mutating func update(mean: Double, count more: Int) throws(Undefined) {
    guard more >= 0 else { throw .outsideDomain("a count must not be negative") }
    var next = sum
    next.add(mean * Double(more))
    let (total, overflow) = count.addingReportingOverflow(more)
    guard next.value.isFinite, !overflow else {
      throw mean.isFinite ? .outOfRange : .notFinite(index: count)
    }
    (sum, count) = (next, total)
  }

  /// The mean with its interval. Throws before the first observation.
  package func interval(confidence: Double) throws(Undefined) -> Estimate {
    guard count > 0 else { throw .noObservations }
    let half = try halfWidth(after: count, confidence: confidence)
    let mean = sum.value / Double(count)
    return Estimate(mean, ConfidenceInterval(lower: mean - half, upper: mean + half, confidence: confidence))
  }

  /// How far the interval reaches to each side after so many observations.
  package func halfWidth(after count: Int, confidence: Double) throws(Undefined) -> Double {
    try Sample.requireShare(confidence, "confidence")
    guard count > 0 else { throw .noObservations }
    let n = Double(count)
    let growth = n * mixingVariance
    let square = 2 * ((growth + 1) / growth) / n * (0.5 * log1p(growth) - log1p(-confidence))
    return standardDeviation * square.squareRoot()
  }

  /// ln of the mixed likelihood ratio: the evidence that the mean is not this one. 0 before the first observation.
  package func logEvidence(against mean: Double) -> Double {
    let n = Double(count)
    let growth = n * mixingVariance
    let excess = (sum.value - n * mean) / standardDeviation
    return -0.5 * log1p(growth) + 0.5 * (excess * (mixingVariance / (1 + growth))) * excess
  }
}
