/// The z test that a difference is not worse than a margin allows.
package struct NonInferiority: Sendable, Hashable {
  /// z and the probability of one as large were the candidate worse by exactly the margin.
  package let test: TestResult
  /// The end of the one-sided interval of the difference on its worse side.
  package let bound: Double

  package static let method = Method(
    "non-inferiority", aliases: ["non-inferiority-z"],
    computes: """
      z = (difference + margin) / se where higher is better, (margin - difference) / se where lower is; p = P(Z > z); and \
      the one-sided bound difference -+ z_conf se, to be compared with the margin.
      """,
    use: """
      Any estimate with a standard error from many rows: a difference of AUC, of a loss. For shares use Tango or \
      Miettinen-Nurminen, for means with few rows the t interval: their errors are not known that well.
      """,
    source: "Wellek, Testing Statistical Hypotheses of Equivalence and Noninferiority, 2nd ed. (2010)")

  /// The difference is candidate less baseline. Throws when a number is not finite, the margin is negative or the error
  /// is not above 0.
  package init(
    difference: Double, standardError: Double, margin: Double, higherIsBetter: Bool, confidence: Double = 0.95
  ) throws(Undefined) {
    try Sample.requireShare(confidence, "confidence")
    guard difference.isFinite, standardError.isFinite, margin.isFinite, margin >= 0 else {
      throw .outsideDomain("difference, error and margin must be finite, the margin at least 0")
    }
    guard standardError >= 0 else { throw .outsideDomain("a standard error must not be negative") }
    guard standardError > 0 else { throw .zeroVariance }
    let direction: Double = higherIsBetter ? 1 : -1
    let z = (direction * difference + margin) / standardError
    guard z.isFinite else { throw .outOfRange }
    test = TestResult(statistic: z, p: Normal.upper(z))
    bound = difference - direction * Normal.upperQuantile(1 - confidence) * standardError
  }
}
