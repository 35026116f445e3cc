internal import CKernels

/// The lengths of texts, in Unicode scalars and in bytes.
///
/// Lengths in scalars are counted one by one up to 256, longer ones in buckets that are at most 12.5 % wide; all counts
/// are exact and merge exactly. Text that is no UTF-8 has as many scalars as bytes that continue none.
package struct LengthSummary: Sendable, Equatable {
  /// Longer texts share buckets.
  package static let longestExact = Int(CK_LENGTHS)

  /// Least, greatest and sum of some lengths.
  package struct Extent: Sendable, Equatable {
    /// The greatest number there is while there are none.
    package private(set) var least = Int.max
    package private(set) var greatest = 0
    package private(set) var sum = 0

    @inline(__always)
    mutating func update(_ length: Int, _ count: Int) {
      least = min(least, length)
      greatest = max(greatest, length)
      sum &+= length &* count
    }

    mutating func merge(_ other: Extent) {
      least = min(least, other.least)
      greatest = max(greatest, other.greatest)
      sum += other.sum
    }
  }

  /// How many texts there are.
  package private(set) var count = 0
  package private(set) var scalars = Extent()
  package private(set) var bytes = Extent()
  /// How many texts have each length in scalars, up to 256; it ends with the greatest of these that occurs.
  package private(set) var counts: [Int] = []
  /// The lengths in scalars above 256.
  package private(set) var longer = Histogram()

  package init() {}

  package var minimum: Int? { count > 0 ? scalars.least : nil }
  package var maximum: Int? { count > 0 ? scalars.greatest : nil }
  /// The mean length in scalars; nil when there is no text.
  package var mean: Double? { count > 0 ? Double(scalars.sum) / Double(count) : nil }

  package mutating func update(_ texts: CountedTexts) { update(texts, TextSurvey(texts)) }

  mutating func update(_ texts: CountedTexts, _ survey: TextSurvey) {
    if survey.isASCII, texts.counts == nil { return updateASCII(texts, survey.lengths) }
    let all = texts.bytes.span
    texts.forEachPlace { index, rows in
      let range = Int(texts.starts[index])..<Int(texts.ends[index])
      add(scalars: survey.isASCII ? range.count : Self.scalarCount(all.extracting(range)), bytes: range.count, rows)
    }
  }

  /// Of ASCII every byte is a scalar.
  private mutating func updateASCII(_ texts: CountedTexts, _ lengths: [Int64]) {
    for length in 0...Self.longestExact where lengths[length] > 0 {
      add(scalars: length, bytes: length, Int(lengths[length]))
    }
    guard lengths[Self.longestExact + 1] > 0 else { return }
    texts.forEachPlace { index, rows in
      let length = Int(texts.ends[index] - texts.starts[index])
      if length > Self.longestExact { add(scalars: length, bytes: length, rows) }
    }
  }

  private mutating func add(scalars length: Int, bytes byteLength: Int, _ rows: Int) {
    guard rows > 0 else { return }
    count += rows
    scalars.update(length, rows)
    bytes.update(byteLength, rows)
    if length <= Self.longestExact {
      makeRoom(for: length)
      counts[length] += rows
    } else {
      longer.update(Numbers([Double(length)], counts: [rows]))
    }
  }

  package mutating func merge(_ other: LengthSummary) {
    count += other.count
    scalars.merge(other.scalars)
    bytes.merge(other.bytes)
    makeRoom(for: other.counts.count - 1)
    for length in other.counts.indices { counts[length] += other.counts[length] }
    longer.merge(other.longer)
  }

  /// A table may have a hundred thousand columns, of short texts or none.
  private mutating func makeRoom(for length: Int) {
    let lacking = length + 1 - counts.count
    if lacking > 0 { counts.append(contentsOf: repeatElement(0, count: lacking)) }
  }

  /// The number of bytes that continue no scalar, eight at a time.
  @inline(__always)
  static func scalarCount(_ text: Span<UInt8>) -> Int {
    text.withUnsafeBytes { bytes in
      // Safe because: a word is loaded while eight bytes are left, and then what is left.
      guard let base = bytes.baseAddress else { return 0 }
      var continuing = 0
      var index = 0
      while index &+ 8 <= bytes.count {
        continuing &+= continuationCount(base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index &+= 8
      }
      if index < bytes.count { continuing &+= continuationCount((base + index).loadWord(bytes.count &- index)) }
      return bytes.count &- continuing
    }
  }

  /// How many of eight bytes are 10xxxxxx: the highest bit set and the next not.
  @inline(__always)
  private static func continuationCount(_ word: UInt64) -> Int {
    (word & ~(word &<< 1) & 0x8080_8080_8080_8080).nonzeroBitCount
  }
}

// MARK: - Image

extension LengthSummary {
  /// How many texts, both extents, the lengths that occur with their counts, and the histogram of longer ones.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    image.append(Int64(count))
    for extent in [scalars, bytes] {
      for number in [extent.least, extent.greatest, extent.sum] { image.append(Int64(number)) }
    }
    let used = counts.indices.filter { counts[$0] > 0 }
    image.append(UInt32(used.count))
    for length in used {
      image.append(UInt32(length))
      image.append(Int64(counts[length]))
    }
    image.append(contentsOf: longer.serialized())
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the lengths")
    self.init()
    count = try image.nextCount()
    scalars = try Extent(&image)
    self.bytes = try Extent(&image)
    let used: UInt32 = try image.next()
    for _ in 0..<used {
      let length: UInt32 = try image.next()
      let count = try image.nextCount()
      guard length <= Self.longestExact else {
        throw ScanError(.malformed, "the lengths in a profile are damaged", hint: "make the profile again")
      }
      if count > 0 { makeRoom(for: Int(length)) }
      guard count > 0 else { continue }
      counts[Int(length)] = count
    }
    longer = try Histogram(serialized: Array(try image.next(count: image.remaining)))
  }
}

extension LengthSummary.Extent {
  fileprivate init(_ image: inout ImageReader) throws(ScanError) {
    least = try image.nextCount()
    greatest = try image.nextCount()
    sum = try image.nextCount()
  }
}
