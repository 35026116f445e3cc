/// `YYYY-MM-DD` as days since 1970-01-01 in the proleptic Gregorian calendar; nil for a day that does not exist.
func parseDate(_ text: Span<UInt8>) -> Int64? {
  guard text.count == 10, let days = parseDatePrefix(text) else { return nil }
  return days
}

/// The first ten bytes of a text as a date.
@inline(__always)
func parseDatePrefix(_ text: Span<UInt8>) -> Int64? {
  guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
    let year = parseDigits(text, 0..<4), let month = parseDigits(text, 5..<7), let day = parseDigits(text, 8..<10),
    (1...12).contains(month), day >= 1, day <= daysInMonth(month, of: year)
  else { return nil }
  return daysSinceEpoch(year: year, month: month, day: day)
}

private func daysInMonth(_ month: Int, of year: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

/// Days from civil, by Howard Hinnant's algorithm ("chrono-Compatible Low-Level Date Algorithms").
private func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return Int64(era * 146_097 + dayOfEra - 719_468)
}
