extension TextFormat {
  static let url = TextFormat(
    "url", "An absolute URL with a host, in ASCII: scheme://host[:port][/path][?query][#fragment] (RFC 3986).",
    good: ["https://a.b/c?d=e#f", "http://[::1]:80"],
    bad: ["example.com", "mailto:a@b.cd", "http://a b"], isURL)
}

/// An absolute URL with a host: `scheme://host[:port][/path][?query][#fragment]` by RFC 3986, in ASCII.
func isURL(_ text: Span<UInt8>) -> Bool {
  guard let colon = schemeEnd(text), colon + 2 < text.count, text[colon + 1] == UInt8(ascii: "/"),
    text[colon + 2] == UInt8(ascii: "/")
  else { return false }
  var end = colon + 3
  var hostStart = end
  while end < text.count, !"/?#".utf8.contains(text[end]) {
    if text[end] == UInt8(ascii: "@") { hostStart = end + 1 }
    end += 1
  }
  guard isAuthority(text.extracting(hostStart..<end)) else { return false }
  let hasUser = hostStart > colon + 3
  guard !hasUser || isText(text.extracting(colon + 3..<hostStart - 1), of: ":") else { return false }
  return isRest(text.extracting(end..<text.count))
}

/// Where the colon after the scheme stands.
private func schemeEnd(_ text: Span<UInt8>) -> Int? {
  var index = 0
  while index < text.count, text[index] != UInt8(ascii: ":") {
    let byte = text[index]
    guard ASCII.isAlphanumeric(byte) || (index > 0 && "+-.".utf8.contains(byte)) else { return nil }
    index += 1
  }
  guard index > 0, index < text.count, text[0] > UInt8(ascii: "9") else { return nil }
  return index
}

/// A host name, an IPv4 address or an IPv6 address in brackets, with an optional port.
private func isAuthority(_ text: Span<UInt8>) -> Bool {
  var end = text.count
  var index = text.count - 1
  while index >= 0, text[index] &- 0x30 < 10 { index -= 1 }
  if index >= 0, text[index] == UInt8(ascii: ":") {
    guard let port = parseInteger(text.extracting((index + 1)..<text.count)), port <= 65535 else { return false }
    end = index
  }
  guard end > 0 else { return false }
  if text[0] == UInt8(ascii: "[") {
    return text[end - 1] == UInt8(ascii: "]") && isIPv6(text.extracting(1..<(end - 1)))
  }
  return isHostName(text.extracting(0..<end), needsDot: false)
}

/// A path, a query and a fragment; only the first `#` begins a fragment.
private func isRest(_ text: Span<UInt8>) -> Bool {
  var hash = 0
  while hash < text.count, text[hash] != UInt8(ascii: "#") { hash += 1 }
  let fragment = text.extracting(min(hash + 1, text.count)..<text.count)
  return isText(text.extracting(0..<hash), of: ":@/?") && isText(fragment, of: ":@/?")
}

/// Unreserved characters, sub-delimiters and percent escapes of RFC 3986, and the further ones.
private func isText(_ text: Span<UInt8>, of further: String) -> Bool {
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte == UInt8(ascii: "%") {
      guard index + 2 < text.count, ASCII.isHexDigit(text[index + 1]), ASCII.isHexDigit(text[index + 2]) else {
        return false
      }
      index += 3
      continue
    }
    guard ASCII.isAlphanumeric(byte) || "-._~!$&'()*+,;=".utf8.contains(byte) || further.utf8.contains(byte)
    else { return false }
    index += 1
  }
  return true
}
