internal import Glibc

/// The sequential probability ratio test of two shares of successes.
package struct WaldSPRT: Sequential, Hashable {
  package enum Decision: String, Sendable, Hashable, CaseIterable {
    case undecided
    case acceptNull
    case acceptAlternative
  }

  /// The bounds of the log-likelihood ratio: at or below the lower one the null is accepted, at or above the upper one
  /// the alternative.
  package let lower: Double
  package let upper: Double
  package private(set) var successes = 0
  package private(set) var trials = 0
  /// The first decision; later observations do not change it.
  package private(set) var decision = Decision.undecided
  private let perSuccess: Double
  private let perFailure: Double

  package static let method = Method(
    "wald-sprt", aliases: ["sprt", "sequential-probability-ratio-test"],
    computes: """
      The log-likelihood ratio k ln(p1/p0) + (n - k) ln((1 - p1)/(1 - p0)); stops for the alternative at \
      ln((1 - beta)/alpha) and for the null at ln(beta/(1 - alpha)).
      """,
    use: """
      Whether an error rate is p0 or p1, with as few requests as any test needs on average: a canary's go or no-go. \
      Between the two rates either answer is right. It gives no interval: for one use the beta-binomial sequence.
      """,
    source: "Wald, Ann. Math. Statist. 16 (1945)")

  /// The share under the null and the alternative, and the probabilities of accepting the wrong one. Throws when a
  /// number is not between 0 and 1, the shares are equal, or alpha and beta sum to 1 or more.
  package init(null: Double, alternative: Double, alpha: Double, beta: Double) throws(Undefined) {
    try Sample.requireShare(null, "the share under the null hypothesis")
    try Sample.requireShare(alternative, "the share under the alternative")
    try Sample.requireShare(alpha, "alpha")
    try Sample.requireShare(beta, "beta")
    guard null != alternative else { throw .outsideDomain("the two shares must differ") }
    guard alpha + beta < 1 else { throw .outsideDomain("alpha and beta must sum to less than 1") }
    upper = log1p(-beta) - log(alpha)
    lower = log(beta) - log1p(-alpha)
    perSuccess = log(alternative / null)
    perFailure = log1p(-alternative) - log1p(-null)
  }

  package var logLikelihoodRatio: Double {
    Double(successes) * perSuccess + Double(trials - successes) * perFailure
  }

  package mutating func update(_ success: Bool) throws(Undefined) {
    try update(successes: success ? 1 : 0, trials: 1)
  }

  /// Takes so many trials at once, and looks once, after the last. Throws when the successes are negative or more than
  /// the trials, or the counts overflow.
  package mutating func update(successes more: Int, trials count: Int) throws(Undefined) {
    guard count >= 0, more >= 0, more <= count else {
      throw .outsideDomain("successes must be between 0 and the trials")
    }
    let (total, overflow) = trials.addingReportingOverflow(count)
    guard !overflow else { throw .outsideDomain("trials must be fewer than 2^63") }
    (successes, trials) = (successes + more, total)
    guard decision == .undecided else { return }
    let ratio = logLikelihoodRatio
    decision = ratio >= upper ? .acceptAlternative : ratio <= lower ? .acceptNull : .undecided
  }
}
