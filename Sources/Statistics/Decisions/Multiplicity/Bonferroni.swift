/// Bonferroni's adjustment of p-values.
package enum Bonferroni: Adjustment {
  package static let method = Method(
    "bonferroni",
    computes: "m p, at most 1, for each of m p-values.",
    use: """
      To keep the probability of any false alarm below the level, whatever the dependence. Holm's adjustment promises the \
      same and always rejects as much or more: take that. Bonferroni's is the one that simple intervals follow: each at \
      confidence 1 - level / m.
      """,
    source: "Dunn, Journal of the American Statistical Association 56 (1961)")

  package static func adjusted(ascending: [Probability]) -> [Probability] {
    ascending.map { $0.times(Double(ascending.count)) }
  }
}
