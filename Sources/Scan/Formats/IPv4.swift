extension TextFormat {
  static let ipv4 = TextFormat(
    "ipv4", "Four decimal numbers from 0 to 255 without leading zeros.",
    good: ["192.0.2.16"],
    bad: ["256.1.1.1", "01.2.3.4", "1.2.3"], isIPv4)
}

/// Four decimal numbers from 0 to 255 without leading zeros (RFC 3986, `dec-octet`).
func isIPv4(_ text: Span<UInt8>) -> Bool {
  var parts = 0
  var index = 0
  while true {
    let start = index
    while index < text.count, index - start < 4, text[index] &- 0x30 < 10 { index += 1 }
    guard (1...3).contains(index - start), let value = parseDigits(text, start..<index), value <= 255,
      index - start == 1 || text[start] != UInt8(ascii: "0")
    else { return false }
    parts += 1
    if index == text.count { return parts == 4 }
    guard parts < 4, text[index] == UInt8(ascii: ".") else { return false }
    index += 1
  }
}
