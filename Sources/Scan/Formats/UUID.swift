extension TextFormat {
  static let uuid = TextFormat(
    "uuid", "A UUID in its 8-4-4-4-12 form, either case, any version (RFC 9562).",
    good: ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
    bad: ["f81d4fae7dec11d0a76500a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}"], isUUID)
}

/// A UUID in its 8-4-4-4-12 form, either case, any version (RFC 9562).
func isUUID(_ text: Span<UInt8>) -> Bool {
  guard text.count == 36 else { return false }
  for index in text.indices {
    switch index {
    case 8, 13, 18, 23: guard text[index] == UInt8(ascii: "-") else { return false }
    default: guard ASCII.isHexDigit(text[index]) else { return false }
    }
  }
  return true
}
