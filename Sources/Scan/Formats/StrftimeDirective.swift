/// A directive of strftime: the part of a moment that it says, and how.
struct StrftimeDirective: Sendable {
  /// No two directives of a pattern may say the same.
  enum Part: String {
    case year, month, day, weekday, hour, minute, second, fraction, zone
    case dayOfYear = "day of the year"
    case half = "half of the day"
  }

  private enum Form {
    /// A number of so many digits with this before it when it has fewer.
    case number(digits: Int, ClosedRange<Int>, padding: Unicode.Scalar = "0")
    /// An English word in either case; the first means the first value.
    case word([String], first: Int)
    case fraction, zone
  }

  let part: Part
  private let form: Form
  /// Whether it can be written without leading zeros, as `%-d`.
  let canBeBare: Bool

  private init(_ part: Part, _ form: Form, canBeBare: Bool = false) {
    self.part = part
    self.form = form
    self.canBeBare = canBeBare
  }

  init?(_ letter: Unicode.Scalar) {
    switch letter {
    case "Y": self.init(.year, .number(digits: 4, 0...9999))
    case "y": self.init(.year, .number(digits: 2, 0...99))
    case "m": self.init(.month, .number(digits: 2, 1...12), canBeBare: true)
    case "b", "h": self.init(.month, .word(Self.months.map { String($0.prefix(3)) }, first: 1))
    case "B": self.init(.month, .word(Self.months, first: 1))
    case "d": self.init(.day, .number(digits: 2, 1...31), canBeBare: true)
    case "e": self.init(.day, .number(digits: 2, 1...31, padding: " "))
    case "j": self.init(.dayOfYear, .number(digits: 3, 1...366), canBeBare: true)
    case "a": self.init(.weekday, .word(Self.weekdays.map { String($0.prefix(3)) }, first: 0))
    case "A": self.init(.weekday, .word(Self.weekdays, first: 0))
    case "H": self.init(.hour, .number(digits: 2, 0...23), canBeBare: true)
    case "I": self.init(.hour, .number(digits: 2, 1...12), canBeBare: true)
    case "p": self.init(.half, .word(["am", "pm"], first: 0))
    case "M": self.init(.minute, .number(digits: 2, 0...59), canBeBare: true)
    // 60 is a leap second.
    case "S": self.init(.second, .number(digits: 2, 0...60), canBeBare: true)
    case "f": self.init(.fraction, .fraction)
    case "z": self.init(.zone, .zone)
    default: return nil
    }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  /// Reads what stands at `index` and moves behind it; false when it is none of what the directive writes.
  func read(_ text: Span<UInt8>, _ index: inout Int, isBare: Bool, into moment: inout CalendarMoment) -> Bool {
    switch form {
    case .number(let digits, let values, let padding):
      guard let value = Self.number(text, &index, digits, padding, isBare: isBare), values.contains(value)
      else { return false }
      moment.set(part, to: part == .year && digits == 2 ? Self.fullYear(value) : value)
      return true
    case .word(let words, let first):
      guard let word = words.firstIndex(where: { text.spells($0, at: index) }) else { return false }
      index += words[word].utf8.count
      moment.set(part, to: word + first)
      return true
    // Microseconds, of which strptime of Python reads one digit to six.
    case .fraction: return Self.skipDigits(text, &index, atMost: 6) > 0
    case .zone: return Self.skipZone(text, &index)
    }
  }

  private static func number(
    _ text: Span<UInt8>, _ index: inout Int, _ digits: Int, _ padding: Unicode.Scalar, isBare: Bool
  ) -> Int? {
    let start = index
    if isBare {
      let count = skipDigits(text, &index, atMost: digits)
      return count > 0 && (count == 1 || text[start] != UInt8(ascii: "0")) ? parseDigits(text, start..<index) : nil
    }
    guard start + digits <= text.count else { return nil }
    index = start + digits
    let isPadded = padding == " " && text[start] == UInt8(ascii: " ")
    if padding == " ", text[start] == UInt8(ascii: "0") { return nil }
    return parseDigits(text, (isPadded ? start + 1 : start)..<index)
  }

  /// Two digits mean a year from 1969 to 2068 (POSIX).
  private static func fullYear(_ value: Int) -> Int { value < 69 ? 2000 + value : 1900 + value }

  private static func skipDigits(_ text: Span<UInt8>, _ index: inout Int, atMost limit: Int) -> Int {
    let start = index
    while index < text.count, index - start < limit, ASCII.isDigit(text[index]) { index += 1 }
    return index - start
  }

  /// `Z`, `+HHMM` or `+HH:MM`.
  private static func skipZone(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
    guard index < text.count else { return false }
    let sign = text[index]
    index += 1
    if sign == UInt8(ascii: "Z") { return true }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = number(text, &index, 2, "0", isBare: false), hours < 24
    else { return false }
    if index < text.count, text[index] == UInt8(ascii: ":") { index += 1 }
    return number(text, &index, 2, "0", isBare: false).map { $0 < 60 } ?? false
  }
}
