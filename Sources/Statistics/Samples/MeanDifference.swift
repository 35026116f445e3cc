/// A difference between two means with its standard error, as the t tests estimate it.
package struct MeanDifference: Sendable, Hashable {
  /// The first mean less the second.
  package let value: Double
  /// Its standard error; nil where there are too few values to tell.
  package let standardError: Double?
  package let degreesOfFreedom: Double
  /// The values of the smaller sample.
  private let count: Int

  init(value: Double, standardError: Double?, degreesOfFreedom: Double, count: Int) throws(Undefined) {
    guard value.isFinite, standardError?.isFinite ?? true else { throw .outOfRange }
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.count = count
  }

  /// The same estimate less a constant, to test whether the difference is that constant.
  func less(_ constant: Double) throws(Undefined) -> MeanDifference {
    try MeanDifference(
      value: value - constant, standardError: standardError, degreesOfFreedom: degreesOfFreedom, count: count)
  }

  /// The difference in standard errors. Throws with too few values, or when they do not vary.
  package func statistic() throws(Undefined) -> Double {
    let error = try knownError()
    guard error > 0 else { throw .zeroVariance }
    let statistic = value / error
    guard statistic.isFinite else { throw .outOfRange }
    return statistic
  }

  /// The p-value. Values that do not vary and have different means never arise under the null hypothesis: 0 or 1. It is no
  /// measure of what a population does, for which the interval throws. Throws when also the means are equal.
  package func p(_ alternative: Alternative = .twoSided) throws(Undefined) -> Probability {
    if try knownError() == 0, value != 0 {
      return alternative == .twoSided || (alternative == .greater) == (value > 0) ? .zero : .one
    }
    return StudentT(degrees: degreesOfFreedom).p(try statistic(), alternative)
  }

  /// The test. Throws with too few values, or when they do not vary.
  package func test(_ alternative: Alternative = .twoSided) throws(Undefined) -> TestResult {
    TestResult(statistic: try statistic(), p: try p(alternative), degreesOfFreedom: degreesOfFreedom)
  }

  /// Half the width of a two-sided interval; of a one-sided one, the distance of its end from the difference.
  package func margin(confidence: Double, _ alternative: Alternative = .twoSided) throws(Undefined) -> Double {
    try Sample.requireShare(confidence, "confidence")
    let tail = alternative == .twoSided ? (1 - confidence) / 2 : 1 - confidence
    return try knownError() * StudentT(degrees: degreesOfFreedom).upperQuantile(tail)
  }

  /// The interval of the difference; for a one-sided alternative, one end is infinite. Throws when the values do not vary,
  /// rather than answer an interval without width.
  package func interval(
    confidence: Double = 0.95, _ alternative: Alternative = .twoSided
  ) throws(Undefined) -> ConfidenceInterval {
    let margin = try margin(confidence: confidence, alternative)
    guard try knownError() > 0 else { throw .zeroVariance }
    guard (value - margin).isFinite, (value + margin).isFinite else { throw .outOfRange }
    return .init(
      lower: alternative == .less ? -.infinity : value - margin,
      upper: alternative == .greater ? .infinity : value + margin, confidence: confidence)
  }

  private func knownError() throws(Undefined) -> Double {
    guard let standardError else { throw .tooFew("values", needed: 2, got: count) }
    return standardError
  }
}
