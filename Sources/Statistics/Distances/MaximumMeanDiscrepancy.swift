internal import Glibc

/// How far two distributions are apart in the space of a Gaussian kernel: also for vectors, such as embeddings.
package struct MaximumMeanDiscrepancy: Sendable {
  package static let method = Method(
    "mmd", aliases: ["maximum-mean-discrepancy", "kernel-two-sample"],
    computes: """
      MMD^2 = mean k(x, x') + mean k(y, y') - 2 mean k(x, y) with k(a, b) = exp(-|a - b|^2 / (2 s^2)), where s is the \
      median distance between two different points. Unbiased over pairs of different points (it may be negative), biased \
      over all pairs. The p-value is that of random permutations, (b + 1)/(R + 1).
      """,
    use: """
      For drift of vectors, such as embeddings or several columns together, that no column shows alone. It compares at most \
      500 points of each sample, drawn by their content. Bring columns to one scale first; one far point hardly moves it.
      """,
    source: "Gretton, Borgwardt, Rasch, Schoelkopf and Smola, J. Machine Learning Research 13 (2012)")

  /// The estimates of MMD^2.
  package let unbiased: Double
  package let biased: Double
  /// The kernel's width: the median distance.
  package let bandwidth: Double
  /// The points of each sample that were compared.
  package let first: Int
  package let second: Int
  private let kernel: KernelMatrix
  private let seed: Seed

  /// Numbers. At least two of each sample, of which not all are equal.
  package init(_ x: [Double], _ y: [Double], limit: Int = 500) throws(Undefined) {
    try self.init(points: x.map { [$0] }, y.map { [$0] }, limit: limit)
  }

  /// Points of the same dimension. At least two of each sample, of which not all are equal. O(limit^2) memory and
  /// distances.
  package init(points x: [[Double]], _ y: [[Double]], limit: Int = 500) throws(Undefined) {
    guard limit > 1 else { throw .outsideDomain("the limit of points must be at least 2") }
    for points in [x, y] {
      guard points.count > 1 else { throw .tooFew("points", needed: 2, got: points.count) }
      for point in points {
        guard point.count == x[0].count else { throw .lengthsDiffer(x[0].count, point.count) }
        try Sample.require(point)
      }
    }
    seed = Seed("mmd", [Double(x.count)], x.flatMap { $0 }, y.flatMap { $0 })
    let (chosenX, chosenY) = (Self.drawn(limit, of: x, seed, stream: 0), Self.drawn(limit, of: y, seed, stream: 1))
    (first, second) = (chosenX.count, chosenY.count)
    let points = chosenX + chosenY
    let scale = Sample.scale(points)
    kernel = try KernelMatrix(points.map { $0.map { $0 * scale } })
    bandwidth = kernel.bandwidth / scale
    guard bandwidth.isFinite else { throw .outOfRange }
    let labels = [Int32](repeating: 0, count: first) + [Int32](repeating: 1, count: second)
    let sums = kernel.sums(labels)
    unbiased = sums.unbiased(first, second)
    biased = sums.biased(first, second)
  }

  /// The p-value by random permutations: the same for the same samples, for any number of threads.
  /// O(replicates limit^2).
  package func p(replicates: Int = 999, threads: Int? = nil) async throws(Undefined) -> Probability {
    let (kernel, first, second) = (kernel, first, second)
    return try await Relabelling.upper(
      unbiased, sizes: [first, second], replicates: replicates, seed: seed, threads: threads
    ) { kernel.sums($0).unbiased(first, second) }
  }

  /// At most so many of the points, each equally likely.
  private static func drawn(_ limit: Int, of points: [[Double]], _ seed: Seed, stream: UInt64) -> [[Double]] {
    guard points.count > limit else { return points }
    var points = points
    var random = Philox(seed, stream: stream)
    for index in 0..<limit {
      points.swapAt(index, index + random.index(below: UInt32(truncatingIfNeeded: points.count - index)))
    }
    return Array(points[..<limit])
  }
}

/// The kernel of every pair of points.
private struct KernelMatrix: Sendable {
  let bandwidth: Double
  private let count: Int
  private let values: [Double]
  private let rowSums: [Double]
  private let total: Double

  init(_ points: [[Double]]) throws(Undefined) {
    let count = points.count
    var squares = [Double](repeating: 0, count: count * count)
    var positive = [Double]()
    for i in 0..<count {
      for j in 0..<i {
        var square = 0.0
        for (a, b) in zip(points[i], points[j]) { square += (a - b) * (a - b) }
        guard square.isFinite else { throw .outOfRange }
        squares[i * count + j] = square
        squares[j * count + i] = square
        if square > 0 { positive.append(square) }
      }
    }
    guard !positive.isEmpty else { throw .allEqual }
    let median = RadixSort.sorted(positive)[positive.count / 2]
    let values = squares.map { exp(-$0 / median / 2) }
    bandwidth = median.squareRoot()
    self.count = count
    self.values = values
    rowSums = (0..<count).map { row in values[row * count..<(row + 1) * count].reduce(0, +) }
    total = rowSums.reduce(0, +)
  }

  /// The sums of the kernel within and between two samples, the diagonal included.
  struct Sums {
    var (xx, xy, yy) = (0.0, 0.0, 0.0)

    func unbiased(_ first: Int, _ second: Int) -> Double {
      let (m, n) = (Double(first), Double(second))
      return (xx - m) / (m * (m - 1)) + (yy - n) / (n * (n - 1)) - 2 * xy / (m * n)
    }

    func biased(_ first: Int, _ second: Int) -> Double {
      let (m, n) = (Double(first), Double(second))
      return max(0, xx / (m * m) + yy / (n * n) - 2 * xy / (m * n))
    }
  }

  /// The points labelled 0 are the first sample. Only its own pairs are added up: the rest follows from the totals.
  func sums(_ labels: [Int32]) -> Sums {
    let members = labels.indices.filter { labels[$0] == 0 }
    var sums = Sums()
    var rows = 0.0
    for i in members {
      rows += rowSums[i]
      let row = i * count
      for j in members { sums.xx += values[row + j] }
    }
    sums.xy = rows - sums.xx
    sums.yy = total - 2 * sums.xy - sums.xx
    return sums
  }
}
