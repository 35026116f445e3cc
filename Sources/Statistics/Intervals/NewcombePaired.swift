/// The interval of the difference of two proportions of the same rows, from the Wilson interval of each and the
/// correlation between them.
package enum NewcombePaired {
  package static let method = Method(
    "newcombe-paired", aliases: ["newcombe-method-10", "paired-score-interval"],
    computes: """
      The difference d = (b - c)/n of two shares of the same n rows, less sqrt(x² - 2 phi x y + y²) with the distances \
      x and y to the Wilson limits of each share, and likewise upwards. phi is the correlation of the 2 x 2 table, \
      (ad - bc) / sqrt((a+b)(c+d)(a+c)(b+d)), with ad - bc lessened by n/2, not below 0, when it is positive (method 10).
      """,
    use: """
      A short interval of a difference of shares of right answers of two models on the same rows; without discordant \
      rows it still has a width. When few rows are discordant, all to one side, it misses up to nine times in a hundred \
      on that side: decide by Tango's. For separate samples use the unpaired form.
      """,
    source: "Newcombe, Statistics in Medicine 17 (1998), 2635-2650")

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ outcomes: PairedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    try interval(outcomes, correlation: correctedCorrelation(outcomes), confidence: confidence)
  }

  /// Method 8, with the plain correlation. Without discordant rows that is 1, and the interval loses its width where
  /// half of the rows are right: it is here to be compared with, not to decide.
  static func uncorrectedInterval(_ outcomes: PairedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    try interval(outcomes, correlation: correlation(outcomes), confidence: confidence)
  }

  /// phi; 0 where a margin of the table is empty.
  static func correlation(_ outcomes: PairedOutcomes) -> Double {
    correlation(outcomes) { product in product }
  }

  static func correctedCorrelation(_ outcomes: PairedOutcomes) -> Double {
    correlation(outcomes) { product in product > 0 ? max(product - Double(outcomes.total) / 2, 0) : product }
  }

  private static func correlation(_ outcomes: PairedOutcomes, correct: (Double) -> Double) -> Double {
    let (a, b) = (Double(outcomes.both), Double(outcomes.firstOnly))
    let (c, d) = (Double(outcomes.secondOnly), Double(outcomes.neither))
    // In pairs that are squares when no row is discordant, so that the correlation is 1 to the last digit.
    let denominator = ((a + b) * (a + c)).squareRoot() * ((c + d) * (b + d)).squareRoot()
    return denominator > 0 ? min(max(correct(a * d - b * c) / denominator, -1), 1) : 0
  }

  private static func interval(
    _ outcomes: PairedOutcomes, correlation: Double, confidence: Double
  ) throws(Undefined) -> Estimate {
    let first = try Wilson.interval(outcomes.first(), confidence: confidence)
    let second = try Wilson.interval(outcomes.second(), confidence: confidence)
    var estimate = NewcombeIndependent.squareAndAdd(first, second, correlation: correlation)
    let shift = outcomes.difference - estimate.value
    estimate.value = outcomes.difference
    estimate.interval.lower = max(-1, estimate.interval.lower + shift)
    estimate.interval.upper = min(1, estimate.interval.upper + shift)
    return estimate
  }
}
