/// A mean, or a difference of means, with its standard error and the degrees of freedom of its t statistic.
package struct MeanEstimate: Sendable, Hashable {
  package let value: Double
  package let standardError: Double
  package let degreesOfFreedom: Double

  package static let method = Method(
    "t-interval", aliases: ["mean-interval", "student-interval"],
    computes: """
      mean ± t s / sqrt(n), with the t quantile of n - 1 degrees of freedom; for pairs of the differences; for two \
      samples of the difference of their means, with Welch's standard error and degrees of freedom.
      """,
    use: """
      A mean of values that are not too skewed for their number. Values that do not vary have no interval of this kind: \
      bound them by the rule of three when their range is known. For skewed values with few rows use the bootstrap.
      """,
    source: "Student, Biometrika 6 (1908); Welch, Biometrika 34 (1947)")

  /// The mean of a sample. Throws for fewer than two values, and when they do not vary.
  package init(_ values: [Double]) throws(Undefined) {
    try Sample.require(values, atLeast: 2)
    let unit = Self.unit(values)
    try self.init([values.map { $0 / unit }], unit: unit)
  }

  /// The mean difference of pairs, first less second.
  package init(pairs first: [Double], _ second: [Double]) throws(Undefined) {
    try Sample.requirePairs(first, second, atLeast: 2)
    let unit = max(Self.unit(first), Self.unit(second))
    try self.init([zip(first, second).map { $0 / unit - $1 / unit }], unit: unit)
  }

  /// The difference of the means of two samples, first less second, without assuming equal variances. Throws for fewer
  /// than two values, and when neither sample varies.
  package init(_ first: [Double], _ second: [Double]) throws(Undefined) {
    try Sample.require(first, atLeast: 2)
    try Sample.require(second, atLeast: 2)
    let unit = max(Self.unit(first), Self.unit(second))
    try self.init([first.map { $0 / unit }, second.map { $0 / unit }], unit: unit)
  }

  /// The difference of two means from the sums of squared deviations within each sample.
  init(
    difference: Double, _ first: Double, _ firstCount: Int, _ second: Double, _ secondCount: Int
  ) throws(Undefined) {
    func square(_ sum: Double, _ count: Int) -> Double { sum / Double(count - 1) / Double(count) }
    try self.init(
      difference, [square(first, firstCount), square(second, secondCount)], counts: [firstCount, secondCount],
      varies: true)
  }

  /// The interval by Student's t. Throws when the confidence is not between 0 and 1.
  package func interval(confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let half = StudentT(degrees: degreesOfFreedom).critical(confidence: confidence) * standardError
    return Estimate(value, ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence))
  }

  /// The t test that the mean is another. Throws where t is beyond the largest double.
  package func test(
    against mean: Double = 0, alternative: Alternative = .twoSided
  ) throws(Undefined) -> TestResult {
    let t = (value - mean) / standardError
    guard t.isFinite else { throw .outsideDomain("the t statistic must be within the range of a double") }
    return TestResult(
      statistic: t, p: StudentT(degrees: degreesOfFreedom).p(t, alternative), degreesOfFreedom: degreesOfFreedom)
  }

  /// A power of two near the largest value: squares of values in such units neither overflow nor vanish.
  private static func unit(_ values: [Double]) -> Double {
    let largest = values.map(\.magnitude).max() ?? 0
    // Usual values keep their own unit, and all their digits.
    if largest == 0 || (-300...300).contains(largest.exponent) { return 1 }
    return Double(sign: .plus, exponent: max(largest.exponent, -1022), significand: 1)
  }

  /// The mean of one sample, or the difference of two, whose values are given in a unit.
  private init(_ samples: [[Double]], unit: Double) throws(Undefined) {
    var moments: [Moments] = []
    var squares: [Double] = []
    for sample in samples {
      let moment = try Moments(sample)
      moments.append(moment)
      squares.append(try moment.variance() / Double(moment.count))
    }
    let difference = moments.count == 1 ? moments[0].mean : moments[0].mean - moments[1].mean
    let estimate = try MeanEstimate(
      difference, squares, counts: moments.map(\.count), varies: moments.contains(where: \.varies))
    value = estimate.value * unit
    standardError = estimate.standardError * unit
    degreesOfFreedom = estimate.degreesOfFreedom
    guard value.isFinite, standardError.isFinite else {
      throw .outsideDomain("the difference must be within the range of a double")
    }
  }

  /// The squared standard errors of one or two means.
  private init(_ value: Double, _ squares: [Double], counts: [Int], varies: Bool) throws(Undefined) {
    let sum = squares.reduce(0, +)
    let error = sum.squareRoot()
    // By ratios, so that the fourth powers of small or large errors neither vanish nor overflow.
    let parts = zip(squares, counts).map { (square: Double, count: Int) in
      let ratio = square / sum
      return ratio * ratio / Double(count - 1)
    }
    guard varies, error > 0 else { throw .zeroVariance }
    self.value = value
    standardError = error
    degreesOfFreedom = 1 / parts.reduce(0, +)
  }
}
