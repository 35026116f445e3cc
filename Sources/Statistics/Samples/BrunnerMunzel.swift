/// Whether values of one sample tend to be larger than values of another, whatever the spreads of the two.
package struct BrunnerMunzel: Sendable {
  package enum Law: String, Sendable {
    /// Student's t with Satterthwaite's degrees of freedom.
    case student = "t"
    case normal
  }

  package static let method = Method(
    "brunner-munzel", aliases: ["brunnermunzel", "generalized-wilcoxon"],
    computes: """
      The probability P(X < Y) + P(X = Y)/2, estimated by the ranks, and its distance from 1/2 divided by its standard \
      error, which has a part from each sample; referred to Student's t with Satterthwaite's degrees of freedom.
      """,
    use: """
      In place of mann-whitney when the spreads of the samples may differ. From about ten values each; the normal law only \
      from fifty. When all values of one sample exceed all of the other, its standard error is zero and the test has no \
      answer: use a permutation test.
      """,
    source: "Brunner and Munzel, Biometrical Journal 42 (2000)")

  /// P(X < Y) + P(X = Y)/2 for values X and Y of the first and second sample.
  package let probability: Double
  /// The standard error of the probability; zero when the samples do not overlap.
  package let standardError: Double
  /// Satterthwaite's.
  private let degrees: Double

  /// At least two values each. O(m + n). Infinities are values like others.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    let sorted = try Sample.sortedPair(x, y, atLeast: 2)
    let (m, n) = (Double(x.count), Double(y.count))
    // The placement of a value: how many of the other sample are smaller, equal ones counting half.
    var (i, j) = (0, 0)
    var halves = 0
    PooledWalk.each(sorted.x, sorted.y) { _, inFirst, inSecond in
      halves &+= inSecond &* (2 &* i &+ inFirst)
      i &+= inFirst
    }
    let probability = Double(halves) / 2 / (m * n)
    let (meanX, meanY) = ((1 - probability) * n, probability * m)
    var (sumX, sumY) = (CompensatedSum(), CompensatedSum())
    i = 0
    PooledWalk.each(sorted.x, sorted.y) { _, inFirst, inSecond in
      let deviationX = Double(j) + Double(inSecond) / 2 - meanX
      let deviationY = Double(i) + Double(inFirst) / 2 - meanY
      if inFirst > 0 { sumX.add(Double(inFirst) * deviationX * deviationX) }
      if inSecond > 0 { sumY.add(Double(inSecond) * deviationY * deviationY) }
      i &+= inFirst
      j &+= inSecond
    }
    let partX = sumX.value / (m - 1) / (m * n * n)
    let partY = sumY.value / (n - 1) / (n * m * m)
    self.probability = probability
    standardError = (partX + partY).squareRoot()
    degrees = (partX + partY) * (partX + partY) / (partX * partX / (m - 1) + partY * partY / (n - 1))
  }

  /// The alternative `greater` is that values of the first sample tend to be larger, as in the other tests. The statistic
  /// is positive when those of the second are. Throws when the samples do not overlap or all values are equal.
  package func test(
    _ alternative: Alternative = .twoSided, law: Law = .student
  ) throws(Undefined) -> TestResult {
    guard standardError > 0 else { throw .zeroVariance }
    let statistic = (probability - 0.5) / standardError
    switch law {
    case .student:
      return TestResult(
        statistic: statistic, p: StudentT(degrees: degrees).p(-statistic, alternative), degreesOfFreedom: degrees)
    case .normal:
      return TestResult(statistic: statistic, p: Normal.p(-statistic, alternative))
    }
  }

  /// The interval of the probability, cut at 0 and 1. Throws when the samples do not overlap.
  package func interval(confidence: Double = 0.95) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    guard standardError > 0 else { throw .zeroVariance }
    let half = StudentT(degrees: degrees).critical(confidence: confidence) * standardError
    return .init(lower: max(0, probability - half), upper: min(1, probability + half), confidence: confidence)
  }
}
