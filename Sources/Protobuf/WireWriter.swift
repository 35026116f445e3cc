/// Writes the fields of a message as bytes (protobuf.dev, "Encoding").
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
  }

  mutating func tag(_ number: Int, _ type: WireType) { varint(UInt64(number) << 3 | type.rawValue) }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Little-endian.
  mutating func fixed(_ value: UInt64, _ width: Int) {
    for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
  }

  mutating func append(_ other: WireWriter) { bytes += other.bytes }

  /// Bytes with their length before them.
  mutating func block(_ block: [UInt8]) {
    varint(UInt64(block.count))
    bytes += block
  }
}
