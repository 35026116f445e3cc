/// A sample of different items, each with how many rows have it: the items whose hashes are least.
///
/// Which items are in the sample depends on nothing but the items, so that two samples say of the same items whether rows
/// have them: what share of all items the other rows lack is told from those below both bounds (the coordinated bottom-k
/// samples of Cohen and Kaplan, 2008). Counts are exact, and merge exactly in any order: an item below the bound was never
/// dropped.
package struct BottomKSample: Sendable {
  /// As many items stay.
  package let limit: Int
  /// Items of this hash and greater ones are not kept.
  private(set) var bound = UInt64.max

  /// A table with open addresses: hashes, of which 0 is a free place, and beside them the rows. While more items come, there
  /// are more of them than stay. The number of places is a power of two, at least twice that of the items.
  private var keys: [UInt64] = []
  private var counts: [Int] = []
  private var used = 0

  package init(limit: Int) { self.limit = limit }

  // MARK: - Adding

  mutating func add(_ items: some Sequence<(UInt64, Int64)>) {
    for (item, rows) in items { add(item, Int(rows)) }
  }

  /// Adds texts by the first half of their hashes.
  mutating func add(_ texts: CountedTexts, _ hashes: [Murmur3.Hash]) {
    texts.forEachPlace { index, rows in add(hashes[index].h1, rows) }
  }

  @inline(__always)
  mutating func add(_ item: UInt64, _ rows: Int) {
    guard item < bound, item != 0 else { return }
    if used &* 2 >= keys.count { grow() }
    let place = place(of: item)
    if keys[place] == 0 {
      keys[place] = item
      used &+= 1
    }
    counts[place] &+= rows
    if used > 2 * limit { trim() }
  }

  /// Where an item is, or belongs. All bits of a hash below the bound are random but its highest.
  @inline(__always)
  private func place(of item: UInt64) -> Int {
    let mask = keys.count &- 1
    var place = Int(truncatingIfNeeded: item) & mask
    while keys[place] != item, keys[place] != 0 { place = (place &+ 1) & mask }
    return place
  }

  private mutating func grow() { keep(items, places: max(16, keys.count * 2)) }

  /// Leaves the items that stay.
  private mutating func trim() {
    guard used > limit else { return }
    let items = items.sorted { $0.key < $1.key }
    bound = items[limit].key
    keep(Array(items.prefix(limit)), places: keys.count)
  }

  private mutating func keep(_ items: [(key: UInt64, count: Int)], places: Int) {
    keys = [UInt64](repeating: 0, count: places)
    counts = [Int](repeating: 0, count: places)
    used = items.count
    for (key, count) in items {
      let place = place(of: key)
      keys[place] = key
      counts[place] = count
    }
  }

  package mutating func merge(_ other: BottomKSample) {
    if other.bound < bound {
      bound = other.bound
      keep(items.filter { $0.key < bound }, places: max(16, keys.count))
    }
    for (key, count) in other.items { add(key, count) }
  }

  // MARK: - Results

  /// The items with their rows, in no order.
  private var items: [(key: UInt64, count: Int)] {
    keys.indices.filter { keys[$0] != 0 }.map { (keys[$0], counts[$0]) }
  }

  /// Those that stay, in the order of their hashes, and the bound below which they are all.
  private var kept: (items: [(key: UInt64, count: Int)], bound: UInt64) {
    let sorted = items.sorted { $0.key < $1.key }
    return sorted.count > limit ? (Array(sorted.prefix(limit)), sorted[limit].key) : (sorted, bound)
  }

  var footprint: Int { Footprint.of(keys) + Footprint.of(counts) }

  /// What one of two samples has and the other one lacks, of the items of which both tell.
  package struct Unseen: Sendable, Equatable {
    /// The share of all items that both samples tell of.
    package var sampled: Double
    /// So many rows have an item that the other one lacks.
    package var occurrences: Int
    /// As many items of the other one have one row.
    package var seenOnce: Int
    package var mine = Mass()
    package var theirs = Mass()
  }

  /// The rows of some items.
  package struct Mass: Sendable, Equatable {
    package var rows = 0
    /// The squares of the rows of each, added up.
    package var squares = 0.0

    /// Of how many rows a share is known as exactly, where other items might have been sampled as well: those that have
    /// many rows weigh most (Kish's effective size).
    package func effectiveRows(sampled: Double) -> Double {
      guard rows > 0 else { return 0 }
      let rows = Double(rows)
      return 1 / (1 / rows + (1 - sampled) * squares / (rows * rows))
    }

    fileprivate init(_ counts: some Sequence<Int>) {
      for count in counts {
        rows &+= count
        squares += Double(count) * Double(count)
      }
    }

    package init() {}
  }

  /// What these rows have and the others lack.
  package func unseen(by other: BottomKSample) -> Unseen {
    let (mine, theirs) = (kept, other.kept)
    let bound = min(mine.bound, theirs.bound)
    let (here, there) = (mine.items.prefix { $0.key < bound }, theirs.items.prefix { $0.key < bound })
    let known = Set(there.map(\.key))
    return Unseen(
      sampled: bound == .max ? 1 : Double(bound) / Double(UInt64.max),
      occurrences: here.reduce(0) { known.contains($1.key) ? $0 : $0 &+ $1.count },
      seenOnce: there.count { $0.count == 1 }, mine: Mass(here.map(\.count)), theirs: Mass(there.map(\.count)))
  }
}

extension BottomKSample: Equatable {
  package static func == (a: BottomKSample, b: BottomKSample) -> Bool {
    let (a, b) = (a.kept, b.kept)
    return a.bound == b.bound && a.items.elementsEqual(b.items) { $0 == $1 }
  }
}

// MARK: - Image

extension BottomKSample {
  /// The bound, the number of items, and each with its rows in the order of their hashes: eight bytes each.
  func append(to image: inout ImageWriter) {
    let kept = kept
    image.append(kept.bound)
    image.append(Int64(kept.items.count))
    for (item, rows) in kept.items {
      image.append(item)
      image.append(Int64(rows))
    }
  }

  init(from image: inout ImageReader, limit: Int) throws(ScanError) {
    self.init(limit: limit)
    let bound: UInt64 = try image.next()
    let items = Int(try image.nextCount())
    try image.require(items <= limit, "more items than are kept")
    var last: UInt64 = 0
    var sum = 0
    for _ in 0..<items {
      let item: UInt64 = try image.next()
      let rows = Int(try image.nextCount())
      let total = sum.addingReportingOverflow(rows)
      try image.require(item < bound && item > last && rows > 0, "an item does not belong there")
      try image.require(!total.overflow, "there are too many rows")
      sum = total.partialValue
      add(item, rows)
      last = item
    }
    self.bound = bound
  }
}
