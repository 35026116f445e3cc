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
      let value = column.values[row]
      let isNarrow = if case .float(let bits) = type { bits <= 32 } else { false }
      text.append(contentsOf: (isNarrow ? Float(value).description : value.description).utf8)
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
    case .date: appendDate(value, to: &text)
    case .timestamp(let unit, let zone):
      let second = floored(value, unit.ticksPerSecond)
      let day = floored(second.quotient, 86400)
      appendDate(day.quotient, to: &text)
      text.append(UInt8(ascii: "T"))
      appendTime(day.remainder, to: &text)
      if second.remainder > 0 {
        text.append(UInt8(ascii: "."))
        appendDigits(second.remainder, width: String(unit.ticksPerSecond).utf8.count - 1, to: &text)
      }
      if zone != nil { text.append(UInt8(ascii: "Z")) }
    case .duration(let unit): text.append(contentsOf: "\(value) \(unit.rawValue)".utf8)
    default: text.append(decimal: value)
    }
  }

  private static func floored(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// Civil from days, by Howard Hinnant's algorithm ("chrono-Compatible Low-Level Date Algorithms").
  private static func appendDate(_ days: Int64, to text: inout [UInt8]) {
    let (era, dayOfEra) = floored(days &+ 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    if year < 0 { text.append(UInt8(ascii: "-")) }
    appendDigits(abs(year), width: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDigits(month, width: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDigits(dayOfYear - (153 * shifted + 2) / 5 + 1, width: 2, to: &text)
  }

  private static func appendTime(_ seconds: Int64, to text: inout [UInt8]) {
    appendDigits(seconds / 3600, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    appendDigits(seconds / 60 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    appendDigits(seconds % 60, width: 2, to: &text)
  }

  private static func appendDigits(_ value: Int64, width: Int, to text: inout [UInt8]) {
    let digits = String(value).utf8
    text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.count)))
    text.append(contentsOf: digits)
  }

  private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
