/// The interval by which a difference of two proportions of the same rows is decided.
package enum PairedDifference {
  package static let method = Method(
    "paired-difference", aliases: ["accuracy-difference"],
    computes: """
      Tango's score interval when some rows are discordant. Without any, the exact bound of the rule of three on each \
      side: the shares differ by at most 1 - ((1 - confidence)/2)^(1/n), 3.7/n for 95 %.
      """,
    use: """
      The default for a difference of accuracy, or of any share of right answers, of two models on the same rows. What \
      is worse than the interval's lower end passes by it at most 2.6 times in a hundred, also when few rows are \
      discordant and all to one side; by Newcombe's interval up to nine times.
      """,
    source: "Tango, Statistics in Medicine 17 (1998), 891-908; Hanley and Lippman-Hand, J. Amer. Med. Assoc. 249 (1983)"
  )

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ outcomes: PairedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    guard outcomes.discordant == 0 else { return try Tango.interval(outcomes, confidence: confidence) }
    return try ofAgreeingRows(outcomes.total, confidence)
  }

  /// The same of rows with weights.
  package static func interval(_ outcomes: WeightedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    guard outcomes.areEqual else { return try Tango.interval(outcomes, confidence: confidence) }
    return try ofAgreeingRows(max(1, Int(outcomes.total)), confidence)
  }

  private static func ofAgreeingRows(_ count: Int, _ confidence: Double) throws(Undefined) -> Estimate {
    // Each side alone may miss half as often as both.
    var estimate = try RuleOfThree.pairedDifference(
      agreeingRows: count, confidence: min((1 + confidence) / 2, 1.0.nextDown))
    estimate.interval.confidence = confidence
    return estimate
  }
}
