/// A histogram of numbers as TensorFlow Data Validation keeps them: buckets from one value to another, within which the
/// rows are taken to be spread evenly, and the number of NaN.
package struct BucketHistogram: Sendable, Hashable {
  package struct Bucket: Sendable, Hashable {
    package var low: Double
    package var high: Double
    package var count: Double

    package init(_ low: Double, _ high: Double, _ count: Double) {
      self.low = low
      self.high = high
      self.count = count
    }

    /// How many of its rows lie between two values, neither of which is within it.
    fileprivate func count(from start: Double, to end: Double) -> Double {
      low <= start && end <= high ? count * ((end - start) / (high - low)) : 0
    }

    fileprivate var isFinite: Bool { low.isFinite && high.isFinite }
  }

  package var buckets: [Bucket]
  package var nanCount: Double

  package init(_ buckets: [Bucket], nanCount: Double = 0) {
    self.buckets = buckets
    self.nanCount = nanCount
  }

  /// The rows of both in the same cells: those between all ends of buckets; then every value that a bucket consists of;
  /// then what is infinite, and what is NaN, of each by itself: such a value is never the same as another one.
  package static func aligned(_ first: BucketHistogram, _ second: BucketHistogram) -> (
    first: [Double], second: [Double]
  ) {
    let both = [first, second].map { $0.buckets.filter(\.isFinite) }
    let wide = both.map { $0.filter { $0.low < $0.high } }
    let ends = Set(wide.joined().flatMap { [$0.low, $0.high] }).sorted()
    var cells = wide.map { buckets in
      zip(ends, ends.dropFirst()).map { start, end in buckets.reduce(0) { $0 + $1.count(from: start, to: end) } }
    }
    let points = both.map { buckets in
      buckets.filter { $0.low == $0.high }.reduce(into: [Double: Double]()) { $0[$1.low, default: 0] += $1.count }
    }
    for value in Set(points.joined().map(\.key)).sorted() {
      for side in 0..<2 { cells[side].append(points[side][value] ?? 0) }
    }
    for (side, histogram) in [first, second].enumerated() {
      let infinite = histogram.buckets.filter { !$0.isFinite }.reduce(0) { $0 + $1.count }
      for count in [infinite, histogram.nanCount] where count > 0 {
        cells[side].append(count)
        cells[1 - side].append(0)
      }
    }
    return (cells[0], cells[1])
  }
}

extension JensenShannon {
  /// The divergence of two histograms, whatever their buckets, in bits: TensorFlow Data Validation's
  /// `jensen_shannon_divergence` of numbers. Throws when one of them is empty.
  package static func divergence(_ first: BucketHistogram, _ second: BucketHistogram) throws(Undefined) -> Double {
    let cells = BucketHistogram.aligned(first, second)
    return min(1, try divergence(Counts(cells.first), Counts(cells.second)))
  }
}
