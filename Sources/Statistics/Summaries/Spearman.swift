/// Spearman's rank correlation: how far pairs of values rise and fall together, in any monotone way.
package struct Spearman: Sendable, Hashable {
  private let ranks: Pearson

  package static let method = Method(
    "spearman", aliases: ["spearman-rho", "rank-correlation"],
    computes: """
      Pearson's correlation of the ranks, where equal values share the mean of their ranks; its p-value is that of \
      t = rho sqrt((n - 2) / (1 - rho^2)) with n - 2 degrees of freedom.
      """,
    use: """
      For monotone relations of any form; outliers weigh no more than their ranks. With fewer than about ten pairs the \
      p-value is rough: Kendall's is exact there. With many equal values prefer Kendall's tau-b.
      """,
    source: "Spearman, American Journal of Psychology 15 (1904); Kendall and Gibbons, Rank Correlation Methods (1990)")

  /// O(n). Throws for fewer than two pairs, lengths that differ, a value that is not finite, and when either side
  /// does not vary.
  package init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    try Sample.requirePairs(x, y, atLeast: 2)
    ranks = try Pearson(Ranks(x).midranks, Ranks(y).midranks)
  }

  package var coefficient: Double { ranks.coefficient }

  /// The p-value of no monotone relation. Throws for fewer than three pairs.
  package func p(_ alternative: Alternative = .twoSided) throws(Undefined) -> Probability {
    guard ranks.count > 2 else { throw .tooFew("pairs", needed: 3, got: ranks.count) }
    return ranks.p(alternative)
  }
}
