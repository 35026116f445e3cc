/// Holm's step-down adjustment of p-values.
package enum Holm: Adjustment {
  package static let method = Method(
    "holm", aliases: ["holm-bonferroni"],
    computes: """
      For the i-th smallest of m p-values: the largest of (m - j + 1) p(j) over j up to i, at most 1.
      """,
    use: """
      To keep the probability of any false alarm below the level, whatever the dependence: the adjustment for the gates of \
      one model, of which each blocks. Never less powerful than Bonferroni's.
      """,
    source:
      "Holm, \"A simple sequentially rejective multiple test procedure\", Scandinavian Journal of Statistics 6 (1979)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    ascending.enumerated().map { $1.times(Double(ascending.count - $0)) }.runningGreatest
  }
}
