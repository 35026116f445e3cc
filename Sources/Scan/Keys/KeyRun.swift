/// Keys of one partition with their absolute places, written one after another: how they lie in a file.
struct KeyRun: Sendable {
  private(set) var bytes: [UInt8] = []

  init() {}

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func append(_ key: Span<UInt8>, at place: RowPlace) {
    Self.append(UInt64(place.rawValue), 8, to: &bytes)
    Self.append(UInt64(key.count), 4, to: &bytes)
    // Safe because: the buffer is that of the span, read within the closure.
    key.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  func forEach(_ body: (Span<UInt8>, RowPlace) throws(ScanError) -> Void) throws(ScanError) {
    let span = bytes.span
    var position = 0
    while position + 12 <= span.count {
      let place = Self.number(span, position, 8)
      let end = position + 12 + Self.number(span, position + 8, 4)
      guard end <= span.count else { return }
      try body(span.extracting(position + 12..<end), RowPlace(rawValue: place))
      position = end
    }
  }

  private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
  }

  private static func number(_ bytes: Span<UInt8>, _ position: Int, _ count: Int) -> Int {
    var value: UInt64 = 0
    for byte in 0..<count { value |= UInt64(bytes[position + byte]) << UInt64(8 * byte) }
    return Int(truncatingIfNeeded: value)
  }
}
