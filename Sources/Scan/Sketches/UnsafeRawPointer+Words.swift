extension UnsafeRawPointer {
  /// One to eight bytes as a little-endian number, in at most three loads, which may overlap.
  @inline(__always)
  func loadWord(_ count: Int) -> UInt64 {
    if count == 8 { return UInt64(littleEndian: loadUnaligned(as: UInt64.self)) }
    if count >= 4 {
      let low = UInt64(UInt32(littleEndian: loadUnaligned(as: UInt32.self)))
      let high = UInt64(UInt32(littleEndian: loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)))
      return low | high &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
    }
    let first = UInt64(load(as: UInt8.self))
    let middle = UInt64(load(fromByteOffset: count &>> 1, as: UInt8.self))
    let last = UInt64(load(fromByteOffset: count &- 1, as: UInt8.self))
    return first | middle &<< UInt64((count &>> 1) &* 8) | last &<< UInt64((count &- 1) &* 8)
  }

  /// Whether so many bytes are the same in both places, eight at a time.
  @inline(__always)
  func equals(_ other: UnsafeRawPointer, _ count: Int) -> Bool {
    // Safe because: every load is of bytes that are left.
    var index = 0
    while count &- index > 8 {
      let (one, two) = (self + index, other + index)
      guard one.loadUnaligned(as: UInt64.self) == two.loadUnaligned(as: UInt64.self) else { return false }
      index &+= 8
    }
    let rest = count &- index
    return rest == 0 || (self + index).loadWord(rest) == (other + index).loadWord(rest)
  }
}
