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
      confusion matrices, so that the models stay paired. BCa, with the acceleration from leaving out one row of each cell, \
      and with levels as far out as Student's t of as many rows as have influence. Of clusters of rows the clusters are \
      drawn, each with its own counts.
      """,
    use: """
      Precision, F-scores, MCC, kappa: all that is a function of a confusion matrix, and its difference between two \
      models, for any number of rows. Where less than ten rows differ between two models a resample has hardly any: there \
      the interval also holds what the exact bound of the rule of three allows.
      """,
    source: """
      Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 14; Takahashi et al., Applied Intelligence \
      52 (2022), for F-scores; Hesterberg, The American Statistician 69 (2015), for the levels
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

  /// What leaving out one row of each cell says. Nil where no row has influence, or where leaving one out leaves the
  /// statistic undefined.
  package func influences(_ statistic: ([Double]) throws(Undefined) -> Double) -> LeaveOneOut? {
    var values: [(value: Double, weight: Double)] = []
    var left = counts.map(Double.init)
    for cell in counts.indices where counts[cell] > 0 {
      left[cell] -= 1
      guard let value = Self.value(left, statistic) else { return nil }
      left[cell] += 1
      values.append((value, Double(counts[cell])))
    }
    return LeaveOneOut(values)
  }

  /// The same of clusters, each left out as a whole.
  package func influences(
    of clusters: [[(cell: Int, count: Int)]], _ statistic: ([Double]) throws(Undefined) -> Double
  ) -> LeaveOneOut? {
    var values: [(value: Double, weight: Double)] = []
    var left = counts.map(Double.init)
    for cluster in clusters {
      for (cell, count) in cluster { left[cell] -= Double(count) }
      guard let value = Self.value(left, statistic) else { return nil }
      for (cell, count) in cluster { left[cell] += Double(count) }
      values.append((value, 1))
    }
    return LeaveOneOut(values)
  }
}
