internal import Glibc

/// The population stability index: how far the shares of categories or bins have moved.
package enum PopulationStabilityIndex {
  package static let method = Method(
    "population-stability-index", aliases: ["psi", "jeffreys-divergence"],
    computes: """
      PSI = sum of (a - e) ln(a / e) over the shares e of the reference and a of the current sample. Categories that are \
      empty in one sample make it infinite; the zero policy says what happens: none (undefined), shares below epsilon \
      raised to epsilon, or raised and divided by their new sum. Without any drift PSI is about (1/n + 1/m) times \
      chi-squared with categories - 1 degrees of freedom, which gives a critical value for samples of sizes n and m.
      """,
    use: """
      To watch a column for drift. The usual limits 0.1 and 0.25 ignore the sample sizes: two samples of 100 rows in ten \
      bins exceed 0.1 five times out of six with no drift at all, so compare with the critical value too. The value \
      depends on the bins, on epsilon and on the policy, which differ between tools: state them.
      """,
    source: """
      Siddiqi, Credit Risk Scorecards (2006); Jeffreys, Proceedings of the Royal Society A 186 (1946); Yurdakul, \
      "Statistical Properties of Population Stability Index", Western Michigan University (2018) for its distribution
      """)

  /// What is done with categories that are empty in a sample.
  package enum ZeroPolicy: Sendable, Hashable {
    /// A category that is empty in both samples adds nothing; one that is empty in one leaves the index undefined.
    case none
    /// Shares below epsilon are raised to it.
    case floor(Double)
    /// Shares below epsilon are raised to it, and all are then divided by their sum.
    case floorAndRenormalise(Double)
  }

  /// Throws when the samples differ in their number of categories, when epsilon is not between 0 and 1, and, without a
  /// floor, when a category is empty in one sample only. O(categories).
  package static func value(
    reference: Counts, current: Counts, zeros: ZeroPolicy = .floor(1e-4)
  ) throws(Undefined) -> Double {
    let pair = try CategoryShares(current, reference)
    switch zeros {
    case .none:
      try pair.requireCovered()
      guard zip(pair.first, pair.second).allSatisfy({ $0 > 0 || $1 == 0 }) else { throw .noOverlap }
      return pair.first.indices.map { term(pair.first[$0], pair.second[$0], pair.differences[$0]) }.compensatedSum
    case .floor(let epsilon):
      try Sample.requireShare(epsilon, "epsilon")
      return pair.first.indices.map { index in
        let (a, e) = (pair.first[index], pair.second[index])
        let raised = min(a, e) < epsilon
        let (above, below) = (max(a, epsilon), max(e, epsilon))
        return term(above, below, raised ? above - below : pair.differences[index])
      }.compensatedSum
    case .floorAndRenormalise(let epsilon):
      try Sample.requireShare(epsilon, "epsilon")
      let (first, second) = (renormalised(pair.first, epsilon), renormalised(pair.second, epsilon))
      return zip(first, second).map { term($0, $1, $0 - $1) }.compensatedSum
    }
  }

  /// What the index exceeds in so small a share of samples (`significance`) when nothing has drifted. Throws for
  /// fewer than two categories, sizes below 1, and a significance outside 0...1.
  package static func criticalValue(
    reference: Double, current: Double, categories: Int, significance: Double
  ) throws(Undefined) -> Double {
    guard categories > 1 else { throw .tooFew("categories", needed: 2, got: categories) }
    guard reference >= 1, current >= 1 else { throw .noObservations }
    try Sample.requireShare(significance, "significance")
    return (1 / reference + 1 / current) * ChiSquared(degrees: Double(categories) - 1).upperQuantile(significance)
  }

  private static func renormalised(_ shares: [Double], _ epsilon: Double) -> [Double] {
    let raised = shares.map { max($0, epsilon) }
    let sum = raised.compensatedSum
    return raised.map { $0 / sum }
  }

  private static func term(_ a: Double, _ e: Double, _ difference: Double) -> Double {
    a == e ? 0 : difference * logRatio(a, e, difference: difference)
  }
}
