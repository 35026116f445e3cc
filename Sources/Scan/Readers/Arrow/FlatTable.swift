/// A table of FlatBuffers (https://flatbuffers.dev/internals): fields by number, each of which may be absent. Nothing is
/// read without a look at where it ends.
struct FlatTable: Sendable {
  private let bytes: [UInt8]
  private let position: Int
  private let fields: Int
  private let fieldCount: Int

  /// The table at the root of a buffer.
  init(root bytes: [UInt8]) throws(ArrowFault) {
    let offset: UInt32 = try Self.load(bytes, 0)
    try self.init(bytes, at: Int(offset))
  }

  private init(_ bytes: [UInt8], at position: Int) throws(ArrowFault) {
    let distance: Int32 = try Self.load(bytes, position)
    // Positions lie in the array and distances have 32 bits: sums of them cannot overflow.
    let vtable = position - Int(distance)
    let size: UInt16 = try Self.load(bytes, vtable)
    guard size >= 4, vtable + Int(size) <= bytes.count else { throw .outside }
    self.bytes = bytes
    self.position = position
    fields = vtable + 4
    fieldCount = (Int(size) - 4) / 2
  }

  /// How large the whole buffer is: what bounds how many things it can tell of.
  var bufferSize: Int { bytes.count }

  /// A number; the default where the field is absent.
  func number<Number: FixedWidthInteger>(_ field: Int, default absent: Number) throws(ArrowFault) -> Number {
    guard let place = try place(field) else { return absent }
    return try Self.load(bytes, place)
  }

  func flag(_ field: Int) throws(ArrowFault) -> Bool { try number(field, default: UInt8(0)) != 0 }

  func table(_ field: Int) throws(ArrowFault) -> FlatTable? {
    guard let place = try place(field) else { return nil }
    return try FlatTable(bytes, at: target(place))
  }

  func text(_ field: Int) throws(ArrowFault) -> String? {
    guard let (start, count) = try vector(field, width: 1) else { return nil }
    return String(decoding: bytes[start..<start + count], as: UTF8.self)
  }

  func tables(_ field: Int) throws(ArrowFault) -> [FlatTable] {
    guard let (start, count) = try vector(field, width: 4) else { return [] }
    var tables: [FlatTable] = []
    for index in 0..<count { tables.append(try FlatTable(bytes, at: target(start + 4 * index))) }
    return tables
  }

  /// A vector of structs, as so many 64-bit words each.
  func words(_ field: Int, perElement width: Int) throws(ArrowFault) -> [Int64] {
    guard let (start, count) = try vector(field, width: 8 * width) else { return [] }
    var words: [Int64] = []
    words.reserveCapacity(count * width)
    for index in 0..<count * width { words.append(try Self.load(bytes, start + 8 * index)) }
    return words
  }

  private func place(_ field: Int) throws(ArrowFault) -> Int? {
    guard field < fieldCount else { return nil }
    let offset: UInt16 = try Self.load(bytes, fields + 2 * field)
    return offset == 0 ? nil : position + Int(offset)
  }

  private func target(_ place: Int) throws(ArrowFault) -> Int {
    let offset: UInt32 = try Self.load(bytes, place)
    return place + Int(offset)
  }

  private func vector(_ field: Int, width: Int) throws(ArrowFault) -> (start: Int, count: Int)? {
    guard let place = try place(field) else { return nil }
    let start = try target(place)
    let count: UInt32 = try Self.load(bytes, start)
    guard Int(count) <= (bytes.count - start - 4) / width else { throw .outside }
    return (start + 4, Int(count))
  }

  private static func load<Number: FixedWidthInteger>(_ bytes: [UInt8], _ place: Int) throws(ArrowFault) -> Number {
    let width = Number.bitWidth / 8
    guard place >= 0, bytes.count >= width, place <= bytes.count - width else { throw .outside }
    var number: Number = 0
    for byte in bytes[place..<place + width].reversed() {
      number = width == 1 ? Number(truncatingIfNeeded: byte) : number << 8 | Number(truncatingIfNeeded: byte)
    }
    return number
  }
}
