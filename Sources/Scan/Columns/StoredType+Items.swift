/// Values as the sketches keep them, read back: texts as they are, all others as the eight bytes of their bit pattern.
extension StoredType {
  /// The value as a person reads it, cut when it is long.
  func display(_ item: [UInt8]) -> String { Batch.display(text(item)[...]) }

  /// An integer, date or another value that is stored as one.
  func display(_ value: Int64) -> String { String(decoding: text(of: .integers(Self.one(value))), as: UTF8.self) }

  /// The value in full, as people write it.
  package func text(_ item: [UInt8]) -> [UInt8] {
    switch self {
    case .text, .untyped, .tokens, .decimal, .time, .nested, .null, .unsupported: return item
    case .binary:
      return text(of: .texts(TextColumn(bytes: item, starts: [0], ends: [Int32(clamping: item.count)])))
    case .float: return text(of: .numbers(Self.one(Double(bitPattern: Self.word(item)))))
    default: return text(of: .integers(Self.one(Int64(bitPattern: Self.word(item)))))
    }
  }

  /// The text of a column of one value.
  private func text(of column: StoredColumn) -> [UInt8] {
    var text: [UInt8] = []
    _ = column.append(0, of: self, to: &text)
    return text
  }

  private static func one<Value>(_ value: Value) -> Column<Value> {
    Column(values: [value], states: [CellState.valid.rawValue])
  }

  private static func word(_ item: [UInt8]) -> UInt64 { item.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
