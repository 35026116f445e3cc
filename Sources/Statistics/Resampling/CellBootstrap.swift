/// Resamples of a statistic that is a function of how many rows fall into each of some cells.
package struct CellBootstrap: Sendable {
  /// Of the rows, how many are in each cell. Of two models these are the pairs of their cells.
  package let counts: [Int]
  package var resamples: Int
  private let seed: Seed

  package static let method = Method(
    "cell-bootstrap", aliases: ["multinomial-bootstrap", "confusion-bootstrap"],
    computes: """
      The statistic of counts that are drawn anew from the multinomial distribution of the observed ones: what a bootstrap \
      of the rows is, at the cost of the cells alone. Of two models the cells are the pairs of cells that a row has in both \
      confusion matrices, so that the models stay paired. BCa, with the acceleration from leaving out one row of each cell. \
      Of clusters of rows the clusters are drawn, each with its own counts.
      """,
    use: """
      Precision, F-scores, MCC, kappa: all that is a function of a confusion matrix, and its difference between two \
      models, for any number of rows. Where less than ten rows differ between two models a resample has hardly any: there \
      the interval also holds what the exact bound of the rule of three allows.
      """,
    source: """
      Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 14; Takahashi et al., Applied Intelligence \
      52 (2022), for F-scores
      """)

  /// Throws without rows.
  package init(counts: [Int], resamples: Int = 10_000) throws(Undefined) {
    guard counts.contains(where: { $0 > 0 }), !counts.contains(where: { $0 < 0 }) else { throw .noObservations }
    self.counts = counts
    self.resamples = resamples
    seed = Seed("cell-bootstrap", counts.map(Double.init))
  }

  /// O(resamples × (cells + statistic)). More than a hundredth of the resamples undefined throws.
  package func distribution(
    _ statistic: ([Double]) throws(Undefined) -> Double
  ) throws(Undefined) -> BootstrapDistribution {
    let estimate = try statistic(counts.map(Double.init))
    let total = counts.reduce(0, +)
    var replicates: [Double] = []
    var drawn = [Double](repeating: 0, count: counts.count)
    for number in 0..<resamples {
      var random = Philox(seed, stream: UInt64(number))
      random.multinomial(total, counts, into: &drawn)
      if let value = Self.value(drawn, statistic) { replicates.append(value) }
    }
    return try Self.distribution(estimate, replicates, of: resamples)
  }

  /// The same of clusters.
  ///
  /// - Parameters:
  ///   - clusters: of each cluster the cells in which it has rows, with how many.
  package func distribution(
    of clusters: [[(cell: Int, count: Int)]], _ statistic: ([Double]) throws(Undefined) -> Double
  ) throws(Undefined) -> BootstrapDistribution {
    guard clusters.count > 1 else { throw .tooFew("clusters", needed: 2, got: clusters.count) }
    guard clusters.count <= Int(Int32.max) else { throw .outsideDomain("the bootstrap takes at most 2^31 clusters") }
    let estimate = try statistic(counts.map(Double.init))
    var replicates: [Double] = []
    for number in 0..<resamples {
      var random = Philox(seed, stream: UInt64(number))
      var drawn = [Double](repeating: 0, count: counts.count)
      random.forEachIndex(below: UInt32(clusters.count), times: clusters.count) { cluster in
        for (cell, count) in clusters[cluster] { drawn[cell] += Double(count) }
      }
      if let value = Self.value(drawn, statistic) { replicates.append(value) }
    }
    return try Self.distribution(estimate, replicates, of: resamples)
  }

  private static func value(_ counts: [Double], _ statistic: ([Double]) throws(Undefined) -> Double) -> Double? {
    guard let value = try? statistic(counts), value.isFinite else { return nil }
    return value
  }

  private static func distribution(
    _ estimate: Double, _ replicates: [Double], of resamples: Int
  ) throws(Undefined) -> BootstrapDistribution {
    guard (resamples - replicates.count) * 100 <= resamples else {
      throw .undefinedResamples(resamples - replicates.count, of: resamples)
    }
    return try BootstrapDistribution(estimate: estimate, replicates: replicates)
  }

  /// The acceleration that the BCa interval needs: the skewness of the statistic without one row, over all rows. 0 where
  /// no row has influence, or where leaving one out leaves the statistic undefined.
  package func acceleration(_ statistic: ([Double]) throws(Undefined) -> Double) -> Double {
    var values: [(value: Double, weight: Double)] = []
    var left = counts.map(Double.init)
    for cell in counts.indices where counts[cell] > 0 {
      left[cell] -= 1
      guard let value = Self.value(left, statistic) else { return 0 }
      left[cell] += 1
      values.append((value, Double(counts[cell])))
    }
    let weights = values.reduce(0) { $0 + $1.weight }
    let mean = values.reduce(0) { $0 + $1.value * $1.weight } / weights
    let (squares, cubes) = values.reduce((0.0, 0.0)) { sums, next in
      let u = mean - next.value
      return (sums.0 + next.weight * u * u, sums.1 + next.weight * u * u * u)
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}
