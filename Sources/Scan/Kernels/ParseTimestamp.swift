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

/// Whether the text is a timestamp in the form that nearly all have: `YYYY-MM-DDTHH:MM:SS`, with `Z` or nothing after it,
/// on a day that every month has. For any other, `parseTimestamp` decides.
func isPlainTimestamp(_ text: Span<UInt8>) -> Bool {
  guard text.count == 19 || text.count == 20 && text[19] | 0x20 == UInt8(ascii: "z") else { return false }
  return text.withUnsafeBytes { bytes in
    // Safe because: three words of eight bytes lie within nineteen. A byte differs from that of a form of zeros by a
    // digit, or by nothing; adding what is missing to 128 sets its highest bit when it differs by more.
    let date = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)) ^ 0x2D30_302D_3030_3030
    var time = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) ^ 0x3030_3A30_3054_3030
    if time >> 16 & 0xFF == UInt64(UInt8(ascii: "T") ^ UInt8(ascii: " ")) { time &= ~0xFF0000 }
    let rest = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 11, as: UInt64.self)) ^ 0x3030_3A30_303A_3030
    let wrong =
      date | (date &+ 0x7F76_767F_7676_7676) | time | (time &+ 0x767A_7F76_7D7F_767C) | rest
      | (rest &+ 0x767A_7F76_7A7F_767D)
    guard wrong & 0x8080_8080_8080_8080 == 0 else { return false }
    let month = (date >> 40 & 15) * 10 + (date >> 48 & 15)
    let day = (time & 15) * 10 + (time >> 8 & 15)
    let hour = (time >> 24 & 15) * 10 + (time >> 32 & 15)
    return 1...12 ~= month && 1...28 ~= day && hour < 24
  }
}
