internal import Glibc

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

  private var entries: [Entry] = []
  private var arena: [UInt8] = []
  /// Index into `entries` plus one; 0 is free. The count is a power of two.
  private var slots: [UInt32] = [UInt32](repeating: 0, count: 64)

  var count: Int { entries.count }

  /// The memory that the table holds, in bytes.
  var footprint: Int {
    arena.capacity + entries.capacity * MemoryLayout<Entry>.stride + slots.capacity * MemoryLayout<UInt32>.stride
  }

  /// What the keys take, without the room for more, in bytes.
  var load: Int { arena.count + entries.count * MemoryLayout<Entry>.stride + slots.count * MemoryLayout<UInt32>.stride }

  /// The key that came as the `index`-th.
  func key(_ index: Int) -> ArraySlice<UInt8> {
    arena[entries[index].offset..<entries[index].offset + entries[index].length]
  }

  /// Adds the key unless it is there; says which it is.
  @discardableResult
  mutating func insert(_ key: Span<UInt8>) -> (index: Int, isNew: Bool) { insert(key, hash: KeyHash.hash(key)) }

  /// The same for a key whose hash is known.
  mutating func insert(_ key: Span<UInt8>, hash: UInt64) -> (index: Int, isNew: Bool) {
    if (entries.count + 1) * 2 > slots.count { grow() }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if equals(entries[index], hash, key) { return (index, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(hash: hash, offset: arena.count, length: key.count))
    // Safe because: the buffer is that of the span, read within the closure.
    key.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
    slots[slot] = UInt32(entries.count)
    return (entries.count - 1, true)
  }

  func contains(_ key: Span<UInt8>) -> Bool { index(of: key) != nil }

  /// Which of the keys this is, in the order in which they came; nil when it is none.
  func index(of key: Span<UInt8>) -> Int? {
    let hash = KeyHash.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if equals(entries[index], hash, key) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func equals(_ entry: Entry, _ hash: UInt64, _ key: Span<UInt8>) -> Bool {
    guard entry.hash == hash, entry.length == key.count else { return false }
    return arena.withUnsafeBufferPointer { arena in
      key.withUnsafeBufferPointer { key in
        // Safe because: an entry's range lies in the arena, and both lengths are equal.
        key.isEmpty || memcmp(arena.baseAddress! + entry.offset, key.baseAddress!, key.count) == 0
      }
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for index in entries.indices {
      var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }
}

/// The hash of keys: eight bytes at a time through a folded multiplication (the mixing step of wyhash). The last bytes
/// are read together with some that were read before, so that no key is read byte by byte.
enum KeyHash {
  private static let seed = UInt64.random(in: .min ... .max)

  @inline(__always)
  static func hash(_ key: Span<UInt8>) -> UInt64 {
    key.withUnsafeBytes { bytes in
      // Safe because: every load lies in the bytes of the key, whose length each branch has checked.
      let count = bytes.count
      var state = seed ^ UInt64(count)
      if count >= 8 {
        var offset = 0
        while offset + 8 < count {
          state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          offset += 8
        }
        return mix(state ^ bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
      }
      if count >= 4 {
        let low = UInt64(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
        let high = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        return mix(state ^ (high << 32 | low))
      }
      if count > 0 {
        state ^= UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
      }
      return mix(state)
    }
  }

  @inline(__always)
  private static func mix(_ state: UInt64) -> UInt64 {
    let product = state.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
