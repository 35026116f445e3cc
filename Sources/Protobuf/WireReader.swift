/// Reads the fields of a message from its bytes (protobuf.dev, "Encoding"), and believes none of its lengths.
struct WireReader {
  /// The bytes of a field's value, by the wire type before them.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
    /// A group of proto2, which is passed over.
    case group
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// Deeper groups are not passed over.
  private static let maximumDepth = 64

  /// The next field; nil at the end.
  mutating func next() throws(MessageError) -> (number: Int, value: Value)? {
    guard !isAtEnd else { return nil }
    let (number, type) = try tag()
    return (number, try value(type, number, depth: 0))
  }

  private mutating func tag() throws(MessageError) -> (number: Int, type: UInt64) {
    let tag = try varint()
    guard (1..<1 << 29).contains(tag >> 3) else { throw MessageError("a field has the number \(tag >> 3)") }
    return (Int(tag >> 3), tag & 7)
  }

  private mutating func value(_ type: UInt64, _ number: Int, depth: Int) throws(MessageError) -> Value {
    switch type {
    case 0: return .varint(try varint())
    case 1: return .fixed64(try fixed(8))
    case 2:
      let count = try varint()
      guard count <= UInt64(rest.count) else {
        throw MessageError("field \(number) announces \(count) bytes where \(rest.count) are left")
      }
      return .bytes(take(Int(count)))
    case 3:
      guard depth < Self.maximumDepth else { throw MessageError("groups are nested deeper than \(depth) times") }
      while true {
        let (inner, type) = try tag()
        if type == 4 {
          guard inner == number else { throw MessageError("the group \(number) ends as \(inner)") }
          return .group
        }
        _ = try value(type, inner, depth: depth + 1)
      }
    case 5: return .fixed32(UInt32(truncatingIfNeeded: try fixed(4)))
    default: throw MessageError("field \(number) has the wire type \(type)")
    }
  }

  /// Seven bits a byte, the lowest first.
  mutating func varint() throws(MessageError) -> UInt64 {
    var value: UInt64 = 0
    for (index, byte) in rest.prefix(10).enumerated() {
      // The tenth byte holds the last bit.
      guard index < 9 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7F) << UInt64(7 * index)
      if byte < 0x80 {
        rest = rest.dropFirst(index + 1)
        return value
      }
    }
    throw MessageError(rest.count < 10 ? "the message breaks off in a number" : "a number has more than 64 bits")
  }

  /// Little-endian.
  mutating func fixed(_ width: Int) throws(MessageError) -> UInt64 {
    guard rest.count >= width else { throw MessageError("the message breaks off in a number") }
    return take(width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
