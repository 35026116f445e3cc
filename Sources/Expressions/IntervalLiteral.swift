internal import Scan

/// The text of `interval '1 month 3.5 hours'`: numbers, each with a unit, that are added up.
struct IntervalLiteral: Equatable {
  /// Months have no fixed length, so they are kept apart.
  var months: Int64 = 0
  var microseconds: Int64 = 0

  /// Nil when the text is none, or the sum does not fit. Only units of a fixed length may have a fraction.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
    for index in stride(from: 0, to: words.count, by: 2) {
      guard let unit = CalendarUnit(String(words[index + 1])), add(String(words[index]), unit) else { return nil }
    }
  }

  private mutating func add(_ amount: String, _ unit: CalendarUnit) -> Bool {
    let length = unit.months ?? unit.microseconds ?? 0
    var total: Int64?
    if let count = Int64(amount) {
      let (product, overflowed) = count.multipliedReportingOverflow(by: length)
      total = overflowed ? nil : product
    } else if unit.months == nil, let number = Double(amount) {
      total = Int64(exactly: (number * Double(length)).rounded())
    }
    guard let total else { return false }
    let (sum, overflowed) = (unit.months == nil ? microseconds : months).addingReportingOverflow(total)
    if unit.months == nil { microseconds = sum } else { months = sum }
    return !overflowed
  }
}
