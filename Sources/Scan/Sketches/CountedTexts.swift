internal import CKernels

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
  /// The texts as words, when they are the bit patterns of numbers.
  let words: [UInt64]?

  package init(_ column: TextColumn) {
    bytes = column.bytes
    starts = column.starts
    ends = column.ends
    words = nil
    counts = column.codes.map { Self.counts($0, entries: column.ends.count) }
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

  /// Numbers as the eight bytes of their bit patterns.
  package init(_ words: CountedWords) {
    let patterns = words.words
    self.words = patterns
    bytes = [UInt8](unsafeUninitializedCapacity: 8 * patterns.count) { bytes, count in
      // Safe because: both are eight bytes for every word.
      patterns.withUnsafeBytes { UnsafeMutableRawBufferPointer(bytes).copyMemory(from: $0) }
      count = 8 * patterns.count
    }
    func places(from first: Int32) -> [Int32] {
      [Int32](unsafeUninitializedCapacity: patterns.count) { places, count in
        // Safe because: every place is initialised.
        for index in 0..<patterns.count {
          places.initializeElement(at: index, to: Int32(truncatingIfNeeded: 8 &* index) &+ first)
        }
        count = patterns.count
      }
    }
    starts = places(from: 0)
    ends = places(from: 8)
    counts = words.counts
  }

  /// Texts that are ranges of bytes, each with the number of its rows.
  init(bytes: [UInt8], starts: [Int32], ends: [Int32], counts: [Int]) {
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
    self.counts = counts
    words = nil
  }

  /// How many rows hold a text.
  package var rowCount: Int {
    guard let counts else { return present(starts.indices).count }
    return zip(ends, counts).reduce(0) { $0 &+ ($1.0 < 0 ? 0 : $1.1) }
  }

  /// How many of the texts at some places are no nulls, and the bytes of the longest.
  func present(_ places: Range<Int>) -> (count: Int, longest: Int) {
    starts.withUnsafeBufferPointer { starts in
      ends.withUnsafeBufferPointer { ends in
        var longest: Int32 = 0
        // Safe because: slicing holds the places to those there are, and the kernel reads as many as it is told.
        let (starts, ends) = (
          UnsafeBufferPointer(rebasing: starts[places]), UnsafeBufferPointer(rebasing: ends[places])
        )
        let count = ck_present_texts(starts.baseAddress, ends.baseAddress, ends.count, &longest)
        return (count, Int(longest))
      }
    }
  }

  /// How often each code occurs.
  static func counts(_ codes: [Int32], entries: Int) -> [Int] {
    var counts = [Int64](repeating: 0, count: entries)
    ck_count_codes(codes, codes.count, entries, &counts)
    return counts.map { Int($0) }
  }

  /// Calls with each text that occurs, its place, and how many rows hold it.
  @inline(__always)
  func forEach(_ body: (_ text: Span<UInt8>, _ index: Int, _ count: Int) -> Void) {
    let all = bytes.span
    forEachPlace { index, count in
      body(all.extracting(Int(starts[index])..<Int(ends[index])), index, count)
    }
  }

  /// Calls with the place of each text that occurs, and how many rows hold it.
  @inline(__always)
  func forEachPlace(_ places: Range<Int>? = nil, _ body: (_ index: Int, _ count: Int) -> Void) {
    let ends = ends.span
    if let counts {
      for index in places ?? ends.indices where ends[index] >= 0 && counts[index] > 0 { body(index, counts[index]) }
    } else {
      for index in places ?? ends.indices where ends[index] >= 0 { body(index, 1) }
    }
  }

  /// The texts read as numbers, each once.
  func numbers() -> Column<Double> {
    guard case .number(let column) = TextColumn(bytes: bytes, starts: starts, ends: ends).decoded(as: .number) else {
      return Column()
    }
    return column
  }

  /// The texts read as integers, each once.
  func integers() -> Column<Int64>? {
    guard case .integer(let column) = TextColumn(bytes: bytes, starts: starts, ends: ends).decoded(as: .integer) else {
      return nil
    }
    return column
  }

  // MARK: - Equal texts

  /// The texts at some places with equal ones put together, in the order in which each came first, and their hashes.
  func combined(_ places: [Int32], _ hashes: [Murmur3.Hash]) -> (texts: CountedTexts, hashes: [Murmur3.Hash]) {
    var combined: [(place: Int, count: Int)] = []
    var slots = [Int32](repeating: -1, count: 2 << (Int.bitWidth - places.count.leadingZeroBitCount))
    bytes.withUnsafeBytes { bytes in
      // Safe because: the ranges of texts are within the bytes, the mask keeps a slot below the count, and more than
      // half of the slots are free.
      slots.withUnsafeMutableBufferPointer { slots in
        for place in places {
          let place = Int(place)
          var slot = Int(truncatingIfNeeded: hashes[place].h1) & (slots.count &- 1)
          while slots[slot] >= 0, !equals(place, combined[Int(slots[slot])].place, hashes, bytes) {
            slot = (slot &+ 1) & (slots.count &- 1)
          }
          if slots[slot] < 0 {
            slots[slot] = Int32(combined.count)
            combined.append((place, 0))
          }
          combined[Int(slots[slot])].count &+= counts?[place] ?? 1
        }
      }
    }
    let texts = CountedTexts(
      bytes: bytes, starts: combined.map { starts[$0.place] }, ends: combined.map { ends[$0.place] },
      counts: combined.map(\.count))
    return (texts, combined.map { hashes[$0.place] })
  }

  @inline(__always)
  private func equals(_ one: Int, _ other: Int, _ hashes: [Murmur3.Hash], _ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = Int(ends[one] &- starts[one])
    guard hashes[one] == hashes[other], Int(ends[other] &- starts[other]) == count else { return false }
    guard count > 0, let base = bytes.baseAddress else { return true }
    return (base + Int(starts[one])).equals(base + Int(starts[other]), count)
  }
}
