internal import Glibc

/// A confidence sequence for a share of successes.
package struct BetaBinomialSequence: Sequential, Hashable {
  package private(set) var successes = 0
  package private(set) var trials = 0

  package static let method = Method(
    "beta-binomial-sequence", aliases: ["confidence-sequence-proportion"],
    computes: """
      All shares p with B(k + 1, n - k + 1) / (p^k (1 - p)^(n - k)) < 1 / (1 - confidence) after k of n: the likelihood \
      ratio to p, mixed uniformly over all shares, which under p exceeds that bound at any time with no more than the \
      probability 1 - confidence.
      """,
    use: """
      An error rate that is watched while requests or rows arrive, with a verdict at any time. For a fixed number of \
      rows Wilson's or Clopper-Pearson's interval is shorter.
      """,
    source: "Robbins, Ann. Math. Statist. 41 (1970)")

  package init() {}

  package mutating func update(_ success: Bool) throws(Undefined) {
    try update(successes: success ? 1 : 0, trials: 1)
  }

  /// Throws when the successes are negative or more than the trials, or the counts overflow.
  package mutating func update(successes more: Int, trials count: Int) throws(Undefined) {
    guard count >= 0, more >= 0, more <= count else {
      throw .outsideDomain("successes must be between 0 and the trials")
    }
    let (total, overflow) = trials.addingReportingOverflow(count)
    guard !overflow else { throw .outsideDomain("trials must be fewer than 2^63") }
    (successes, trials) = (successes + more, total)
  }

  /// What the share may be; all of 0...1 before the first trial.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    let share = trials == 0 ? 0.5 : Double(successes) / Double(trials)
    let limit = -log1p(-confidence)
    func holds(_ other: Double) -> Bool { logEvidence(against: other) < limit }
    return ConfidenceInterval(
      lower: Bisection.border(inside: share, outside: 0, holds),
      upper: Bisection.border(inside: share, outside: 1, holds), confidence: confidence)
  }

  /// ln of the mixed likelihood ratio: the evidence that the share is not this one; infinite for an impossible one.
  package func logEvidence(against share: Double) -> Double {
    Self.logEvidence(successes: successes, trials: trials, share: share)
  }

  /// The mixture is 1 / ((n + 1) P(k; n, p)), since (n + 1) C(n, k) B(k + 1, n - k + 1) = 1.
  static func logEvidence(successes: Int, trials: Int, share: Double) -> Double {
    -log1p(Double(trials)) - Binomial(trials: trials, share: share).logMass(successes)
  }
}
