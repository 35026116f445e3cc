/// How two values are compared whose texts differ.
package enum ValueComparison: Hashable, Sendable {
  /// They differ.
  case text
  /// Numbers are the same when they are equal, or within a tolerance. Without one, they are compared by all their
  /// digits, unless one is written as doubles are. Every NaN is the same.
  case number(tolerance: Tolerance?)
  /// Values of another type are the same when they read as the same: a timestamp at two offsets, `TRUE` and `1`.
  case reading(ValueType)

  /// How far two numbers may lie apart.
  package enum Tolerance: Hashable, Sendable {
    case absolute(Double)
    /// A share of the magnitude of the second number.
    case relative(Double)

    /// Whether a number lies near enough to the one that it is held against. Decimals are rounded when they become
    /// doubles: 10.05 lies within 0.05 of 10.
    package func holds(_ value: Double, _ other: Double) -> Bool {
      let allowed =
        switch self {
        case .absolute(let distance): distance
        case .relative(let share): share * abs(other)
        }
      let rounding = allowed > 0 ? max(abs(value), abs(other)).ulp : 0
      return value == other || abs(value - other) - allowed <= rounding
    }

    /// Whether an integer does, of which a double may not have all digits.
    package func holds(_ value: Int128, _ other: Int128) -> Bool {
      let (difference, isTooLarge) = value.subtractingReportingOverflow(other)
      guard !isTooLarge, difference != .min else { return false }
      let allowed =
        switch self {
        case .absolute(let distance): distance
        // A share is rounded: 28.999999999999996 is 29% of 100.
        case .relative(let share): share > 0 ? (share * abs(Double(other))).nextUp : 0
        }
      return Double(difference.magnitude) < 0x1p53
        ? Double(difference.magnitude) <= allowed
        : allowed >= 0x1p126 || Int128(allowed.rounded(.down)) >= difference.magnitude
    }
  }

  func holds(_ here: [UInt8], _ there: [UInt8]) -> Bool {
    switch self {
    case .text: return false
    case .number(let tolerance):
      if tolerance == nil, !Self.isDouble(here), !Self.isDouble(there), let a = DecimalNumber(here.span),
        let b = DecimalNumber(there.span)
      {
        return a == b
      }
      let (here, there) = (String(decoding: here, as: UTF8.self), String(decoding: there, as: UTF8.self))
      if let tolerance, let a = Int128(here), let b = Int128(there) { return tolerance.holds(a, b) }
      guard let a = Literal.number(here), let b = Literal.number(there) else { return false }
      return a == b || a.isNaN && b.isNaN || tolerance?.holds(a, b) == true
    case .reading(let type):
      // Nanoseconds are more than the reading keeps.
      if type == .timestamp, Self.isFinerThanMicroseconds(here) || Self.isFinerThanMicroseconds(there) { return false }
      guard let a = Literal.integer(String(decoding: here, as: UTF8.self), as: type) else { return false }
      return a == Literal.integer(String(decoding: there, as: UTF8.self), as: type)
    }
  }

  private static func isFinerThanMicroseconds(_ text: [UInt8]) -> Bool {
    guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return false }
    return text[(point + 1)...].prefix { $0 &- 0x30 < 10 }.count > 6
  }

  /// Whether a number is written as programs write doubles that are too large or too small for a plain text, with the
  /// sixteen or seventeen digits that tell them apart: `1.1805916207174113e+21` is 2^70.
  private static func isDouble(_ text: [UInt8]) -> Bool {
    guard let exponent = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return false }
    return text[..<exponent].count { $0 &- 0x30 < 10 } >= 16
  }
}
