/// A UUID in its 8-4-4-4-12 form, either case, any version (RFC 9562).
func isUUID(_ text: Span<UInt8>) -> Bool {
  guard text.count == 36 else { return false }
  for index in text.indices {
    switch index {
    case 8, 13, 18, 23: guard text[index] == UInt8(ascii: "-") else { return false }
    default: guard isHexDigit(text[index]) else { return false }
    }
  }
  return true
}
