internal import CKernels

/// How many values fall into each of 256 buckets: what two samples still have in common to compare when their different
/// values are too many to count one by one.
///
/// The bucket of a value is the highest byte of the second half of its hash (`Murmur3`). It follows from the value alone,
/// never from a sample: so samples of one population have the same shares of buckets, and no distance of the shares that
/// never grows where cells are put together (Jensen-Shannon, total variation, Hellinger, PSI) exceeds that of the values.
/// All counts are exact and merge exactly. 2 KB, once there are as many values.
package struct HashBuckets: Sendable, Equatable {
  package static let count = 256

  /// The buckets of so few values are kept one by one: a table may have a hundred thousand columns.
  private static let fewest = 32

  /// The buckets of few values, in their order; empty when there are more.
  private var few: [UInt8] = []
  /// The counts of all buckets; empty while there are few values.
  private var many: [Int] = []

  package init() {}

  /// How many values there are.
  package var total: Int { few.count &+ many.reduce(0, &+) }

  package var counts: [Int] {
    guard many.isEmpty else { return many }
    var counts = [Int](repeating: 0, count: Self.count)
    for bucket in few { counts[Int(bucket)] += 1 }
    return counts
  }

  /// The memory that the buckets hold, in bytes.
  var footprint: Int { Footprint.of(few) + Footprint.of(many) }

  /// Counts all buckets from now on.
  private mutating func spread() {
    if many.isEmpty { (few, many) = ([], counts) }
  }

  /// Equal when they count the same, whichever way.
  package static func == (a: HashBuckets, b: HashBuckets) -> Bool { a.counts == b.counts }

  package static func bucket(of hash: Murmur3.Hash) -> Int { Int(truncatingIfNeeded: hash.h2 &>> 56) }

  package mutating func update(_ texts: CountedTexts) { update(texts, Murmur3.hashes(texts)) }

  mutating func update(_ texts: CountedTexts, _ hashes: [Murmur3.Hash]) {
    guard texts.counts == nil, hashes.count > Self.fewest else {
      texts.forEachPlace { index, rows in add(rows, to: Self.bucket(of: hashes[index])) }
      return
    }
    spread()
    hashes.withUnsafeBytes { hashes in
      many.withUnsafeMutableBytes { counts in
        // Safe because: a hash is its two words, a count is a word, and there is one for each value of a byte.
        ck_count_buckets(
          hashes.assumingMemoryBound(to: UInt64.self).baseAddress, hashes.count / 16,
          counts.assumingMemoryBound(to: Int64.self).baseAddress)
      }
    }
  }

  private mutating func add(_ rows: Int, to bucket: Int) {
    if many.isEmpty, rows <= Self.fewest - few.count {
      let place = few.firstIndex { $0 > bucket } ?? few.count
      few.insert(contentsOf: repeatElement(UInt8(bucket), count: rows), at: place)
    } else {
      spread()
      many[bucket] &+= rows
    }
  }

  package mutating func merge(_ other: HashBuckets) {
    for bucket in other.few { add(1, to: Int(bucket)) }
    guard !other.many.isEmpty else { return }
    spread()
    for bucket in many.indices { many[bucket] &+= other.many[bucket] }
  }
}

// MARK: - Image

extension HashBuckets: SketchImaging {
  private static let version: UInt8 = 1

  /// The version, the width of a count in bytes (1, 2, 4 or 8), and the counts.
  package func serialized() -> [UInt8] {
    let counts = counts
    let most = counts.max() ?? 0
    let width: UInt8 = most < 1 << 8 ? 1 : most < 1 << 16 ? 2 : most < 1 << 32 ? 4 : 8
    var image = ImageWriter()
    image.append(contentsOf: [Self.version, width])
    for count in counts {
      switch width {
      case 1: image.append(UInt8(truncatingIfNeeded: count))
      case 2: image.append(UInt16(truncatingIfNeeded: count))
      case 4: image.append(UInt32(truncatingIfNeeded: count))
      default: image.append(Int64(count))
      }
    }
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "hash buckets")
    let version: UInt8 = try image.next()
    try image.require(version == Self.version, "version \(version) instead of \(Self.version)")
    let width: UInt8 = try image.next()
    try image.require([1, 2, 4, 8].contains(width), "a count has \(width) bytes")
    var sum = 0
    var counts = [Int](repeating: 0, count: Self.count)
    for bucket in counts.indices {
      let count = try image.next(count: Int(width)).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let total = sum.addingReportingOverflow(Int(truncatingIfNeeded: count))
      try image.require(count <= Int.max && !total.overflow, "there are too many values")
      counts[bucket] = Int(count)
      sum = total.partialValue
    }
    try image.require(image.remaining == 0, "bytes are left over")
    for (bucket, count) in counts.enumerated() where count > 0 { add(count, to: bucket) }
  }
}
