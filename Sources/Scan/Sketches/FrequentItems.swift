internal import CKernels

/// The most frequent byte strings with bounds of their counts: the algorithm of Misra and Gries with the purge of
/// Anderson et al., "A high-performance algorithm for identifying frequent items in data streams" (2017), as Apache
/// DataSketches has it.
///
/// At most three quarters of 2^lgMaxMapSize items are counted. When there are more, the median of all counts is taken
/// off each, and what has none left goes. So an item's count is at most the true one, and at most `maximumError` below
/// it. The error is at most 3.5 / 2^lgMaxMapSize of the total weight.
package struct FrequentItems: Sendable, Equatable {
  package let lgMaxMapSize: Int
  /// The weight of all items that came.
  package private(set) var totalWeight = 0
  /// How far a count may be below the true one.
  package private(set) var maximumError = 0
  /// The weight of items longer than `longestItem`, which are neither counted nor part of the total.
  package private(set) var oversizedWeight = 0
  private(set) var entries: [Entry] = []
  /// The bytes of all items, one after the other in the order of `entries`.
  private var arena: [UInt8] = []
  /// Index into `entries` plus one; 0 is free. The count is a power of two, at least twice that of the entries.
  private var slots = Self.noSlots
  /// Shared by all that are empty: of a hundred thousand columns the memory would be missed.
  private static let noSlots = [UInt16](repeating: 0, count: 16)

  struct Entry: Sendable, Equatable {
    var hash: UInt64
    var count: Int
    var offset: Int32
    /// At most `longestItem`.
    var length: Int32
  }

  /// An item and what is known of its count.
  package struct Row: Sendable, Equatable {
    package var item: [UInt8]
    package var lowerBound: Int
    package var upperBound: Int
    /// The upper bound, as in DataSketches.
    package var estimate: Int { upperBound }
  }

  package enum ErrorType: Sendable {
    /// Every item that is given passes the threshold; some that do may be missing.
    case noFalsePositives
    /// Every item that passes the threshold is given; some that are may not pass.
    case noFalseNegatives
  }

  /// Longer items in bytes are not counted, to bound the memory.
  package static let longestItem = 4096
  static let lgMapSizeRange = 3...15

  /// - Parameter lgMaxMapSize: 3 to 15; 10 counts up to 768 items.
  package init(lgMaxMapSize: Int = 10) {
    precondition(Self.lgMapSizeRange.contains(lgMaxMapSize), "the map has 2^3 to 2^15 places")
    self.lgMaxMapSize = lgMaxMapSize
  }

  package var isEmpty: Bool { totalWeight == 0 }
  /// How many items are counted.
  package var itemCount: Int { entries.count }
  /// The memory that the sketch holds, in bytes.
  var footprint: Int { Footprint.of(entries) + Footprint.of(arena) + Footprint.of(slots) }
  /// How many items can be counted before a purge.
  var capacity: Int { (3 << lgMaxMapSize) / 4 }

  /// Whether every item is counted, without error.
  package var isExact: Bool { maximumError == 0 && oversizedWeight == 0 }

  /// The first halves of the hashes of all items that are counted, with their counts.
  var hashedCounts: [(UInt64, Int64)] { entries.map { ($0.hash, Int64($0.count)) } }

  /// Whether some of so many more texts, with so many bytes, might not be counted exactly.
  func mayLose(_ texts: Int, bytes: Int) -> Bool { itemCount + texts > capacity || bytes > Self.longestItem }

  // MARK: - Updating

  /// Takes in texts with their hashes.
  package mutating func update(_ texts: CountedTexts, _ hashes: [Murmur3.Hash]) {
    var start = 0
    while texts.counts == nil, texts.ends.count - start > capacity {
      let piece = start..<min(start + Self.pieceLength, texts.ends.count)
      if !updateThinned(texts, hashes, piece) { update(texts, hashes, piece) }
      start = piece.upperBound
    }
    update(texts, hashes, start..<texts.ends.count)
  }

  private mutating func update(_ texts: CountedTexts, _ hashes: [Murmur3.Hash], _ places: Range<Int>) {
    let bytes = texts.bytes.span
    texts.forEachPlace(places) { index, count in
      let item = bytes.extracting(Int(texts.starts[index])..<Int(texts.ends[index]))
      update(item, hash: hashes[index], count: count)
    }
  }

  /// How many texts are put together before they are counted.
  private static let pieceLength = 8192

  /// Takes in texts of which more are different than can be counted: a purge by one comes before they do, so that only
  /// those that repeat need an entry at all. Changes nothing and returns false when they are fewer.
  private mutating func updateThinned(
    _ texts: CountedTexts, _ hashes: [Murmur3.Hash], _ places: Range<Int>
  ) -> Bool {
    let candidates = Self.mayRepeat(texts, hashes, places)
    let (repeated, repeatedHashes) = texts.combined(candidates, hashes)
    let (all, longest) = texts.present(places)
    var oversized = 0
    if longest > Self.longestItem {
      texts.forEachPlace(places) { index, _ in
        if texts.ends[index] &- texts.starts[index] > Int32(Self.longestItem) { oversized += 1 }
      }
    }
    let present = all - oversized
    guard present - candidates.count + repeated.ends.count > capacity else { return false }
    let weights = (total: totalWeight + present, oversized: oversizedWeight + oversized)
    repeated.forEach { text, index, count in
      if count > 1 { update(text, hash: repeatedHashes[index], count: count - 1) }
    }
    (totalWeight, oversizedWeight) = weights
    maximumError += 1
    return true
  }

  /// The places of all texts that come more than once and are not too long, and of a few others.
  private static func mayRepeat(_ texts: CountedTexts, _ hashes: [Murmur3.Hash], _ places: Range<Int>) -> [Int32] {
    let offset = Int32(places.lowerBound)
    let found = [Int32](unsafeUninitializedCapacity: places.count) { found, count in
      hashes[places].withUnsafeBytes { hashes in
        // Safe because: a hash is its two words, and at most as many places are written as there are hashes.
        let words = hashes.assumingMemoryBound(to: UInt64.self)
        count = ck_may_repeat(words.baseAddress, places.count, found.baseAddress)
      }
    }
    return found.compactMap { index in
      let place = index + offset
      let end = texts.ends[Int(place)]
      return end < 0 || end &- texts.starts[Int(place)] > Int32(Self.longestItem) ? nil : place
    }
  }

  /// Takes in one item that came so many times.
  @inline(__always)
  package mutating func update(_ item: Span<UInt8>, hash: Murmur3.Hash, count: Int = 1) {
    guard item.count <= Self.longestItem else {
      oversizedWeight &+= count
      return
    }
    totalWeight &+= count
    let (index, slot) = find(item, hash.h1)
    if index >= 0 {
      entries[index].count &+= count
    } else {
      insert(item, hash.h1, count, slot)
    }
  }

  /// The item's entry, or -1 and the free slot for it.
  @inline(__always)
  private func find(_ item: Span<UInt8>, _ hash: UInt64) -> (index: Int, slot: Int) {
    // Safe because: the mask keeps a slot below the count, half of the slots are free, a slot names an entry, and an
    // entry's range is within the arena.
    slots.withUnsafeBufferPointer { slots in
      entries.withUnsafeBufferPointer { entries in
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
          let index = Int(slots[slot]) &- 1
          if entries[index].hash == hash, holds(entries[index], item) { return (index, slot) }
          slot = (slot &+ 1) & mask
        }
        return (-1, slot)
      }
    }
  }

  @inline(__always)
  private func holds(_ entry: Entry, _ item: Span<UInt8>) -> Bool {
    guard Int(entry.length) == item.count else { return false }
    return arena.withUnsafeBytes { arena in
      item.withUnsafeBytes { item in
        // Safe because: both have the length's bytes.
        guard let theirs = item.baseAddress, let ours = arena.baseAddress else { return entry.length == 0 }
        return (ours + Int(entry.offset)).equals(theirs, Int(entry.length))
      }
    }
  }

  private mutating func insert(_ item: Span<UInt8>, _ hash: UInt64, _ count: Int, _ slot: Int) {
    entries.append(Entry(hash: hash, count: count, offset: Int32(arena.count), length: Int32(item.count)))
    item.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
    slots[slot] = UInt16(entries.count)
    if entries.count > capacity { purge() } else if entries.count * 2 > slots.count { index(slots.count * 2) }
  }

  /// Takes the median of all counts off each.
  private mutating func purge() {
    var counts = entries.map(\.count)
    let median = Self.select(&counts, counts.count / 2)
    maximumError += median
    var kept = 0
    var end = 0
    for var entry in entries where entry.count > median {
      entry.count -= median
      // The items move towards the front, so that none is overwritten before it has moved.
      let item = range(entry)
      for index in 0..<item.count { arena[end + index] = arena[item.lowerBound + index] }
      entry.offset = Int32(end)
      end += item.count
      entries[kept] = entry
      kept += 1
    }
    entries.removeSubrange(kept...)
    arena.removeSubrange(end...)
    index(slots.count)
  }

  private mutating func index(_ size: Int) {
    if size == slots.count {
      for slot in slots.indices { slots[slot] = 0 }
    } else {
      slots = [UInt16](repeating: 0, count: size)
    }
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(index + 1)
    }
  }

  /// The value that would be at a place if they were sorted (Hoare's selection), in O(n) on average.
  private static func select(_ values: inout [Int], _ place: Int) -> Int {
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { return values[place] }
    }
    return values[place]
  }

  // MARK: - Merging

  /// Adds the items of another sketch.
  package mutating func merge(_ other: FrequentItems) {
    let total = totalWeight + other.totalWeight
    for entry in other.entries {
      let item = other.arena.span.extracting(other.range(entry))
      update(item, hash: Murmur3.Hash(entry.hash, 0), count: entry.count)
    }
    totalWeight = total
    maximumError += other.maximumError
    oversizedWeight += other.oversizedWeight
  }

  // MARK: - Results

  /// The bounds of an item's count; from 0 for one that is not counted.
  package func bounds(of item: [UInt8]) -> ClosedRange<Int> {
    let hash = Murmur3.hash(item.span).h1
    let count = entries.first { $0.hash == hash && arena[range($0)].elementsEqual(item) }?.count ?? 0
    return count...count + maximumError
  }

  /// The items whose count passes the threshold, or may: by count, largest first, then by their bytes.
  /// - Parameter threshold: As a rule the maximum error.
  package func frequentItems(_ type: ErrorType, above threshold: Int? = nil) -> [Row] {
    let threshold = threshold ?? maximumError
    let slack = type == .noFalseNegatives ? maximumError : 0
    return rows.filter { $0.lowerBound + slack > threshold }
  }

  /// All items that are counted, by count, largest first, then by their bytes.
  var rows: [Row] {
    entries.map { entry in
      Row(item: Array(arena[range(entry)]), lowerBound: entry.count, upperBound: entry.count + maximumError)
    }.sorted { first, second in
      first.lowerBound != second.lowerBound
        ? first.lowerBound > second.lowerBound : first.item.lexicographicallyPrecedes(second.item)
    }
  }

  private func range(_ entry: Entry) -> Range<Int> { Int(entry.offset)..<Int(entry.offset + entry.length) }

  /// Says what an image says of the whole.
  mutating func restore(totalWeight: Int, maximumError: Int) {
    self.totalWeight = totalWeight
    self.maximumError = maximumError
  }
}
