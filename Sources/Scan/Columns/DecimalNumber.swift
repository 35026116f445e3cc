/// A number with all the digits that it is written with: a double keeps sixteen of them.
///
/// `1`, `1.0` and `1e0` are one number. O(digits) to read and to compare.
package struct DecimalNumber: Hashable, Sendable {
  private var isNegative = false
  /// Without zeros at either end; none for zero.
  private var digits: [UInt8] = []
  /// Where the point stands, counted from before the first digit.
  private var point = 0

  /// An exponent beyond is no other magnitude that anybody compares.
  private static let largestExponent = 1_000_000_000

  /// Nil when the text is no finite number in decimal digits.
  package init?(_ text: Span<UInt8>) {
    var index = 0
    func byte() -> UInt8 { index < text.count ? text[index] : 0 }
    func sign() -> Bool {
      defer { if byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: "+") { index += 1 } }
      return byte() == UInt8(ascii: "-")
    }
    isNegative = sign()
    var (count, hasPoint) = (0, false)
    while byte() &- 0x30 < 10 || byte() == UInt8(ascii: ".") && !hasPoint {
      if byte() == UInt8(ascii: ".") {
        hasPoint = true
      } else {
        count += 1
        if !digits.isEmpty || byte() != UInt8(ascii: "0") {
          digits.append(byte() &- 0x30)
          if !hasPoint { point += 1 }
        } else if hasPoint {
          point -= 1
        }
      }
      index += 1
    }
    guard count > 0 else { return nil }
    if byte() | 0x20 == UInt8(ascii: "e") {
      index += 1
      let isSmall = sign()
      let start = index
      var exponent = 0
      while byte() &- 0x30 < 10 {
        exponent = min(exponent * 10 + Int(byte() &- 0x30), Self.largestExponent)
        index += 1
      }
      guard index > start else { return nil }
      point += isSmall ? -exponent : exponent
    }
    guard index == text.count else { return nil }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (isNegative, point) = (false, 0) }
  }

  package init?(_ text: String) {
    self.init(Array(text.utf8).span)
  }

  /// The plain text with so many digits behind the point, as decimals of that scale are stored; nil when there are more
  /// digits, or more before the point than any decimal has.
  package func text(scale: Int) -> String? {
    guard digits.count - point <= scale, point <= 1000 else { return nil }
    let whole = point > 0 ? (0..<point).map { $0 < digits.count ? digits[$0] : 0 } : [0]
    let fraction = (point..<point + scale).map { $0 >= 0 && $0 < digits.count ? digits[$0] : 0 }
    let text = (isNegative ? "-" : "") + whole.map(String.init).joined()
    return scale == 0 ? text : text + "." + fraction.map(String.init).joined()
  }
}

extension DecimalNumber: CustomStringConvertible {
  /// The plain number; with an exponent where that has too many zeros to be read.
  package var description: String {
    if (-20...60).contains(point), let plain = text(scale: max(0, digits.count - point)) { return plain }
    let rest = digits.dropFirst().map(String.init).joined()
    let exponent = point > 0 ? "+\(point - 1)" : "\(point - 1)"
    return "\(isNegative ? "-" : "")\(digits[0])\(rest.isEmpty ? "" : ".")\(rest)e\(exponent)"
  }
}

extension DecimalNumber: Comparable {
  package static func < (a: DecimalNumber, b: DecimalNumber) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? b.isNearerZero(than: a) : a.isNearerZero(than: b)
  }

  private func isNearerZero(than other: DecimalNumber) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    return point != other.point ? point < other.point : digits.lexicographicallyPrecedes(other.digits)
  }
}
