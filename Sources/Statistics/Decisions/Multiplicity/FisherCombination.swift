internal import Glibc

/// Fisher's combination of independent p-values into one.
package enum FisherCombination {
  package static let method = Method(
    "fisher-combination", aliases: ["fishers-method", "combine-pvalues", "combined-p"],
    computes:
      "-2 times the sum of ln p, which is chi-squared with 2k degrees of freedom if all k null hypotheses hold.",
    use: """
      To ask whether there is anything in several independent tests, such as days or files, of which none need be \
      significant. One tiny p-value suffices; Stouffer's method asks for agreement. Never for tests on the same rows.
      """,
    source: "Fisher, Statistical Methods for Research Workers (1932)")

  /// The combined p-value. Throws without p-values. O(k).
  package static func combine(_ p: [Probability]) throws(Undefined) -> Probability {
    guard !p.isEmpty else { throw .tooFew("p-values", needed: 1, got: 0) }
    let statistic = -2 * log(10) * p.map(\.log10).compensatedSum
    guard statistic.isFinite else { return .zero }
    return ChiSquared(degrees: 2 * Double(p.count)).upper(statistic)
  }
}
