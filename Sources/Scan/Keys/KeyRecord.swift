/// What the records are that keys are kept as: the key alone, the key with the number of further rows that have it, the
/// key with more of its row: values, or its group, or the key with its group and that number.
///
/// A record with more than a number begins with the length of its key (four bytes, the lowest first). One with a number
/// ends with as many bytes of it as the last byte says, the lowest first; none for zero. Only keys are hashed.
enum KeyRecord: Sendable {
  case key
  case counted
  case row
  case groupCounted

  /// Whether the key has its length before it, and something of its row behind it.
  var hasRest: Bool { self == .row || self == .groupCounted }
  private var hasNumber: Bool { self == .counted || self == .groupCounted }

  /// Where the key stands in a record.
  func key(_ record: Span<UInt8>) -> Range<Int> {
    guard hasRest, record.count >= 4 else { return identity(record) }
    var length = 0
    for byte in 0..<4 { length |= Int(record[byte]) << (8 * byte) }
    return 4..<min(4 + length, record.count)
  }

  /// What stands behind the key, but for the number of further rows.
  func rest(_ record: Span<UInt8>) -> Range<Int> { key(record).upperBound..<identity(record).upperBound }

  /// Where in a record that stands which is equal for rows that repeat each other: the key, and its group.
  func identity(_ record: Span<UInt8>) -> Range<Int> {
    guard hasNumber, record.count > 0 else { return 0..<record.count }
    return 0..<max(0, record.count - 1 - Int(record[record.count - 1]))
  }

  /// How many further rows have the key of a record.
  func further(_ record: Span<UInt8>) -> Int {
    guard hasNumber, record.count > 1 else { return 0 }
    var number = 0
    for byte in (identity(record).upperBound..<record.count - 1).reversed() { number = number << 8 | Int(record[byte]) }
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
