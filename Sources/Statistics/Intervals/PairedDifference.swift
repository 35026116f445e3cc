/// The interval by which a difference of two proportions of the same rows is decided.
package enum PairedDifference {
  package static let method = Method(
    "paired-difference", aliases: ["accuracy-difference"],
    computes: """
      Newcombe's paired interval (method 10) when some rows are discordant; without any, the exact bound of the rule of \
      three: the two shares differ by at most 1 - (1 - confidence)^(1/n), about 3/n.
      """,
    use: """
      The default for a difference of accuracy, or of any share of right answers, of two models on the same rows.
      """,
    source: "Newcombe, Statistics in Medicine 17 (1998), 2635-2650; Hanley and Lippman-Hand, JAMA 249 (1983)")

  /// The difference, first less second, with its interval. Throws when the confidence is not between 0 and 1.
  package static func interval(_ outcomes: PairedOutcomes, confidence: Double) throws(Undefined) -> Estimate {
    outcomes.discordant == 0
      ? try RuleOfThree.pairedDifference(agreeingRows: outcomes.total, confidence: confidence)
      : try NewcombePaired.interval(outcomes, confidence: confidence)
  }
}
