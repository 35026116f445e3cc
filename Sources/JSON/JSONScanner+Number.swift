// Numbers: RFC 8259 section 6, and the same grammar in RFC 9535 section 2.3.5.1.

extension JSONScanner {
  /// Reads a number.
  mutating func number() throws(Fault) -> JSONNumber {
    let start = offset
    let isNegative = consume("-")
    var digits = Digits()
    try integerPart(into: &digits)
    var exponent = 0
    if consume(".") {
      let fractionStart = offset
      guard takeDigits(into: &digits) else { throw expected("a digit after the decimal point") }
      exponent = fractionStart - offset
    }
    if let byte, byte | 0x20 == UInt8(ascii: "e") {
      offset += 1
      exponent += try exponentPart()
    }
    let literal = String(decoding: bytes[start..<offset], as: UTF8.self)
    // The fallback reads any literal of this grammar, so the NaN never occurs.
    guard let magnitude = digits.scaled(by: exponent) else {
      return JSONNumber(literal: literal, double: Double(literal[...]) ?? .nan)
    }
    return JSONNumber(literal: literal, double: isNegative ? -magnitude : magnitude)
  }

  private mutating func integerPart(into digits: inout Digits) throws(Fault) {
    let start = offset
    guard takeDigits(into: &digits) else { throw expected("a digit") }
    if bytes[start] == UInt8(ascii: "0"), offset > start + 1 {
      throw fault("a number must not begin with a zero that other digits follow", at: start)
    }
  }

  /// Reads sign and digits of an exponent; beyond ±10,000 every value rounds to zero or an infinity anyway.
  private mutating func exponentPart() throws(Fault) -> Int {
    let isNegative = consume("-")
    if !isNegative { _ = consume("+") }
    var value = 0
    let start = offset
    while let digit = byte.map({ $0 &- UInt8(ascii: "0") }), digit < 10 {
      if value < 10_000 { value = value * 10 + Int(digit) }
      offset += 1
    }
    guard offset > start else { throw expected("a digit in the exponent") }
    return isNegative ? -value : value
  }

  /// Reads digits; false when there is none.
  private mutating func takeDigits(into digits: inout Digits) -> Bool {
    let start = offset
    while offset < bytes.count {
      let digit = bytes[offset] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      digits.append(digit)
      offset += 1
    }
    return offset > start
  }

  /// The digits read so far, as far as they fit.
  private struct Digits {
    private var value: UInt64 = 0
    private var count = 0

    mutating func append(_ digit: UInt8) {
      value = value &* 10 &+ UInt64(digit)
      count += 1
    }

    /// `digits * 10^exponent` where that takes one correctly rounded operation on exact operands (Clinger 1990), else nil.
    func scaled(by exponent: Int) -> Double? {
      guard count <= 15, exponent.magnitude <= 22 else { return nil }
      let digits = Double(value)
      return exponent < 0 ? digits / Self.powersOfTen[-exponent] : digits * Self.powersOfTen[exponent]
    }

    private static let powersOfTen: [Double] = [
      1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
  }
}
