/// Decimals as plain text with all digits of their scale: `-0.50`.
enum DecimalText {
  /// How many bytes an unscaled value may have.
  private static let maximumBytes = 512

  static func append(_ magnitude: UInt64, isNegative: Bool, scale: Int, to text: inout [UInt8]) {
    let start = text.count
    var rest = magnitude
    var digits = 0
    // From the last digit to the first, which is then turned around.
    repeat {
      if digits == scale, scale > 0 { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      digits += 1
    } while rest > 0 || digits <= scale
    if isNegative { text.append(UInt8(ascii: "-")) }
    text[start...].reverse()
  }

  /// Appends a two's complement number with the most significant byte first, of any length.
  static func append(_ source: [UInt8], _ value: Range<Int>, scale: Int, to text: inout [UInt8]) throws(PageFault) {
    guard value.count <= maximumBytes else {
      throw PageFault("a decimal has \(value.count) bytes, more than the limit of \(maximumBytes)", kind: .limit)
    }
    let isNegative = value.first.map { source[$0] >= 0x80 } ?? false
    let sign: UInt8 = isNegative ? 0xFF : 0
    var value = value
    while let first = value.first, value.count > 1, source[first] == sign, source[first + 1] & 0x80 == sign & 0x80 {
      value.removeFirst()
    }
    if value.count <= 8 {
      var bits: Int64 = isNegative ? -1 : 0
      for byte in source[value] { bits = bits << 8 | Int64(byte) }
      append(bits.magnitude, isNegative: isNegative, scale: scale, to: &text)
    } else {
      append(digits: limbs(source[value], isNegative: isNegative), isNegative, scale, to: &text)
    }
  }

  /// The magnitude in groups of nine decimal digits, the lowest first.
  private static func limbs(_ bytes: ArraySlice<UInt8>, isNegative: Bool) -> [UInt64] {
    // The magnitude of a negative number is one more than its bits turned over; the one goes in first.
    var limbs: [UInt64] = [0]
    for byte in bytes {
      var carry = UInt64(isNegative ? ~byte : byte)
      for index in limbs.indices {
        let sum = limbs[index] << 8 + carry
        limbs[index] = sum % 1_000_000_000
        carry = sum / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    guard isNegative else { return limbs }
    for index in limbs.indices {
      limbs[index] += 1
      guard limbs[index] == 1_000_000_000 else { return limbs }
      limbs[index] = 0
    }
    limbs.append(1)
    return limbs
  }

  private static func append(digits limbs: [UInt64], _ isNegative: Bool, _ scale: Int, to text: inout [UInt8]) {
    let start = text.count
    var digits = 0
    for (index, limb) in limbs.enumerated() {
      var rest = limb
      var left = 9
      // The highest group has no leading zeros, except for those of the scale.
      while index < limbs.count - 1 ? left > 0 : rest > 0 {
        if digits == scale, scale > 0 { text.append(UInt8(ascii: ".")) }
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
        left -= 1
        digits += 1
      }
    }
    while digits <= scale {
      if digits == scale, scale > 0 { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0"))
      digits += 1
    }
    if isNegative { text.append(UInt8(ascii: "-")) }
    text[start...].reverse()
  }
}
