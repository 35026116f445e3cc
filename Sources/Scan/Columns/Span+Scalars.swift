extension Span<UInt8> {
  /// The Unicode scalar that begins at a byte, and its length in bytes; nil when the bytes from there begin none.
  @inline(__always)
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    let first = self[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC0, index + length <= count else { return nil }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for next in index + 1..<index + length {
      guard self[next] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(self[next] & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  /// The last Unicode scalar; nil when there is none.
  @inline(__always)
  var lastScalar: Unicode.Scalar? {
    var index = count - 1
    while index > 0, self[index] & 0xC0 == 0x80, count - index < 4 { index -= 1 }
    return index < 0 ? nil : scalar(at: index)?.scalar
  }
}
