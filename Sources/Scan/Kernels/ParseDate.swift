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
    (1...12).contains(month), day >= 1, day <= CivilDate.daysInMonth(month, of: year)
  else { return nil }
  return CivilDate(year: year, month: month, day: day).days
}
