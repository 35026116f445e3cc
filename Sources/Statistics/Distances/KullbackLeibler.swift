/// The Kullback-Leibler divergence of one distribution over categories from another.
package enum KullbackLeibler {
  package static let method = Method(
    "kullback-leibler", aliases: ["kl", "kl-divergence", "relative-entropy"],
    computes: """
      D(P || Q) = sum of p ln(p / q), in nats or bits: how much longer messages from P get when they are coded for Q. It \
      is 0 only for equal distributions, and not symmetric.
      """,
    use: """
      Where P is the truth and Q a model of it. It is undefined as soon as P has a category that Q has not, so for drift \
      between samples prefer the Jensen-Shannon distance, which is bounded and symmetric.
      """,
    source: "Kullback and Leibler, Annals of Mathematical Statistics 22 (1951)")

  /// Throws when the samples differ in their number of categories, and when P has a category that Q has not.
  /// O(categories).
  package static func divergence(
    of p: Counts, from q: Counts, in unit: InformationUnit = .nats
  ) throws(Undefined) -> Double {
    let pair = try CategoryShares(p, q)
    try pair.requireCovered()
    // p ln(p/q) - (p - q): the differences add up to nothing, and no term is below 0.
    return unit.value(nats: zip(pair.first, pair.second).map { Deviance.term($0, $1) }.compensatedSum)
  }
}
