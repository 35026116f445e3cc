/// Values as the sketches keep them, read back: texts as they are, all others as the eight bytes of their bit pattern.
extension StoredType {
  /// The value as a person reads it.
  func display(_ item: [UInt8]) -> String {
    switch self {
    case .text, .untyped, .tokens, .decimal, .time, .nested, .null, .unsupported: return Batch.display(item[...])
    case .binary: return item.prefix(40).map { String($0, radix: 16) }.joined()
    case .float: return Double(bitPattern: Self.word(item)).description
    default: return display(Int64(bitPattern: Self.word(item)))
    }
  }

  /// An integer, date or another value that is stored as one.
  func display(_ value: Int64) -> String {
    var bytes: [UInt8] = []
    let column = StoredColumn.integers(Column(values: [value], states: [CellState.valid.rawValue]))
    _ = column.append(0, of: self, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func word(_ item: [UInt8]) -> UInt64 { item.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
