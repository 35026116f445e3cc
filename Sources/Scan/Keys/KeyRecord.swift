/// What the records are that keys are kept as: the key alone, the key with the number of further rows that have it, or
/// the key with more of its row: values, or its group.
///
/// A record of a row begins with the length of its key (four bytes, the lowest first). One with a number ends with as
/// many bytes of it as the last byte says, the lowest first; none for zero. Only keys are hashed.
enum KeyRecord: Sendable {
  case key
  case counted
  case row

  /// Where the key stands in a record.
  func key(_ record: Span<UInt8>) -> Range<Int> {
    if self == .counted, record.count > 0 {
      return 0..<max(0, record.count - 1 - Int(record[record.count - 1]))
    }
    guard self == .row, record.count >= 4 else { return 0..<record.count }
    var length = 0
    for byte in 0..<4 { length |= Int(record[byte]) << (8 * byte) }
    return 4..<min(4 + length, record.count)
  }

  /// What stands behind the key.
  func rest(_ record: Span<UInt8>) -> Range<Int> { key(record).upperBound..<record.count }

  /// Where in a record that stands which is equal for rows that repeat each other: the key, and its group.
  func identity(_ record: Span<UInt8>) -> Range<Int> { self == .counted ? key(record) : 0..<record.count }

  /// How many further rows have the key of a record.
  func further(_ record: Span<UInt8>) -> Int {
    guard self == .counted, record.count > 1 else { return 0 }
    var number = 0
    for byte in rest(record).dropLast().reversed() { number = number << 8 | Int(record[byte]) }
    return number
  }

  /// Writes the number of further rows behind a key.
  static func append(further rows: Int, to record: inout [UInt8]) {
    var (rest, count) = (rows, UInt8(0))
    while rest > 0 {
      record.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
      count += 1
    }
    record.append(count)
  }

  func hash(_ record: Span<UInt8>) -> UInt64 {
    self == .key ? KeyHash.hash(record) : KeyHash.hash(record.extracting(key(record)))
  }
}
