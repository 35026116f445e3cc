extension Batch {
  /// What each value of a column is, nil for a null; nil when there is no such column.
  func kinds(_ column: String) -> [ValueKind?]? {
    guard let (field, values) = stored(column) else { return nil }
    var kinds = [ValueKind?](repeating: nil, count: rowCount)
    if case .tokens(_, let tokens) = values {
      for row in kinds.indices { kinds[row] = TokenKind(rawValue: tokens[row])?.kind }
    } else if let kind = field.type.kind {
      values.forEachRow { if $1 { kinds[$0] = kind } }
    } else if case .texts(let text) = values {
      let (bytes, states) = (text.bytes.span, numbers(ColumnReading(column, as: .number)).states)
      for row in kinds.indices {
        guard let range = text.range(row) else { continue }
        let isNumber = states[row] == CellState.valid.rawValue
        kinds[row] = isNumber ? .number : Self.kind(ofWord: bytes.extracting(range))
      }
    }
    return kinds
  }

  private static func kind(ofWord text: Span<UInt8>) -> ValueKind {
    let types = TypeCensus.types(ofWord: text)
    guard types != 0 else { return .text }
    return switch TypeCensus.types[types.trailingZeroBitCount] {
    case .boolean: .boolean
    case .date: .date
    case .time: .time
    case .timestamp: .timestamp
    case .integer, .number, .string: .text
    }
  }
}
