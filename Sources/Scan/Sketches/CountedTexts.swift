/// Texts, each with the number of rows that hold it: what every summary of texts takes in.
///
/// A dictionary-coded column has one text for every entry that occurs, so that what is true of a text is found out
/// once.
package struct CountedTexts: Sendable {
  /// What the ranges point into.
  package let bytes: [UInt8]
  /// Where each text begins.
  package let starts: [Int32]
  /// Where each text ends; negative for none.
  package let ends: [Int32]
  /// How many rows hold each text; nil when it is one.
  package let counts: [Int]?

  package init(_ column: TextColumn) {
    bytes = column.bytes
    starts = column.starts
    ends = column.ends
    guard let codes = column.codes else {
      counts = nil
      return
    }
    var counts = [Int](repeating: 0, count: column.ends.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    self.counts = counts
  }

  /// Texts from anywhere, each held by one row.
  package init(_ texts: [String]) {
    var column = TextColumn()
    for text in texts {
      column.starts.append(Int32(column.bytes.count))
      column.bytes.append(contentsOf: text.utf8)
      column.ends.append(Int32(column.bytes.count))
    }
    self.init(column)
  }

  /// Calls with each text that occurs, its place, and how many rows hold it.
  @inline(__always)
  func forEach(_ body: (_ text: Span<UInt8>, _ index: Int, _ count: Int) -> Void) {
    let all = bytes.span
    if let counts {
      for index in ends.indices where ends[index] >= 0 && counts[index] > 0 {
        body(all.extracting(Int(starts[index])..<Int(ends[index])), index, counts[index])
      }
    } else {
      for index in ends.indices where ends[index] >= 0 {
        body(all.extracting(Int(starts[index])..<Int(ends[index])), index, 1)
      }
    }
  }

  // MARK: - Equal texts

  /// The same texts with equal ones put together, in the order in which each came first, and their hashes; unchanged
  /// when there are more than 512 different ones, so that putting them together is no gain.
  package func combined(_ hashes: [Murmur3.Hash]) -> (texts: CountedTexts, hashes: [Murmur3.Hash]) {
    guard counts == nil, ends.count > Self.combinedLimit else { return (self, hashes) }
    var combined: [(index: Int, count: Int)] = []
    var slots = [UInt16](repeating: 0, count: 4 * Self.combinedLimit)
    let isDone = bytes.withUnsafeBytes { bytes in
      // Safe because: the ranges of texts are within the bytes, and the mask keeps a slot below the count.
      slots.withUnsafeMutableBufferPointer { slots in
        for index in ends.indices where ends[index] >= 0 {
          var slot = Int(truncatingIfNeeded: hashes[index].h1) & (slots.count &- 1)
          while slots[slot] != 0, !equals(index, combined[Int(slots[slot]) &- 1].index, hashes, bytes) {
            slot = (slot &+ 1) & (slots.count &- 1)
          }
          if slots[slot] == 0 {
            if combined.count == Self.combinedLimit { return false }
            combined.append((index, 0))
            slots[slot] = UInt16(combined.count)
          }
          combined[Int(slots[slot]) &- 1].count &+= 1
        }
        return true
      }
    }
    guard isDone else { return (self, hashes) }
    let texts = CountedTexts(
      bytes: bytes, starts: combined.map { starts[$0.index] }, ends: combined.map { ends[$0.index] },
      counts: combined.map(\.count))
    return (texts, combined.map { hashes[$0.index] })
  }

  private static let combinedLimit = 512

  private init(bytes: [UInt8], starts: [Int32], ends: [Int32], counts: [Int]) {
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
    self.counts = counts
  }

  @inline(__always)
  private func equals(_ one: Int, _ other: Int, _ hashes: [Murmur3.Hash], _ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = Int(ends[one] &- starts[one])
    guard hashes[one] == hashes[other], Int(ends[other] &- starts[other]) == count else { return false }
    guard count > 0, let base = bytes.baseAddress else { return true }
    return (base + Int(starts[one])).equals(base + Int(starts[other]), count)
  }
}

extension CountedTexts {
  /// Numbers as the eight bytes of their bit patterns, each held by one row.
  package init(_ patterns: [UInt64]) {
    var image = [UInt8]()
    image.reserveCapacity(8 * patterns.count)
    // Safe because: the bytes of the array are copied before the closure ends.
    patterns.withUnsafeBytes { image.append(contentsOf: $0) }
    self.init(
      TextColumn(
        bytes: image, starts: (0..<patterns.count).map { Int32($0 * 8) },
        ends: (0..<patterns.count).map { Int32($0 * 8 + 8) }))
  }
}
