/// What a statistic might have been with other rows of the same kind: it is computed anew on resamples of the rows.
package struct Bootstrap: Sendable {
  /// What is drawn.
  package enum Scheme: Sendable {
    /// Rows, as many as there are, with replacement.
    case rows
    /// For every row a Poisson number with mean 1.
    case poisson
    /// Whole clusters: the cluster of each row, from 0 to below their count.
    case clusters([Int], count: Int)
  }

  package var resamples: Int
  package var scheme: Scheme
  package var seed: Seed
  /// How many tasks work side by side; nil for as many as there are cores. It changes no result.
  package var threads: Int?

  package static let method = Method(
    "bootstrap", aliases: ["percentile", "bca", "basic", "resampling", "poisson-bootstrap", "cluster-bootstrap"],
    computes: """
      Replicates of a statistic on rows drawn with replacement. Percentile: quantiles of the replicates. Basic: these, \
      reflected at the estimate. BCa: quantiles at levels that are corrected for bias (the share of replicates below the \
      estimate) and for acceleration (the skewness of the jackknife's values). The random numbers come from the content, \
      so the same rows give the same interval on any machine.
      """,
    use: """
      Where no formula gives an interval: F-scores, calibration, ratios. Give a cluster where rows belong together (users, \
      sessions). 2,000 replicates for a 95 % percentile interval, 10,000 for BCa at 99 %. Not for maxima, and not where \
      all resamples are equal, of which nothing can be told.
      """,
    source: """
      Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 12 to 14; Chamandy et al., "Estimating \
      Uncertainty for Massive Data Streams" (2012)
      """)

  package init(resamples: Int = 2000, scheme: Scheme = .rows, seed: Seed, threads: Int? = nil) {
    self.resamples = resamples
    self.scheme = scheme
    self.seed = seed
    self.threads = threads
  }

  /// The distribution of a statistic of so many rows. It is given how often each row counts, and is nil where it is
  /// undefined. More than a hundredth undefined throws.
  ///
  /// - Complexity: O(resamples * (rows + statistic)), on all cores.
  package func distribution(
    rows: Int, estimate: Double, _ statistic: @escaping @Sendable (borrowing ResampleWeights) -> Double?
  ) async throws(Undefined) -> BootstrapDistribution {
    guard rows > 1 else { throw .tooFew("rows", needed: 2, got: rows) }
    guard resamples > 1 else { throw .tooFew("resamples", needed: 2, got: resamples) }
    guard rows <= Int(UInt32.max) else { throw .outsideDomain("the bootstrap takes at most 2^32 rows") }
    if case .clusters(let clusters, let count) = scheme {
      guard clusters.count == rows else { throw .lengthsDiffer(rows, clusters.count) }
      guard count > 1 else { throw .tooFew("clusters", needed: 2, got: count) }
      guard clusters.allSatisfy((0..<count).contains) else {
        throw .outsideDomain("a row's cluster must be below the number of clusters")
      }
    }
    let scheme = scheme
    let values = await Replicates.run(
      resamples, seed: seed, threads: threads, scratch: { ResampleWeights(rows: rows) },
      { weights, random in
        switch scheme {
        case .rows: weights.drawRows(&random)
        case .poisson: weights.drawPoisson(&random)
        case .clusters(let clusters, let count): weights.drawClusters(clusters, count: count, &random)
        }
        return statistic(weights).flatMap { $0.isFinite ? $0 : nil }
      })
    let defined = values.compactMap { $0 }
    guard (values.count - defined.count) * 100 <= values.count else {
      throw .undefinedResamples(values.count - defined.count, of: values.count)
    }
    return try BootstrapDistribution(estimate: estimate, replicates: defined)
  }
}
