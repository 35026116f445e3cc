/// The one text of a value, whichever way it is written: of numbers `1` for `1.0`, `01` and `1e0`, of points in time
/// `2024-01-01T00:00:00Z` for `2024-01-01 01:00+01:00`, of booleans `true` for `TRUE` and `1`.
///
/// What is no value of the type stays as it is written. O(bytes); what is written so already is only looked at.
package enum CanonicalText {
  /// Rewrites the text that begins at a byte.
  static func rewrite(_ text: inout [UInt8], from start: Int, as type: ValueType) {
    guard let canonical = canonical(text.span.extracting(start..<text.count), as: type) else { return }
    text.removeSubrange(start...)
    text.append(contentsOf: canonical.utf8)
  }

  /// A column with the entries rewritten that are written in another way. Entries may be equal then.
  static func rewritten(_ column: TextColumn, as type: ValueType) -> TextColumn {
    var rewritten = column
    for index in column.ends.indices where column.ends[index] >= 0 {
      let text = column.bytes.span.extracting(Int(column.starts[index])..<Int(column.ends[index]))
      guard let canonical = canonical(text, as: type) else { continue }
      rewritten.starts[index] = Int32(clamping: rewritten.bytes.count)
      rewritten.bytes.append(contentsOf: canonical.utf8)
      rewritten.ends[index] = Int32(clamping: rewritten.bytes.count)
    }
    return rewritten
  }

  /// The text of a value when it may be another one; nil for what is no value of the type, too.
  private static func canonical(_ text: Span<UInt8>, as type: ValueType) -> String? {
    switch type {
    case .string, .date: nil
    case .integer, .number: isPlainNumber(text) ? nil : number(text)
    case .boolean: isPlainBoolean(text) ? nil : parseBoolean(text).map { $0 == 0 ? "false" : "true" }
    case .time: parseTime(text).map { trimmed(Literal.text($0, as: .time)) }
    case .timestamp: isPlainTimestamp(text) ? nil : timestamp(text)
    }
  }

  /// A number with all its digits; NaN and the infinities by their names. Nil for a text that is none.
  static func number(_ text: Span<UInt8>) -> String? {
    if let number = DecimalNumber(text) { return number.description }
    return Literal.number(String(decoding: [UInt8](text), as: UTF8.self)).map { value in
      value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
    }
  }

  /// `true` or `false`; nil for a text that is no truth value.
  package static func boolean(_ text: String) -> String? {
    parseBoolean(Array(text.utf8).span).map { $0 == 0 ? "false" : "true" }
  }

  package static func number(_ text: String) -> String? { number(Array(text.utf8).span) }

  /// Whether the text is a decimal number as `DecimalNumber` writes it. It says no of some that are.
  @inline(__always)
  static func isPlainNumber(_ text: Span<UInt8>) -> Bool {
    var index = text.count > 1 && text[0] == UInt8(ascii: "-") ? 1 : 0
    guard index < text.count, text.count <= 20 else { return false }
    if text[index] == UInt8(ascii: "0") {
      // Zero has no sign here, and a number begins with it when there is nothing before the point.
      if text.count == 1 { return true }
      guard index + 1 < text.count, text[index + 1] == UInt8(ascii: ".") else { return false }
    }
    let first = index
    while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
    guard index > first else { return false }
    guard index < text.count else { return true }
    guard text[index] == UInt8(ascii: "."), index + 1 < text.count else { return false }
    index += 1
    while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
    return index == text.count && text[index - 1] != UInt8(ascii: "0")
  }

  private static func isPlainBoolean(_ text: Span<UInt8>) -> Bool {
    text.count == 4 && text[0] == UInt8(ascii: "t") && text[3] == UInt8(ascii: "e") && text[1] == UInt8(ascii: "r")
      || text.count == 5 && text[0] == UInt8(ascii: "f") && text[4] == UInt8(ascii: "e") && text[1] == UInt8(ascii: "a")
  }

  /// Whether the text has the form of most timestamps, in UTC; then it is the one of its value, or no timestamp at all.
  private static func isPlainTimestamp(_ text: Span<UInt8>) -> Bool {
    text.count == 20 && text[19] == UInt8(ascii: "Z") && text[10] == UInt8(ascii: "T") && text[17] != UInt8(ascii: "6")
  }

  private static func timestamp(_ text: Span<UInt8>) -> String? {
    Literal.moment(String(decoding: [UInt8](text), as: UTF8.self)).map { trimmed($0.text) }
  }

  private static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)
    bytes.trimFraction(from: 0)
    return String(decoding: bytes, as: UTF8.self)
  }
}
