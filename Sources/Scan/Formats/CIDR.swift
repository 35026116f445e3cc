extension TextFormat {
  static let cidr = TextFormat(
    "cidr", "An IPv4 or IPv6 address, a slash and the length of the network prefix. Bits behind the prefix may be set.",
    good: ["192.0.2.0/24", "2001:db8::/32", "10.1.2.3/8"],
    bad: ["192.0.2.0", "192.0.2.0/33", "::/129", "10.0.0.0/08", "10.0.0.0/+8"], isCIDR)
}

/// RFC 4632, 3.1 and RFC 4291, 2.3.
func isCIDR(_ text: Span<UInt8>) -> Bool {
  for slash in text.indices where text[slash] == UInt8(ascii: "/") {
    let digits = slash + 1..<text.count
    guard (1...3).contains(digits.count), let length = parseDigits(text, digits),
      digits.count == 1 || text[slash + 1] != UInt8(ascii: "0")
    else { return false }
    let address = text.extracting(0..<slash)
    return length <= 32 && isIPv4(address) || length <= 128 && isIPv6(address)
  }
  return false
}
