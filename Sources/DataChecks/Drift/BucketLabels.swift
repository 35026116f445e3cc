internal import Scan

/// What buckets of hashes hold, as far as it is known: the most frequent value that falls into each.
struct BucketLabels {
  /// By bucket the known value with the most rows in both samples.
  private var most: [Int: (text: String, count: Int)] = [:]

  init(_ samples: DriftSample...) {
    for item in samples.flatMap(\.items) {
      let bucket = HashBuckets.bucket(of: Murmur3.hash(item.text.span))
      if most[bucket].map({ $0.count >= item.count }) ?? false { continue }
      most[bucket] = (String(decoding: item.text, as: UTF8.self), item.count)
    }
  }

  /// `the bucket of "N725MQ"`, or only of which bucket it is.
  func labels(of cells: [[Int]]) -> [String] {
    cells.enumerated().map { index, buckets in
      let known = buckets.compactMap { most[$0] }.max { ($0.count, $1.text) < ($1.count, $0.text) }
      return known.map { "the bucket of \(CategoryCounts.label([TextValue($0.text)]))" }
        ?? "bucket \(index + 1) of \(cells.count)"
    }
  }
}
