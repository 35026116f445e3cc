/// The values of the types as they are written in rules: the same readings as those of the data.
package enum Literal {
  /// An integer, boolean (0, 1), date (days), time of day (nanoseconds) or timestamp (microseconds); nil when the
  /// text is none.
  package static func integer(_ text: String, as type: ValueType) -> Int64? {
    let bytes = Array(text.utf8)
    return switch type {
    case .integer: parseInteger(bytes.span)
    case .boolean: parseBoolean(bytes.span)
    case .date: parseDate(bytes.span)
    case .time: parseTime(bytes.span)
    case .timestamp: parseTimestamp(bytes.span) ?? parseDate(bytes.span).map { $0 * 86_400_000_000 }
    case .string, .number: nil
    }
  }

  /// A number, NaN and the infinities included; nil when the text is none.
  package static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    let column = TextColumn(bytes: bytes, starts: [0], ends: [Int32(clamping: bytes.count)])
    guard case .number(let decoded) = column.decoded(as: .number) else { return nil }
    return decoded.states[0] == CellState.valid.rawValue ? decoded.values[0] : nil
  }

  /// An integer, boolean, date, time or timestamp as it is written: what `integer` reads back.
  package static func text(_ value: Int64, as type: ValueType) -> String {
    var text: [UInt8] = []
    switch type {
    case .boolean: return value == 0 ? "false" : "true"
    case .date: ClockText.appendDate(value, to: &text)
    case .time: appendTime(value, to: &text)
    case .timestamp: ClockText.appendTimestamp(value, .microsecond, isUTC: true, to: &text)
    case .string, .number, .integer: return String(value)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A time of day in the coarsest unit that has all its digits.
  private static func appendTime(_ nanoseconds: Int64, to text: inout [UInt8]) {
    for unit in StoredType.TimeUnit.allCases {
      let (ticks, rest) = nanoseconds.quotientAndRemainder(dividingBy: unit.nanoseconds)
      if rest == 0 { return ClockText.appendTime(ticks, unit, to: &text) }
    }
  }
}
