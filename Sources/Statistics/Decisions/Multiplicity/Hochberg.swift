/// Hochberg's step-up adjustment of p-values.
package enum Hochberg: Adjustment {
  package static let method = Method(
    "hochberg", aliases: ["simes-hochberg"],
    computes: """
      For the i-th smallest of m p-values: the least of (m - j + 1) p(j) over j from i on.
      """,
    use: """
      As Holm's, and never less powerful, for tests that are independent or positively dependent, such as metrics of one \
      model. Hommel's is sharper under the same conditions.
      """,
    source: "Hochberg, \"A sharper Bonferroni procedure for multiple tests of significance\", Biometrika 75 (1988)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    ascending.enumerated().map { $1.times(Double(ascending.count - $0)) }.runningLeast
  }
}
