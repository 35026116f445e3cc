/// A set of byte strings that remembers the order in which they came: open addressing over one arena.
///
/// Exact: keys are compared byte by byte, never by hash alone. Insertion and look-up are O(key) on average; the hash
/// is seeded afresh in every process, so that hostile data cannot choose its collisions. No result depends on it.
struct KeyTable: Sendable {
  private struct Entry {
    var hash: UInt64
    var offset: Int
    var length: Int
  }

  private static let seed = UInt64.random(in: .min ... .max)
  private var entries: [Entry] = []
  private var arena: [UInt8] = []
  /// Index into `entries` plus one; 0 is free. The count is a power of two.
  private var slots: [UInt32] = [UInt32](repeating: 0, count: 64)

  var count: Int { entries.count }

  /// The memory that the table holds, in bytes.
  var footprint: Int {
    arena.capacity + entries.capacity * MemoryLayout<Entry>.stride + slots.capacity * MemoryLayout<UInt32>.stride
  }

  /// The key that came as the `index`-th.
  func key(_ index: Int) -> ArraySlice<UInt8> {
    arena[entries[index].offset..<entries[index].offset + entries[index].length]
  }

  /// Adds the key unless it is there; says which it is.
  @discardableResult
  mutating func insert(_ key: Span<UInt8>) -> (index: Int, isNew: Bool) {
    if (entries.count + 1) * 2 > slots.count { grow() }
    let hash = Self.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if equals(entries[index], hash, key) { return (index, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(hash: hash, offset: arena.count, length: key.count))
    for index in key.indices { arena.append(key[index]) }
    slots[slot] = UInt32(entries.count)
    return (entries.count - 1, true)
  }

  func contains(_ key: Span<UInt8>) -> Bool {
    let hash = Self.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if equals(entries[Int(slots[slot]) - 1], hash, key) { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  private func equals(_ entry: Entry, _ hash: UInt64, _ key: Span<UInt8>) -> Bool {
    guard entry.hash == hash, entry.length == key.count else { return false }
    for index in key.indices where arena[entry.offset + index] != key[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for index in entries.indices {
      var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// Eight bytes at a time through a folded multiplication (the mixing step of wyhash).
  private static func hash(_ key: Span<UInt8>) -> UInt64 {
    var state = seed ^ UInt64(key.count)
    var index = 0
    while index < key.count {
      var word: UInt64 = 0
      let end = min(index + 8, key.count)
      while index < end {
        word = word << 8 | UInt64(key[index])
        index += 1
      }
      let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      state = product.high ^ product.low
    }
    return state ^ state >> 32
  }
}
