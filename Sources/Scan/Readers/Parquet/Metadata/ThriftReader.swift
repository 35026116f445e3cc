/// What is wrong with Thrift bytes, and where in them.
struct ThriftFault: Error {
  var what: String
  var position: Int
  /// The bytes ended too early: more of them might help.
  var isTruncated = false
}

/// Reads values of the Thrift compact protocol (thrift-compact-protocol.md), in which Parquet writes its metadata.
///
/// A structure is read field by field; unknown fields are skipped:
///
///     var id = 0
///     while let kind = try reader.field(&id) {
///       switch id {
///       case 1: rows = try reader.integer(kind)
///       default: try reader.skip(kind)
///       }
///     }
struct ThriftReader {
  enum Kind: UInt8 {
    case yes = 1
    case no = 2
    case byte = 3
    case int16 = 4
    case int32 = 5
    case int64 = 6
    case double = 7
    case binary = 8
    case list = 9
    case set = 10
    case map = 11
    case structure = 12
    case uuid = 13
  }

  /// How deep skipped fields may be nested.
  private static let depthLimit = 32

  private let bytes: [UInt8]
  private let end: Int
  private(set) var position: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  /// Reads the head of a structure's next field; nil at the structure's end. `id` is the field before, 0 at first.
  mutating func field(_ id: inout Int) throws(ThriftFault) -> Kind? {
    let head = try byte()
    guard head != 0 else { return nil }
    let delta = Int(head >> 4)
    id = delta == 0 ? try Int(Int16(truncatingIfNeeded: zigzag())) : id + delta
    return try kind(head & 0x0F)
  }

  mutating func integer(_ kind: Kind) throws(ThriftFault) -> Int {
    switch kind {
    case .byte: try Int(Int8(bitPattern: byte()))
    case .int16, .int32, .int64: try zigzag()
    default: throw fault("a field is no integer")
    }
  }

  mutating func boolean(_ kind: Kind) throws(ThriftFault) -> Bool {
    guard kind == .yes || kind == .no else { throw fault("a field is no boolean") }
    return kind == .yes
  }

  mutating func binary(_ kind: Kind) throws(ThriftFault) -> [UInt8] {
    guard kind == .binary else { throw fault("a field is no text") }
    let length = try count()
    defer { position += length }
    return Array(bytes[position..<position + length])
  }

  mutating func text(_ kind: Kind) throws(ThriftFault) -> String { try String(decoding: binary(kind), as: UTF8.self) }

  mutating func expect(_ wanted: Kind, _ kind: Kind) throws(ThriftFault) {
    guard kind == wanted else { throw fault("a field has an unexpected type") }
  }

  /// Reads the head of a list; returns how many elements follow, never more than there are bytes.
  mutating func list(of element: Kind, _ kind: Kind) throws(ThriftFault) -> Int {
    try listHead(of: [element], kind).1
  }

  private mutating func listHead(of elements: [Kind], _ kind: Kind) throws(ThriftFault) -> (Kind, Int) {
    guard kind == .list else { throw fault("a field is no list") }
    let (found, count) = try listHead()
    guard count == 0 || elements.contains(found) else { throw fault("a list has elements of an unexpected type") }
    return (found, count)
  }

  /// Reads a list of booleans, each of which is a byte.
  mutating func booleans(_ kind: Kind) throws(ThriftFault) -> [Bool] {
    let (_, count) = try listHead(of: [.yes, .no], kind)
    var values: [Bool] = []
    for _ in 0..<count { try values.append(byte() == Kind.yes.rawValue) }
    return values
  }

  mutating func integers(_ kind: Kind) throws(ThriftFault) -> [Int] {
    let (element, count) = try listHead(of: [.byte, .int16, .int32, .int64], kind)
    var values: [Int] = []
    for _ in 0..<count { try values.append(integer(element)) }
    return values
  }

  mutating func binaries(_ kind: Kind) throws(ThriftFault) -> [[UInt8]] {
    var values: [[UInt8]] = []
    for _ in 0..<(try list(of: .binary, kind)) { try values.append(binary(.binary)) }
    return values
  }

  /// Steps over a value of any type.
  mutating func skip(_ kind: Kind) throws(ThriftFault) { try skip(kind, depth: 0) }

  private mutating func skip(_ kind: Kind, depth: Int) throws(ThriftFault) {
    guard depth < Self.depthLimit else { throw fault("fields are nested too deeply") }
    switch kind {
    case .yes, .no: break
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try varint()
    case .double: try advance(8)
    case .uuid: try advance(16)
    case .binary: try advance(count())
    case .list, .set:
      let (element, count) = try listHead()
      for _ in 0..<count { try skipElement(element, depth) }
    case .map:
      let count = try count()
      guard count > 0 else { break }
      let kinds = try byte()
      let (key, value) = try (self.kind(kinds >> 4), self.kind(kinds & 0x0F))
      for _ in 0..<count {
        try skipElement(key, depth)
        try skipElement(value, depth)
      }
    case .structure:
      var id = 0
      while let kind = try field(&id) { try skip(kind, depth: depth + 1) }
    }
  }

  /// Inside of containers a boolean is a byte, whereas as a field it is in the field's head.
  private mutating func skipElement(_ kind: Kind, _ depth: Int) throws(ThriftFault) {
    if kind == .yes || kind == .no { try advance(1) } else { try skip(kind, depth: depth + 1) }
  }

  private mutating func listHead() throws(ThriftFault) -> (Kind, Int) {
    let head = try byte()
    let short = Int(head >> 4)
    let count = short == 15 ? try count() : short
    guard count <= end - position else { throw truncated() }
    return (count == 0 ? .byte : try kind(head & 0x0F), count)
  }

  /// A length or count, which must lie within the bytes that are left.
  private mutating func count() throws(ThriftFault) -> Int {
    let value = try varint()
    guard value <= UInt64(end - position) else { throw truncated() }
    return Int(value)
  }

  private mutating func advance(_ count: Int) throws(ThriftFault) {
    guard count <= end - position else { throw truncated() }
    position += count
  }

  private mutating func zigzag() throws(ThriftFault) -> Int {
    let value = try varint()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  private mutating func varint() throws(ThriftFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw fault("a number has more than 64 bits")
  }

  private mutating func byte() throws(ThriftFault) -> UInt8 {
    guard position < end else { throw truncated() }
    defer { position += 1 }
    return bytes[position]
  }

  private func kind(_ nibble: UInt8) throws(ThriftFault) -> Kind {
    guard let kind = Kind(rawValue: nibble) else { throw fault("a field has an unknown type") }
    return kind
  }

  private func fault(_ what: String) -> ThriftFault { ThriftFault(what: what, position: position) }

  private func truncated() -> ThriftFault {
    ThriftFault(what: "it ends too early", position: position, isTruncated: true)
  }
}
