/// Dates, times and durations as JSON Schema takes them: RFC 3339, stricter than ISO 8601.
enum DateTimeFormat {
  /// `full-date`: a day that exists, YYYY-MM-DD.
  static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], digits: 4), let month = number(parts[1], digits: 2),
      let day = number(parts[2], digits: 2), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return (1...days).contains(day)
  }

  /// `full-time`: HH:MM:SS, a fraction if there is one, and the offset. A leap second is one only at 23:59:60 UTC.
  static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 9, let hour = number(text.prefix(2), digits: 2), hour < 24,
      let minute = number(text.dropFirst(3).prefix(2), digits: 2), minute < 60,
      let second = number(text.dropFirst(6).prefix(2), digits: 2), second <= 60,
      text[text.startIndex + 2] == UInt8(ascii: ":"), text[text.startIndex + 5] == UInt8(ascii: ":")
    else { return false }
    var rest = text.dropFirst(8)
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { SchemaFormat.isDigit($0) }
      guard !digits.isEmpty else { return false }
      rest = rest[digits.endIndex...]
    }
    guard let offset = offset(rest) else { return false }
    guard second == 60 else { return true }
    let minutes = (hour * 60 + minute - offset) % 1440
    return (minutes + 1440) % 1440 == 1439
  }

  /// `date-time`: both, with a T between them.
  static let isDateTime: SchemaFormat.Predicate = { text in
    guard text.count > 10, text[10] | 0x20 == UInt8(ascii: "t") else { return false }
    return isDate(text[..<10]) && isTime(text[11...])
  }

  /// `Z` or ±HH:MM, in minutes.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    guard let sign = text.first else { return nil }
    if text.count == 1, sign | 0x20 == UInt8(ascii: "z") { return 0 }
    let parts = text.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), parts.count == 2,
      let hour = number(parts[0], digits: 2), hour < 24, let minute = number(parts[1], digits: 2), minute < 60
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hour * 60 + minute)
  }

  /// RFC 3339, appendix A: units in falling order without a gap, weeks alone.
  static let isDuration: SchemaFormat.Predicate = { text in
    guard text.count > 2, text.first == UInt8(ascii: "P") else { return false }
    let parts = text.dropFirst().split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return false }
    guard parts.count == 2 else { return isRun(parts[0], of: "W") || isRun(parts[0], of: "YMD") }
    return (parts[0].isEmpty || isRun(parts[0], of: "YMD")) && isRun(parts[1], of: "HMS")
  }

  /// Numbers, each with the next of the units behind it, beginning with any of them.
  private static func isRun(_ text: ArraySlice<UInt8>, of units: String) -> Bool {
    var rest = text
    var unit: Int?
    let units = Array(units.utf8)
    while !rest.isEmpty {
      let digits = rest.prefix { SchemaFormat.isDigit($0) }
      rest = rest[digits.endIndex...]
      guard !digits.isEmpty, let letter = rest.popFirst(), let index = units.firstIndex(of: letter),
        unit.map({ index == $0 + 1 }) ?? true
      else { return false }
      unit = index
    }
    return unit != nil
  }

  private static func number(_ text: ArraySlice<UInt8>, digits: Int) -> Int? {
    guard text.count == digits, text.allSatisfy({ SchemaFormat.isDigit($0) }) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
