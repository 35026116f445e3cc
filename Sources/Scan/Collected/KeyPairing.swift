/// Which rows of two tables have the same key. Exact: keys are compared byte by byte. O(rows) on average.
package struct KeyPairing: Sendable {
  /// For every row of the first table the one of the second; -1 where there is none.
  package private(set) var partners: [Int32]
  /// How many rows of each table have a key that the other has not.
  package private(set) var missing = 0
  package private(set) var extra = 0
  /// How many rows repeat the key of an earlier row of their table.
  package private(set) var firstRepeats = 0
  package private(set) var secondRepeats = 0
  /// The first rows of each kind.
  package private(set) var samples = Samples()

  package struct Samples: Sendable {
    package var missing: [Int] = []
    package var extra: [Int] = []
    package var firstRepeats: [Int] = []
    package var secondRepeats: [Int] = []
  }

  /// Rows without a key are neither repeats nor have they a partner.
  ///
  /// - Parameter shown: as many rows of each kind are named.
  package init(_ first: CollectedKeys, _ second: CollectedKeys, shown: Int = 10) {
    func note(_ row: Int, _ rows: inout [Int]) { if rows.count < shown { rows.append(row) } }
    partners = [Int32](repeating: -1, count: first.count)
    var index = RowIndex(rows: first.count)
    for row in 0..<first.count where first.hasKey(row) {
      if index.insert(row, first) != nil {
        firstRepeats += 1
        note(row, &samples.firstRepeats)
      }
    }
    // The same order on both sides is the common case, in which the table is asked nothing. With repeats only the first of
    // equal rows is found.
    let isUnique = firstRepeats == 0
    for row in 0..<second.count where second.hasKey(row) {
      let same = isUnique && row < first.count && first.hasKey(row) && second.equals(row, first, row)
      let found = same ? row : index.row(of: second, row, in: first)
      guard let found else {
        extra += 1
        note(row, &samples.extra)
        continue
      }
      guard partners[found] < 0 else {
        secondRepeats += 1
        note(row, &samples.secondRepeats)
        continue
      }
      partners[found] = Int32(truncatingIfNeeded: row)
    }
    // A key that only the second table has may be repeated there, too.
    if extra > 0 { countRepeats(of: second, besides: first, index, note) }
    for row in 0..<first.count where partners[row] < 0 && first.hasKey(row) {
      // The key of a repeat may well be there.
      if firstRepeats > 0, let earlier = index.row(of: first, row, in: first), partners[earlier] >= 0 { continue }
      missing += 1
      note(row, &samples.missing)
    }
  }

  private mutating func countRepeats(
    of second: CollectedKeys, besides first: CollectedKeys, _ index: RowIndex, _ note: (Int, inout [Int]) -> Void
  ) {
    var others = RowIndex(rows: extra)
    for row in 0..<second.count where second.hasKey(row) && index.row(of: second, row, in: first) == nil {
      if others.insert(row, second) != nil {
        secondRepeats += 1
        note(row, &samples.secondRepeats)
      }
    }
  }
}

/// The rows of a table by their keys: open addressing over row numbers, four bytes a slot.
private struct RowIndex: Sendable {
  /// Row numbers plus one; 0 is free. The count is a power of two, of which at least half is free.
  private var slots: [UInt32]

  init(rows: Int) {
    var count = 64
    while count < rows * 2 { count *= 2 }
    slots = [UInt32](repeating: 0, count: count)
  }

  /// Adds a row; returns the earlier row that has its key, which then stays the one that is found.
  mutating func insert(_ row: Int, _ keys: CollectedKeys) -> Int? {
    var slot = keys.withKey(row) { Int(truncatingIfNeeded: KeyHash.hash($0)) } & (slots.count - 1)
    while slots[slot] != 0 {
      let other = Int(slots[slot]) - 1
      if keys.equals(row, keys, other) { return other }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(truncatingIfNeeded: row + 1)
    return nil
  }

  func row(of keys: CollectedKeys, _ row: Int, in own: CollectedKeys) -> Int? {
    var slot = keys.withKey(row) { Int(truncatingIfNeeded: KeyHash.hash($0)) } & (slots.count - 1)
    while slots[slot] != 0 {
      let other = Int(slots[slot]) - 1
      if keys.equals(row, own, other) { return other }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
