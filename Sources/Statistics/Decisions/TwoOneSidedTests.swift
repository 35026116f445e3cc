/// The test of equivalence: that a difference lies between two limits.
package struct TwoOneSidedTests: Sendable, Hashable {
  /// The test that the difference is above the lower limit.
  package let lower: TestResult
  /// The test that it is below the upper limit.
  package let upper: TestResult

  /// The p-value of equivalence: the larger of the two.
  package var p: Probability { max(lower.p, upper.p) }

  package static let method = Method(
    "tost", aliases: ["two-one-sided-tests", "equivalence-test"],
    computes: """
      Two one-sided tests, that a difference is above the lower limit and below the upper one; the p-value is the larger. \
      For means by t (Welch's for two samples, Student's for pairs), for proportions by the score test of Miettinen and \
      Nurminen, or with the variance of Agresti and Caffo or of Wald.
      """,
    use: """
      To claim that nothing changed by more than what matters: a migrated pipeline, a quantised model. A t test that \
      finds no difference claims nothing of the kind. At level a it agrees with the interval of confidence 1 - 2a that \
      lies within the limits.
      """,
    source: "Schuirmann, J. Pharmacokinet. Biopharm. 15 (1987)")

  /// How the error of a difference of two independent proportions is estimated.
  package enum ProportionError: String, Sendable, CaseIterable {
    /// From the likeliest shares at each limit.
    case score
    case agrestiCaffo = "agresti-caffo"
    /// From the observed shares: 0 where both are 0 or 1. To agree with other tools, not to decide on few rows.
    case wald
  }

  /// That the means of two samples, first less second, differ by no more than the limits.
  package init(
    _ first: [Double], _ second: [Double], between low: Double, and high: Double
  ) throws(Undefined) {
    try self.init(WelchT.difference(first, second), low, high)
  }

  /// That the mean difference of pairs, first less second, lies between the limits.
  package init(
    pairs first: [Double], _ second: [Double], between low: Double, and high: Double
  ) throws(Undefined) {
    try self.init(PairedT.difference(first, second), low, high)
  }

  /// That two independent proportions, first less second, differ by no more than the limits.
  package init(
    _ first: BinomialCount, _ second: BinomialCount, between low: Double, and high: Double,
    error: ProportionError = .score
  ) throws(Undefined) {
    try Self.require(low, high)
    switch error {
    case .score:
      lower = try MiettinenNurminen.test(first, second, difference: low, alternative: .greater)
      upper = try MiettinenNurminen.test(first, second, difference: high, alternative: .less)
    case .agrestiCaffo:
      let (difference, error) = AgrestiCaffo.shrunken(first, second)
      (lower, upper) = try Self.normal(difference, error, low, high)
    case .wald:
      func variance(_ count: BinomialCount) -> Double { count.share * (1 - count.share) / count.n }
      let error = (variance(first) + variance(second)).squareRoot()
      guard error > 0 else { throw .zeroVariance }
      (lower, upper) = try Self.normal(first.share - second.share, error, low, high)
    }
  }

  private init(_ mean: MeanDifference, _ low: Double, _ high: Double) throws(Undefined) {
    try Self.require(low, high)
    lower = try mean.less(low).test(.greater)
    upper = try mean.less(high).test(.less)
  }

  private static func normal(
    _ difference: Double, _ error: Double, _ low: Double, _ high: Double
  ) throws(Undefined) -> (TestResult, TestResult) {
    func result(_ limit: Double, _ alternative: Alternative) throws(Undefined) -> TestResult {
      let z = (difference - limit) / error
      guard z.isFinite else { throw .outOfRange }
      return TestResult(statistic: z, p: Normal.p(z, alternative))
    }
    return (try result(low, .greater), try result(high, .less))
  }

  private static func require(_ low: Double, _ high: Double) throws(Undefined) {
    guard low.isFinite, high.isFinite, low <= high else {
      throw .outsideDomain("the limits must be finite, the lower one first")
    }
  }
}
