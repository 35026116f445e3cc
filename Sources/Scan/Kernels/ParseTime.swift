/// A time of day as nanoseconds since midnight: `HH:MM`, optionally `:SS` and a fraction; nil when it is none.
///
/// A day has 24 hours of 60 minutes of 60 seconds here, and no zone; digits below a nanosecond are dropped.
func parseTime(_ text: Span<UInt8>) -> Int64? {
  guard text.count >= 5, text[2] == UInt8(ascii: ":"), let hour = parseDigits(text, 0..<2), hour < 24,
    let minute = parseDigits(text, 3..<5), minute < 60
  else { return nil }
  let minutes = Int64(hour * 60 + minute)
  guard text.count > 5 else { return minutes * 60_000_000_000 }
  guard text.count >= 8, text[5] == UInt8(ascii: ":"), let second = parseDigits(text, 6..<8), second < 60 else {
    return nil
  }
  let seconds = minutes * 60 + Int64(second)
  guard text.count > 8 else { return seconds * 1_000_000_000 }
  guard text.count > 9, text[8] == UInt8(ascii: ".") || text[8] == UInt8(ascii: ",") else { return nil }
  var (nanoseconds, scale): (Int64, Int64) = (0, 100_000_000)
  for index in 9..<text.count {
    let digit = text[index] &- 0x30
    guard digit < 10 else { return nil }
    nanoseconds += Int64(digit) * scale
    scale /= 10
  }
  return seconds * 1_000_000_000 + nanoseconds
}
