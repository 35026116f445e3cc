extension TextFormat {
  static let vin = TextFormat(
    "vin",
    "A vehicle identification number: 17 upper-case characters without I, O and Q. The check digit is verified where the law asks for one: North America (first character 1 to 5, 7F to 70) and China (L); with check_digit: always for every one.",
    good: ["1M8GDM9AXKP042788", "11111111111111111", "WVWZZZ1KZAW000001"],
    bad: ["1M8GDM9A1KP042788", "1M8GDM9AXKP04278", "WVWZZZ1KZAW00000O", "1m8gdm9axkp042788"],
    option: Option("check_digit", values: ["always"], example: "always") { _ throws(TextFormatError) in
      { isVIN($0) && hasCheckDigit($0) }
    }, { isVIN($0) && (!needsCheckDigit($0) || hasCheckDigit($0)) })
}

/// ISO 3779:2009, 4.
func isVIN(_ text: Span<UInt8>) -> Bool {
  text.count == 17 && text.allSatisfy { ASCII.isUpperAlphanumeric($0) && !"IOQ".utf8.contains($0) }
}

/// Whether 49 CFR 565.15 or GB 16735 asks for a check digit.
private func needsCheckDigit(_ text: Span<UInt8>) -> Bool {
  switch text[0] {
  case UInt8(ascii: "1")...UInt8(ascii: "5"), UInt8(ascii: "L"): true
  // 7A to 7E is New Zealand.
  case UInt8(ascii: "7"): !(UInt8(ascii: "A")...UInt8(ascii: "E")).contains(text[1])
  default: false
  }
}

/// 49 CFR 565.15 (c): the values of the characters by the weights of their places, modulo 11, stand at place nine.
private func hasCheckDigit(_ text: Span<UInt8>) -> Bool {
  let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  // The letters from A on; I, O and Q have none.
  let values = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9]
  var sum = 0
  for index in text.indices {
    let byte = text[index]
    sum += weights[index] * (ASCII.isDigit(byte) ? Int(byte - 0x30) : values[Int(byte - 0x41)])
  }
  let rest = sum % 11
  return text[8] == (rest == 10 ? UInt8(ascii: "X") : UInt8(0x30 + rest))
}
