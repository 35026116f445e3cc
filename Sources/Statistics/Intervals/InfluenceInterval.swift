/// The interval of an estimate from how far each row moves it, to first order.
package struct InfluenceInterval: Sendable {
  package let value: Double
  package let standardError: Double
  /// Rows, or clusters of them, that are independent of each other.
  package let units: Int

  package static let method = Method(
    "influence-function",
    aliases: ["delta-method", "linearization", "infinitesimal-jackknife", "cluster-robust", "sandwich"],
    computes: """
      value ± t SE with SE² = sum u² / (n (n - 1)) of the influences u of the n rows, less their mean, and n - 1 degrees of \
      freedom. For a mean u is the value less the mean, so that this is the t interval; for a ratio of means, a root or a \
      difference of two models on the same rows it follows by the chain rule. Of rows in G clusters the influences are \
      summed first: SE² = G/(G - 1) sum s² / n².
      """,
    use: """
      Losses and errors, and any smooth function of means; paired when the influences of both models are taken from each \
      other row by row. With a cluster where rows belong together (users, sessions), as if there were only so many rows as \
      clusters. For less than thirty units, or values with few that outweigh all others, use the bootstrap.
      """,
    source: """
      Hampel, J. Amer. Statist. Assoc. 69 (1974); Liang and Zeger, Biometrika 73 (1986), for clusters
      """)

  /// Throws for less than two units, and for an influence that is not finite.
  ///
  /// - Parameter clusters: of each row its cluster, from 0 to below their count; nil when rows are independent.
  package init(value: Double, influences: [Double], clusters: [Int32]? = nil, clusterCount: Int = 0) throws(Undefined) {
    guard value.isFinite else { throw .outOfRange }
    let rows = Double(influences.count)
    var sums = influences
    if let clusters {
      guard clusters.count == influences.count else { throw .lengthsDiffer(influences.count, clusters.count) }
      sums = [Double](repeating: 0, count: clusterCount)
      for (row, cluster) in clusters.enumerated() {
        guard sums.indices.contains(Int(cluster)) else {
          throw .outsideDomain("a row's cluster must be below the number of clusters")
        }
        sums[Int(cluster)] += influences[row]
      }
    }
    try Sample.require(sums, atLeast: 2)
    let units = Double(sums.count)
    let mean = sums.compensatedSum / units
    var squares = CompensatedSum()
    for sum in sums { squares.add((sum - mean) * (sum - mean)) }
    let error = (squares.value * units / (units - 1)).squareRoot() / rows
    guard error.isFinite else { throw .outOfRange }
    self.value = value
    self.units = sums.count
    // What is left of influences that are all equal is rounding.
    standardError = error < 1e-15 * value.magnitude ? 0 : error
  }

  /// Throws when the influences do not vary, rather than answer an interval without width.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try Sample.requireShare(confidence, "confidence")
    guard standardError > 0 else { throw .zeroVariance }
    let half = StudentT(degrees: Double(units - 1)).upperQuantile((1 - confidence) / 2) * standardError
    guard half.isFinite else { throw .outOfRange }
    return ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence)
  }
}
