/// A positive decimal number of which others may be multiples.
///
/// Exact on the text of the values: 0.15 is a multiple of 0.05, although no double nearest to the one is a multiple of
/// that nearest to the other. O(digits) for a value.
package struct DecimalStep: Hashable, Sendable {
  /// The number is mantissa / 10^scale. At most 18 digits, so that ten times a remainder fits in 64 bits.
  private let mantissa: UInt64
  private let scale: Int

  /// The step that is written so; nil when that is no positive decimal number, or has more than 18 digits.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let number = DecimalDigits(bytes.span), number.digits > 0, number.digits <= 18, !number.isNegative else {
      return nil
    }
    mantissa = number.remainder(bytes.span, of: .max)
    scale = -number.exponent
  }

  /// Whether a text is a decimal number that is a multiple of the step. Zero is.
  func divides(_ text: Span<UInt8>) -> Bool {
    guard let number = DecimalDigits(text) else { return false }
    guard number.digits > 0 else { return true }
    // The number in units of 10^-scale; its last digit is not 0, so below them it is no multiple.
    let shift = number.exponent + scale
    guard shift >= 0 else { return false }
    var rest = number.remainder(text, of: mantissa)
    // A mantissa of 64 bits has no more factors of two and five than that.
    for _ in 0..<min(shift, 64) where rest > 0 { rest = rest * 10 % mantissa }
    return rest == 0
  }
}

/// Where the digits of a decimal number in a text lie that count.
private struct DecimalDigits {
  private(set) var isNegative = false
  /// How many digits there are from the first to the last that is not 0; none for zero.
  private(set) var digits = 0
  /// The number is these digits times ten to this power.
  private(set) var exponent = 0
  private var first = 0

  /// Nil when the text is no number, or none of finite size.
  init?(_ text: Span<UInt8>) {
    var index = 0
    if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      isNegative = text[0] == UInt8(ascii: "-")
      index = 1
    }
    var (seen, last, fraction) = (0, 0, -1)
    // Places are those of digits: the point between them has none.
    while index < text.count {
      let digit = text[index] &- 0x30
      if digit < 10 {
        if digit > 0, digits == 0 { first = index }
        if digit > 0 || digits > 0 { digits += 1 }
        if digit > 0 { last = digits }
        seen += 1
        if fraction >= 0 { fraction += 1 }
      } else if text[index] == UInt8(ascii: "."), fraction < 0 {
        fraction = 0
      } else {
        break
      }
      index += 1
    }
    guard seen > 0 else { return nil }
    exponent = digits - last - max(0, fraction)
    digits = last
    guard index < text.count else { return }
    guard text[index] | 0x20 == UInt8(ascii: "e"), let power = Self.power(text, from: index + 1) else { return nil }
    exponent += power
  }

  /// The exponent that is written from a byte on, cut where no double reaches.
  private static func power(_ text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    var sign = 1
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      sign = text[index] == UInt8(ascii: "-") ? -1 : 1
      index += 1
    }
    guard index < text.count else { return nil }
    var power = 0
    while index < text.count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      power = min(1_000_000_000, power * 10 + Int(digit))
      index += 1
    }
    return sign * power
  }

  /// The digits as a whole number, modulo another of at most 18 digits.
  func remainder(_ text: Span<UInt8>, of divisor: UInt64) -> UInt64 {
    var (rest, left, index): (UInt64, Int, Int) = (0, digits, first)
    while left > 0 {
      let digit = text[index] &- 0x30
      index += 1
      guard digit < 10 else { continue }
      rest = (rest * 10 + UInt64(digit)) % divisor
      left -= 1
    }
    return rest
  }
}
