/// The interval of the difference of two independent proportions after adding a success and a failure to each.
package enum AgrestiCaffo {
  package static let method = Method(
    "agresti-caffo", aliases: ["plus-four-difference"],
    computes: """
      p1 - p2 ± z sqrt(p1 (1 - p1) / m1 + p2 (1 - p2) / m2) with p = (k + 1) / m and m = n + 2. As published it is not \
      cut to -1...1, and its centre is drawn towards 0.
      """,
    use: """
      A formula for the difference of two shares of different rows that can be done by hand and has no zero width. \
      Newcombe's and Miettinen-Nurminen's are better; this one is here to reproduce reports that used it.
      """,
    source: "Agresti and Caffo, The American Statistician 54 (2000)")

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(
    _ first: BinomialCount, _ second: BinomialCount, confidence: Double
  ) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let (center, error) = shrunken(first, second)
    let half = Normal.critical(confidence: confidence) * error
    return Estimate(
      first.share - second.share,
      ConfidenceInterval(lower: center - half, upper: center + half, confidence: confidence))
  }

  /// The difference of the two shares after the addition, and its standard error, which is above 0.
  static func shrunken(_ first: BinomialCount, _ second: BinomialCount) -> (difference: Double, error: Double) {
    func part(_ count: BinomialCount) -> (share: Double, variance: Double) {
      let (successes, failures, trials) = (count.k + 1, count.m + 1, count.n + 2)
      return (successes / trials, successes / trials * (failures / trials) / trials)
    }
    let (one, other) = (part(first), part(second))
    return (one.share - other.share, (one.variance + other.variance).squareRoot())
  }
}
