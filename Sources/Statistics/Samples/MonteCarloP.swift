/// The p-value of a test that draws arrangements at random instead of counting them all.
package enum MonteCarloP {
  package static let method = Method(
    "monte-carlo-p", aliases: ["permutation-p-value", "permutation-pvalue-rule"],
    computes: """
      (b + 1)/(R + 1), where b of R random arrangements have a statistic at least as extreme as the observed one, which \
      counts as an arrangement itself.
      """,
    use: """
      Wherever there are too many arrangements to count. It is never 0, and the test keeps its level; b/R does not. With \
      R = 9,999 the smallest p-value is 0.0001, so ask for more where many columns are corrected together.
      """,
    source: "Phipson and Smyth, Statistical Applications in Genetics and Molecular Biology 9 (2010)")

  /// Throws unless 0 <= extreme <= replicates and there is a replicate.
  package static func p(extreme: Int, of replicates: Int) throws(Undefined) -> Probability {
    guard replicates > 0 else { throw .tooFew("replicates", needed: 1, got: replicates) }
    guard extreme >= 0, extreme <= replicates else {
      throw .outsideDomain("the extreme replicates must be between 0 and the number of replicates")
    }
    return Probability((Double(extreme) + 1) / (Double(replicates) + 1))
  }
}
