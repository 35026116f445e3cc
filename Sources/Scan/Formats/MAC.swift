extension TextFormat {
  static let mac = TextFormat(
    "mac",
    "A 48-bit hardware address: six pairs of hex digits with colons or hyphens, or three groups of four with dots.",
    good: ["00:1a:2B:3c:4D:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"],
    bad: ["001a2b3c4d5e", "00:1a-2b:3c:4d:5e", "00:1a:2b:3c:4d", "00:1g:2b:3c:4d:5e"], isMAC)
}

/// EUI-48 in the forms of IEEE 802 and of Cisco's.
func isMAC(_ text: Span<UInt8>) -> Bool {
  guard text.count == 17 || text.count == 14 else { return false }
  let group = text.count == 17 ? 2 : 4
  let separator = text[group]
  guard group == 4 ? separator == UInt8(ascii: ".") : separator == UInt8(ascii: ":") || separator == UInt8(ascii: "-")
  else { return false }
  for index in text.indices {
    let isBetween = index % (group + 1) == group
    guard isBetween ? text[index] == separator : ASCII.isHexDigit(text[index]) else { return false }
  }
  return true
}
