extension TextFormat {
  static let ipv6 = TextFormat(
    "ipv6", "An address by RFC 4291, without a zone.",
    good: ["2001:db8::8:800:200c:417a", "::ffff:129.144.52.38"],
    bad: ["1::2::3", "fe80::1%eth0", "[::1]"], isIPv6)
}

/// An IPv6 address by RFC 4291, 2.2: eight groups of hex digits, one `::`, an IPv4 tail; no zone.
func isIPv6(_ text: Span<UInt8>) -> Bool {
  var groups = 0
  var hasGap = false
  var index = 0
  if text.count >= 2, text[0] == UInt8(ascii: ":") {
    guard text[1] == UInt8(ascii: ":") else { return false }
    hasGap = true
    index = 2
    if index == text.count { return true }
  }
  while true {
    let start = index
    while index < text.count, index - start < 5, ASCII.isHexDigit(text[index]) { index += 1 }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      guard isIPv4(text.extracting(start..<text.count)) else { return false }
      groups += 2
      break
    }
    guard (1...4).contains(index - start) else { return false }
    groups += 1
    if index == text.count { break }
    guard text[index] == UInt8(ascii: ":"), index + 1 < text.count else { return false }
    index += 1
    if text[index] == UInt8(ascii: ":") {
      guard !hasGap else { return false }
      hasGap = true
      index += 1
      if index == text.count { break }
    }
  }
  return hasGap ? groups <= 7 : groups == 8
}
