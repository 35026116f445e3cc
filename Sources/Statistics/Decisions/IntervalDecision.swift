/// What an interval of the benefit says about a candidate and its baseline, given a margin.
package enum IntervalDecision: String, Sendable, Hashable, CaseIterable {
  /// Better: all of the interval is above 0.
  case superior
  /// Not worse by more than the margin: all of the interval is above -margin.
  case nonInferior
  /// Worse by more than the margin: all of the interval is below -margin.
  case inferior
  /// The interval holds -margin: more rows would decide.
  case inconclusive

  package static let method = Method(
    "interval-decision", aliases: ["non-inferiority-by-interval", "superiority", "trichotomy"],
    computes: """
      From the interval [L, U] of a benefit (positive is better) and a margin: superior when L > 0, non-inferior when \
      L > -margin, inferior when U < -margin, else inconclusive.
      """,
    use: """
      The verdict of a comparison with a baseline. With a 95 % interval each error, to pass what is worse by the margin \
      and to fail what is not, has a probability of about 2.5 %. Inconclusive is an answer: it says that the rows are \
      too few, and the sample size that decides says how many would do.
      """,
    source: """
      Schuirmann, J. Pharmacokinet. Biopharm. 15 (1987); CPMP, Points to consider on switching between superiority and \
      non-inferiority (2000)
      """)

  /// Throws when the margin is negative or not finite, or an end of the interval is NaN.
  package init(benefit: ConfidenceInterval, margin: Double) throws(Undefined) {
    guard margin >= 0, margin.isFinite else { throw .outsideDomain("a margin must be at least 0") }
    guard benefit.lower <= benefit.upper else { throw .outsideDomain("an interval must reach from below to above") }
    self =
      benefit.lower > 0
      ? .superior : benefit.lower > -margin ? .nonInferior : benefit.upper < -margin ? .inferior : .inconclusive
  }
}
