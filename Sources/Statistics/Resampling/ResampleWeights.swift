/// How often each row is in a resample: what one replicate of a statistic is computed from.
package struct ResampleWeights: Sendable {
  /// By row.
  package private(set) var counts: [UInt8]
  private var clusterCounts: [UInt8] = []

  package init(rows: Int) { counts = [UInt8](repeating: 0, count: rows) }

  /// As many draws of a row as there are rows, with replacement.
  mutating func drawRows(_ random: inout Philox) {
    Self.draw(&counts, &random)
  }

  /// For each row a Poisson number with mean 1, independently: what a stream of rows of unknown length can do
  /// (Chamandy et al., "Estimating uncertainty for massive data streams", 2012).
  mutating func drawPoisson(_ random: inout Philox) {
    for row in counts.indices { counts[row] = UInt8(PoissonWeight.weight(random.uniform())) }
  }

  /// As many draws of a cluster as there are clusters, with all of its rows: rows of one group stay together.
  mutating func drawClusters(_ clusters: [Int], count: Int, _ random: inout Philox) {
    if clusterCounts.count != count { clusterCounts = [UInt8](repeating: 0, count: count) }
    Self.draw(&clusterCounts, &random)
    for row in counts.indices { counts[row] = clusterCounts[clusters[row]] }
  }

  private static func draw(_ counts: inout [UInt8], _ random: inout Philox) {
    var random = random
    counts.withUnsafeMutableBufferPointer { counts in
      counts.update(repeating: 0)
      let count = UInt32(truncatingIfNeeded: counts.count)
      // Safe because: an index is below the count. A row is drawn 256 times in one of 10^500 resamples.
      random.forEachIndex(below: count, times: counts.count) { counts[$0] &+= 1 }
    }
  }
}
