/// Values as people write them: in evidence, in profiles, and for checks of text on columns that are none.
extension StoredColumn {
  /// Appends a row's value; false for a null, which appends nothing.
  func append(_ row: Int, of type: StoredType, to text: inout [UInt8]) -> Bool {
    switch self {
    case .texts(let column), .tokens(let column, _):
      guard let range = column.range(row) else { return false }
      if type == .binary {
        for byte in column.bytes[range] { text.append(contentsOf: Self.hexadecimal(byte)) }
      } else {
        text.append(contentsOf: column.bytes[range])
      }
    case .numbers(let column):
      guard column.states[row] == CellState.valid.rawValue else { return false }
      // There are many NaN, and none means another value than the others.
      let value = column.values[row]
      text.append(contentsOf: (value.isNaN ? "nan" : type.words(of: value)).utf8)
    case .integers(let column):
      guard column.states[row] == CellState.valid.rawValue else { return false }
      Self.append(column.values[row], of: type, to: &text)
    }
    return true
  }

  private static func append(_ value: Int64, of type: StoredType, to text: inout [UInt8]) {
    switch type {
    case .boolean: text.append(contentsOf: (value == 0 ? "false" : "true").utf8)
    case .integer(_, isSigned: false): text.append(contentsOf: String(UInt64(bitPattern: value)).utf8)
    case .date: ClockText.appendDate(value, to: &text)
    case .timestamp(let unit, let zone): ClockText.appendTimestamp(value, unit, isUTC: zone != nil, to: &text)
    case .duration(let unit): text.append(contentsOf: "\(value) \(unit.rawValue)".utf8)
    default: text.append(decimal: value)
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
