/// An ISO 8601 date and time as microseconds since 1970-01-01T00:00:00Z; nil when it is none.
///
/// `YYYY-MM-DD`, `T` or a space, `HH:MM`, optionally `:SS` and a fraction, then nothing (UTC), `Z` or `±HH[:]MM`.
/// A leap second reads as the first second of the next minute; digits below a microsecond are dropped.
func parseTimestamp(_ text: Span<UInt8>) -> Int64? {
  guard text.count >= 16, let days = parseDatePrefix(text), text[10] == UInt8(ascii: "T") || text[10] == 0x20,
    text[13] == UInt8(ascii: ":"), let hour = parseDigits(text, 11..<13), let minute = parseDigits(text, 14..<16),
    hour < 24, minute < 60
  else { return nil }
  var seconds = days * 86400 + Int64(hour * 3600 + minute * 60)
  var index = 16
  var micros: Int64 = 0
  if index < text.count, text[index] == UInt8(ascii: ":") {
    guard index + 2 < text.count, let second = parseDigits(text, index + 1..<index + 3), second <= 60 else {
      return nil
    }
    seconds += Int64(second)
    index += 3
    if index < text.count, text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ",") {
      guard let fraction = parseFraction(text, &index) else { return nil }
      micros = fraction
    }
  }
  guard let offset = parseZone(text, from: index) else { return nil }
  return (seconds - Int64(offset) * 60) * 1_000_000 + micros
}

/// The fraction of a second that begins with the point at `index`, in microseconds.
private func parseFraction(_ text: Span<UInt8>, _ index: inout Int) -> Int64? {
  var micros: Int64 = 0
  var scale: Int64 = 100_000
  let first = index + 1
  index = first
  while index < text.count, text[index] &- 0x30 < 10 {
    micros += Int64(text[index] &- 0x30) * scale
    scale /= 10
    index += 1
  }
  return index > first ? micros : nil
}

/// The zone's offset in minutes: none and `Z` are 0.
private func parseZone(_ text: Span<UInt8>, from index: Int) -> Int? {
  let rest = text.count - index
  if rest == 0 { return 0 }
  if rest == 1 { return text[index] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
  guard text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") else { return nil }
  let sign = text[index] == UInt8(ascii: "-") ? -1 : 1
  guard rest >= 3, let hours = parseDigits(text, index + 1..<index + 3), hours < 24 else { return nil }
  let minutes: Int?
  switch rest {
  case 3: minutes = 0
  case 5: minutes = parseDigits(text, index + 3..<index + 5)
  case 6: minutes = text[index + 3] == UInt8(ascii: ":") ? parseDigits(text, index + 4..<index + 6) : nil
  default: minutes = nil
  }
  guard let minutes, minutes < 60 else { return nil }
  return sign * (hours * 60 + minutes)
}
