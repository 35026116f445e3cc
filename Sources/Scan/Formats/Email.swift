extension TextFormat {
  static let email = TextFormat(
    "email", "An address as HTML accepts it, with a dot in its domain. Nobody asks whether it exists.",
    good: ["user@example.com", "a.b+c@sub.example.org"],
    bad: ["user@localhost", "a..b@c.de", "a b@c.de"], isEmail)
}

/// An address as HTML's `<input type=email>` accepts it: what people mean by an address, without the comments,
/// quoted local parts and address literals of RFC 5322. The domain needs a dot, and the whole at most 254 bytes
/// (RFC 5321, 4.5.3.1).
func isEmail(_ text: Span<UInt8>) -> Bool {
  guard text.count <= 254 else { return false }
  var at = -1
  for index in text.indices where text[index] == UInt8(ascii: "@") {
    guard at < 0 else { return false }
    at = index
  }
  guard (1...64).contains(at), text[0] != UInt8(ascii: "."), text[at - 1] != UInt8(ascii: ".") else { return false }
  for index in 0..<at {
    guard isLocal(text[index]) else { return false }
    if text[index] == UInt8(ascii: "."), text[index + 1] == UInt8(ascii: ".") { return false }
  }
  return isHostName(text.extracting((at + 1)..<text.count), needsDot: true)
}

private func isLocal(_ byte: UInt8) -> Bool {
  ASCII.isAlphanumeric(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
}
