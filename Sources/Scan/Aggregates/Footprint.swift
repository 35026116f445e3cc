/// What collections hold in memory beside their own value, in bytes: a guess that depends on nothing but what is in them,
/// so that whoever refuses to hold more refuses the same in every run.
enum Footprint {
  /// What the system's allocator and the collection add to a block of memory.
  static let block = 48

  static func of<Element>(_ array: [Element]) -> Int {
    // An array that grows doubles its room.
    array.isEmpty ? 0 : block + array.count * MemoryLayout<Element>.stride * 3 / 2
  }

  static func of<Key, Value>(_ table: [Key: Value]) -> Int {
    table.isEmpty ? 0 : block + places(table.count) * (MemoryLayout<Key>.stride + MemoryLayout<Value>.stride)
  }

  static func of<Element>(_ set: Set<Element>) -> Int {
    set.isEmpty ? 0 : block + places(set.count) * MemoryLayout<Element>.stride
  }

  /// A short text lies in its own value.
  static func of(_ text: String?) -> Int {
    guard let count = text?.utf8.count, count > 15 else { return 0 }
    return block + count
  }

  /// How many places a hash table has for so many entries: a power of two, of which a quarter is free at least.
  private static func places(_ count: Int) -> Int { 1 << (Int.bitWidth - (count * 4 / 3).leadingZeroBitCount) }
}
