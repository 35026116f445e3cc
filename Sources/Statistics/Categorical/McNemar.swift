/// McNemar's test of two shares of the same rows: is the one right where the other is wrong more often than the reverse?
package struct McNemar: Sendable, Hashable {
  /// Pairs of which only the first is a success, and of which only the second is: b and c.
  package let firstOnly: Int
  package let secondOnly: Int

  package static let method = Method(
    "mcnemar", aliases: ["mcnemar-exact", "mcnemar-mid-p", "mid-p", "mcnemar-chi-squared"],
    computes: """
      With b and c the pairs in which only one of two succeeds: exact p = 2 P(X <= min(b, c)) for X binomial(b + c, 1/2), \
      at most 1; mid-p = exact p less P(X = min(b, c)), or 1 - P(X = b)/2 when b = c; chi-squared (b - c)^2 / (b + c), \
      corrected (max(|b - c| - 1, 0))^2 / (b + c). Without discordant pairs every p-value is 1.
      """,
    use: """
      To compare two classifiers on the same rows. Mid-p is the form to take: it keeps its level in practice, while the \
      exact form rejects too rarely and the corrected chi-squared hardly ever with few discordant pairs. For more than \
      two classifiers take Cochran's Q. For how large the difference is, take the interval of the paired difference.
      """,
    source: """
      McNemar, Psychometrika 12 (1947); Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91 (2013)
      """)

  /// Throws for counts below 0, or above 2^53.
  package init(firstOnly: Int, secondOnly: Int) throws(Undefined) {
    try Counts.require(firstOnly)
    try Counts.require(secondOnly)
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
  }

  private var discordant: Int { firstOnly + secondOnly }
  private var fewer: Int { min(firstOnly, secondOnly) }
  private var binomial: Binomial { Binomial(trials: discordant, share: 0.5) }

  /// The exact conditional p-value.
  package var exact: Probability { firstOnly == secondOnly ? .one : binomial.lower(fewer).doubled }

  /// The mid-p-value: half of the probability of what was observed is left out of each tail.
  package var midP: Probability {
    if discordant == 0 { return .one }
    if firstOnly == secondOnly { return Probability(1 - binomial.mass(fewer) / 2) }
    // 2 P(X <= k) - P(X = k), without the difference.
    return binomial.lower(fewer) + binomial.lower(fewer - 1)
  }

  /// The chi-squared statistic with one degree of freedom, and its p-value.
  package func chiSquared(corrected: Bool = false) -> TestResult {
    if discordant == 0 { return TestResult(statistic: 0, p: .one, degreesOfFreedom: 1) }
    let difference = Double((firstOnly - secondOnly).magnitude)
    let numerator = corrected ? max(difference - 1, 0) : difference
    let statistic = numerator / Double(discordant) * numerator
    return TestResult(statistic: statistic, p: ChiSquared(degrees: 1).upper(statistic), degreesOfFreedom: 1)
  }
}
