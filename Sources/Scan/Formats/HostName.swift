extension TextFormat {
  static let hostname = TextFormat(
    "hostname",
    "A host name by RFC 1123: labels of letters, digits and inner hyphens. Nobody asks whether it resolves.",
    good: ["example.com", "localhost", "a-1.b"],
    bad: ["-a.b", "a..b", "a_b", "example.com."], { isHostName($0, needsDot: false) })
}

/// A host name by RFC 1123: labels of letters, digits and inner hyphens, 1 to 63 bytes each.
func isHostName(_ text: Span<UInt8>, needsDot: Bool) -> Bool {
  guard text.count > 0, text.count <= 253 else { return false }
  var labelStart = 0
  var labels = 0
  for index in 0...text.count {
    if index < text.count, text[index] != UInt8(ascii: ".") {
      guard ASCII.isAlphanumeric(text[index]) || text[index] == UInt8(ascii: "-") else { return false }
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
