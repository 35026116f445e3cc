/// URIs and references to them (RFC 3986).
enum URIFormat {
  static func isReference(_ text: [UInt8], needsScheme: Bool) -> Bool {
    var rest = text[...]
    let scheme = rest.prefix { !":/?#".utf8.contains($0) }
    if scheme.endIndex < rest.endIndex, rest[scheme.endIndex] == UInt8(ascii: ":") {
      guard isScheme(scheme) else { return false }
      rest = rest[(scheme.endIndex + 1)...]
    } else if needsScheme {
      return false
    }
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard isText(rest[(hash + 1)...], of: ":@/?") else { return false }
      rest = rest[..<hash]
    }
    if let question = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard isText(rest[(question + 1)...], of: ":@/?") else { return false }
      rest = rest[..<question]
    }
    if rest.starts(with: "//".utf8) {
      let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      guard isAuthority(authority) else { return false }
      rest = rest[authority.endIndex...]
    }
    return isText(rest, of: ":@/")
  }

  private static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, SchemaFormat.isLetter(first) else { return false }
    return text.allSatisfy { SchemaFormat.isLetter($0) || SchemaFormat.isDigit($0) || "+-.".utf8.contains($0) }
  }

  private static func isAuthority(_ text: ArraySlice<UInt8>) -> Bool {
    var host = text
    if let at = host.firstIndex(of: UInt8(ascii: "@")) {
      guard isText(host[..<at], of: ":") else { return false }
      host = host[(at + 1)...]
    }
    let digits = host.reversed().prefix { SchemaFormat.isDigit($0) }.count
    if host.dropLast(digits).last == UInt8(ascii: ":") { host = host.dropLast(digits + 1) }
    if host.first == UInt8(ascii: "[") {
      guard host.last == UInt8(ascii: "]") else { return false }
      return AddressFormat.isIPv6(host.dropFirst().dropLast())
    }
    return isText(host, of: "")
  }

  /// Unreserved characters, sub-delimiters and percent escapes, and the further ones.
  private static func isText(_ text: ArraySlice<UInt8>, of further: String) -> Bool {
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard rest.count >= 2, rest.prefix(2).allSatisfy({ SchemaFormat.isHexDigit($0) }) else { return false }
        rest = rest.dropFirst(2)
      } else if !SchemaFormat.isLetter(byte), !SchemaFormat.isDigit(byte),
        !"-._~!$&'()*+,;=".utf8.contains(byte), !further.utf8.contains(byte)
      {
        return false
      }
    }
    return true
  }
}
