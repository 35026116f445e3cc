/// The exact test that a share of successes is a given one.
package enum BinomialTest {
  package static let method = Method(
    "binomial-test", aliases: ["binom-test", "exact-binomial-test"],
    computes: """
      P(X <= k), P(X >= k), or, two-sided, the probability of all outcomes no likelier than k, for X binomial with n \
      trials and the share of the null hypothesis.
      """,
    use: """
      To ask whether an error rate is above a known one, for any number of rows; exact. To say how large the rate is, \
      take the Wilson or Clopper-Pearson interval.
      """,
    source: "Clopper and Pearson, Biometrika 26 (1934); Conover, Practical Nonparametric Statistics, 3.1")

  /// The p-value. Throws for no trials, more successes than trials, trials above 2^53, and a share outside 0...1.
  package static func p(
    successes: Int, trials: Int, share: Double, _ alternative: Alternative = .twoSided
  ) throws(Undefined) -> Probability {
    try Counts.require(successes)
    try Counts.require(trials)
    guard trials > 0 else { throw .noObservations }
    guard successes <= trials else { throw .outsideDomain("there must not be more successes than trials") }
    guard 0...1 ~= share else { throw .outsideDomain("the share must be between 0 and 1") }
    return Binomial(trials: trials, share: share).p(successes, alternative)
  }
}
