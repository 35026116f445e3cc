/// What the records are that keys are kept as: the key alone, or the key with more of its row: values, or its group.
///
/// A record of a row begins with the length of its key (four bytes, the lowest first). Only keys are hashed.
enum KeyRecord: Sendable {
  case key
  case row

  /// Where the key stands in a record.
  func key(_ record: Span<UInt8>) -> Range<Int> {
    guard self == .row, record.count >= 4 else { return 0..<record.count }
    var length = 0
    for byte in 0..<4 { length |= Int(record[byte]) << (8 * byte) }
    return 4..<min(4 + length, record.count)
  }

  /// What stands behind the key.
  func rest(_ record: Span<UInt8>) -> Range<Int> { key(record).upperBound..<record.count }

  func hash(_ record: Span<UInt8>) -> UInt64 {
    self == .key ? KeyHash.hash(record) : KeyHash.hash(record.extracting(key(record)))
  }
}
