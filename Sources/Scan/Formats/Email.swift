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
  isAlphanumeric(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
}

/// A host name by RFC 1123: labels of letters, digits and inner hyphens, 1 to 63 bytes each.
func isHostName(_ text: Span<UInt8>, needsDot: Bool) -> Bool {
  guard text.count > 0, text.count <= 253 else { return false }
  var labelStart = 0
  var labels = 0
  for index in 0...text.count {
    if index < text.count, text[index] != UInt8(ascii: ".") {
      guard isAlphanumeric(text[index]) || text[index] == UInt8(ascii: "-") else { return false }
      continue
    }
    let length = index - labelStart
    guard (1...63).contains(length), text[labelStart] != UInt8(ascii: "-"), text[index - 1] != UInt8(ascii: "-")
    else { return false }
    labels += 1
    labelStart = index + 1
  }
  return !needsDot || labels > 1
}
