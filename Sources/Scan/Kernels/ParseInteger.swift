/// A whole number in decimal digits with an optional sign; nil when it is none or does not fit in 64 bits.
func parseInteger(_ text: Span<UInt8>) -> Int64? {
  var index = 0
  var isNegative = false
  if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
    isNegative = text[0] == UInt8(ascii: "-")
    index = 1
  }
  guard index < text.count else { return nil }
  var value: Int64 = 0
  while index < text.count {
    let digit = text[index] &- 0x30
    guard digit < 10 else { return nil }
    // Negative numbers reach one further than positive ones, so the value is built below zero.
    let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
    let (next, alsoOverflowed) = tens.subtractingReportingOverflow(Int64(digit))
    guard !overflowed, !alsoOverflowed else { return nil }
    value = next
    index += 1
  }
  if isNegative { return value }
  return value == .min ? nil : -value
}

/// The digits of `text[range]` as a number; nil when one is no digit. For the fixed fields of dates.
@inline(__always)
func parseDigits(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
  var value = 0
  for index in range {
    let digit = text[index] &- 0x30
    guard digit < 10 else { return nil }
    value = value &* 10 &+ Int(digit)
  }
  return value
}
