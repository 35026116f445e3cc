/// Benjamini and Hochberg's adjustment of p-values.
package enum BenjaminiHochberg: Adjustment {
  package static let method = Method(
    "benjamini-hochberg", aliases: ["bh", "fdr", "fdr-bh", "false-discovery-rate"],
    computes: """
      For the i-th smallest of m p-values: the least of m p(j) / j over j from i on. Rejecting those at most the level \
      keeps the expected share of false alarms among all alarms below it.
      """,
    use: """
      For families that are looked through for something to follow up: the drift of many columns, many slices. It promises \
      nothing for a single member. For tests that are independent or positively dependent; else Benjamini-Yekutieli.
      """,
    source: "Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    stepUp(ascending, factor: Double(ascending.count))
  }

  /// The least of factor p(j) / j over j from i on.
  static func stepUp(_ ascending: [Probability], factor: Double) -> [Probability] {
    ascending.enumerated().map { $1.times(factor / Double($0 + 1)) }.runningLeast
  }
}
