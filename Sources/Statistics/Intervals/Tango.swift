/// The score test and interval of the difference of two proportions of the same rows.
package enum Tango {
  package static let method = Method(
    "tango", aliases: ["tango-score", "paired-score-test"],
    computes: """
      z = (b - c - n D) / sqrt(n (2q + D (1 - D))) for a difference D of two shares of the same n rows, where q is the \
      likeliest probability of 'only the second is right' given D: the root of 2n q² + (-b - c + (2n - b + c) D) q \
      - c D (1 - D) = 0. The interval holds every D that the test does not reject. At D = 0 z is McNemar's.
      """,
    use: """
      A test that one model is not worse than another by a margin D, on the same rows, with a p-value; also for small \
      samples and few discordant rows. Its interval is close to Newcombe's method 10, and holds better when discordant \
      rows are few.
      """,
    source: "Tango, Statistics in Medicine 17 (1998), 891-908")

  /// The test of a difference, first less second, against a larger one (`greater`), a smaller one, or either. Throws
  /// when the difference is outside -1...1, and where the hypothesis leaves no variance: without discordant rows at 0.
  package static func test(
    _ outcomes: PairedOutcomes, difference: Double = 0, alternative: Alternative = .twoSided
  ) throws(Undefined) -> TestResult {
    guard difference >= -1, difference <= 1 else { throw .outsideDomain("a difference must be between -1 and 1") }
    let counts = Counts(outcomes)
    let variance = counts.variance(difference)
    guard variance > 0 else { throw .zeroVariance }
    let z = counts.excess(difference) / variance.squareRoot()
    return TestResult(statistic: z, p: Normal.p(z, alternative))
  }

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ outcomes: PairedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    try interval(Counts(outcomes), outcomes.difference, confidence)
  }

  /// The same of rows with weights.
  package static func interval(_ outcomes: WeightedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    let counts = Counts(n: outcomes.total, b: outcomes.firstOnly, c: outcomes.secondOnly)
    return try interval(counts, outcomes.difference, confidence)
  }

  private static func interval(
    _ counts: Counts, _ difference: Double, _ confidence: Double
  ) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let z = Normal.critical(confidence: confidence)
    func holds(_ other: Double) -> Bool {
      counts.excess(other).magnitude <= z * counts.variance(other).squareRoot()
    }
    return Estimate(
      difference,
      ConfidenceInterval(
        lower: Bisection.border(inside: difference, outside: -1, holds),
        upper: Bisection.border(inside: difference, outside: 1, holds), confidence: confidence))
  }

  /// The likeliest probability that only the second is right, given the difference.
  static func restrictedShare(_ outcomes: PairedOutcomes, _ difference: Double) -> Double {
    Counts(outcomes).restrictedShare(difference)
  }

  /// All rows, those that only the first is right on, and those that only the second is.
  fileprivate struct Counts {
    var n: Double
    var b: Double
    var c: Double
  }
}

extension Tango.Counts {
  fileprivate init(_ outcomes: PairedOutcomes) {
    self.init(n: Double(outcomes.total), b: Double(outcomes.firstOnly), c: Double(outcomes.secondOnly))
  }

  fileprivate func restrictedShare(_ difference: Double) -> Double {
    let linear = -b - c + (2 * n - b + c) * difference
    let constant = -c * difference * (1 - difference)
    let root = max(0, linear * linear - 8 * n * constant).squareRoot()
    // Of the two forms of the root, the one in which nothing cancels.
    let share = linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (4 * n)
    return min(max(share, max(0, -difference)), 1)
  }

  fileprivate func excess(_ difference: Double) -> Double {
    // Fused, so that the difference is taken as it is and not as its rounded product.
    (b - c).addingProduct(-n, difference)
  }

  fileprivate func variance(_ difference: Double) -> Double {
    n * max(0, 2 * restrictedShare(difference) + difference * (1 - difference))
  }
}
