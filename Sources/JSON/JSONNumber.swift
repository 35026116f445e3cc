/// A JSON number: its literal as written, and its value.
///
/// Two numbers are equal when they mean the same: `1 == 1.0 == 1e0`. Whole numbers within the range of doubles compare
/// exactly, however they are written and however long they are; fractions, and what is out of range, as doubles, so
/// that `1e999 == 2e999`. A NaN equals nothing, itself included.
package struct JSONNumber: Sendable {
  /// The text of the number. `NaN`, `inf` and their kin occur in lenient mode and in numbers made from doubles.
  package let literal: String
  /// The nearest double; an infinity when the literal is out of range (`1e999`).
  package let double: Double

  /// A number whose literal is known to mean this double.
  init(literal: String, double: Double) {
    self.literal = literal
    self.double = double
  }

  /// An integer.
  package init(_ value: Int64) {
    self.init(literal: String(value), double: Double(value))
  }

  /// An integer of 64 bits without a sign.
  package init(unsigned value: UInt64) {
    self.init(literal: String(value), double: Double(value))
  }

  /// A double, written with the fewest digits that give it back.
  package init(_ value: Double) {
    self.init(literal: value.isFinite ? value.description : Self.nonFiniteName(value), double: value)
  }

  /// Whether `double` is neither NaN nor an infinity.
  package var isFinite: Bool {
    double.isFinite
  }

  /// The exact value as a 64-bit integer, also of `1.0` and `12e3`; nil when the literal means anything else.
  package var int64: Int64? {
    guard double.magnitude < 0x1p64, double == double.rounded() else { return nil }
    return Int64(literal) ?? JSONDecimal(literal).int64
  }

  /// Whether the literal is a number in JSON, as `1e999` is and `NaN` is not.
  var isJSON: Bool {
    literal.utf8.last.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
  }

  /// `NaN`, `Infinity` or `-Infinity`.
  static func nonFiniteName(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
  }
}

extension JSONNumber: Comparable {
  /// Equality by value; exact between integers.
  package static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
    guard lhs.double == rhs.double else { return false }
    if let left = lhs.int64, let right = rhs.int64 { return left == right }
    return lhs.whole == rhs.whole
  }

  /// Order by value; exact between integers.
  package static func < (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
    if lhs.double != rhs.double { return lhs.double < rhs.double }
    if let left = lhs.int64, let right = rhs.int64 { return left < right }
    guard let left = lhs.whole, let right = rhs.whole else { return false }
    // Of the same double, so of the same sign.
    return lhs.double < 0 ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// A text that equal numbers share, and no others: NaN aside, which equals nothing.
  var canonical: String {
    // One zero: that of fractions too small for a double has no sign.
    int64.map(String.init) ?? whole?.canonical ?? (double + 0).description
  }

  /// The exact value of a whole number; nil for a fraction, and for what no double holds.
  private var whole: JSONDecimal? {
    guard isFinite, double == double.rounded() else { return nil }
    let decimal = JSONDecimal(literal)
    return decimal.isWhole ? decimal : nil
  }
}

extension JSONNumber {
  /// Whether it is a whole number of times the other one, which is above zero: exactly, as decimal numbers, when the
  /// digits of the other one fit 64 bits; else as far as the quotient of the nearest doubles tells.
  func isMultiple(of divisor: JSONNumber) -> Bool {
    guard isJSON, divisor.isJSON else { return false }
    if let exact = JSONDecimal(literal).isMultiple(of: JSONDecimal(divisor.literal)) { return exact }
    let quotient = double / divisor.double
    return quotient.isFinite && quotient.magnitude < 0x1p52 && quotient == quotient.rounded()
  }
}

/// A decimal literal taken apart: `digits * 10^exponent`, for exact integers.
private struct JSONDecimal: Equatable {
  /// All significant digits: zeros before the first one and behind the last one are none.
  private var digits: [UInt8] = []
  private var exponent = 0
  private var isNegative = false

  init(_ literal: String) {
    let bytes = literal.utf8
    isNegative = bytes.first == UInt8(ascii: "-")
    let mantissaEnd = bytes.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? bytes.endIndex
    var isFraction = false
    for byte in bytes[..<mantissaEnd] {
      switch byte {
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isFraction { exponent -= 1 }
        if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
      default: break
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if mantissaEnd != bytes.endIndex {
      exponent += Self.saturating(literal[bytes.index(after: mantissaEnd)...])
    }
  }

  /// `-123e18`, which is no double's own text: that has a point, or a sign behind the e.
  var canonical: String { "\(isNegative ? "-" : "")\(digits.map(String.init).joined())e\(exponent)" }

  var isWhole: Bool { digits.isEmpty || exponent >= 0 }

  /// Whether its magnitude is smaller. There are no zeros before the first digit, and none behind the last.
  func isSmaller(than other: JSONDecimal) -> Bool {
    let (length, others) = (digits.count + exponent, other.digits.count + other.exponent)
    return length == others ? digits.lexicographicallyPrecedes(other.digits) : length < others
  }

  var int64: Int64? {
    if digits.isEmpty { return 0 }
    guard exponent >= 0, exponent < 20, digits.count + exponent < 20 else { return nil }
    var magnitude: UInt64 = 0
    for digit in digits + [UInt8](repeating: 0, count: exponent) {
      magnitude = magnitude * 10 + UInt64(digit)  // below 10^19, so it fits
    }
    return isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude)
  }

  /// Nil when the other one has too many digits for 64 bits.
  ///
  /// Neither has zeros at its end, so nothing is a multiple of what ends before it: 25 is none of 10, 0.25 none of 0.1.
  /// Else the digits, with as many zeros behind them as it takes, are divided on paper. O(digits + exponent's bits).
  func isMultiple(of divisor: JSONDecimal) -> Bool? {
    if digits.isEmpty { return true }
    guard divisor.digits.count < 20, !divisor.digits.isEmpty else { return nil }
    guard exponent >= divisor.exponent else { return false }
    let modulus = divisor.digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }  // below 10^19, so it fits
    func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let (high, low) = a.multipliedFullWidth(by: b)
      return modulus.dividingFullWidth((high % modulus, low)).remainder
    }
    var rest = digits.reduce(UInt64(0)) { rest, digit in
      let (sum, isOver) = product(rest, 10).addingReportingOverflow(UInt64(digit))
      return isOver ? UInt64((UInt128(sum) + (UInt128(1) << 64)) % UInt128(modulus)) : sum % modulus
    }
    // Times ten to the difference of the exponents, by squaring.
    var (power, factor) = (exponent - divisor.exponent, 10 % modulus)
    while power > 0, rest > 0 {
      if power & 1 == 1 { rest = product(rest, factor) }
      factor = product(factor, factor)
      power >>= 1
    }
    return rest == 0
  }

  /// The exponent, cut to ±10^9: the mantissa of a literal that long would not fit into memory.
  private static func saturating(_ text: Substring) -> Int {
    let limit = 1_000_000_000
    guard let value = Int(text) else { return text.hasPrefix("-") ? -limit : limit }
    return min(max(value, -limit), limit)
  }
}
