/// Names and addresses of machines and mailboxes.
enum AddressFormat {
  /// RFC 1123, section 2.1: labels of letters, digits and inner hyphens, 63 bytes each, 253 together.
  static func isHostName(_ text: ArraySlice<UInt8>) -> Bool {
    let labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return text.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
          && label.allSatisfy { SchemaFormat.isDigit($0) || SchemaFormat.isLetter($0) || $0 == UInt8(ascii: "-") }
      }
  }

  /// RFC 2673, section 3.2: four decimal numbers from 0 to 255 without leading zeros.
  static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { SchemaFormat.isDigit($0) }
          && (part.count == 1 || part.first != UInt8(ascii: "0")) && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } < 256
      }
  }

  /// RFC 4291, section 2.2: eight groups, one run of them left out as `::`, the last two perhaps as IPv4; no zone.
  static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    let gaps = text.indices.filter { $0 + 1 < text.endIndex && text[$0] == colon && text[$0 + 1] == colon }
    guard gaps.count <= 1 else { return false }
    guard let gap = gaps.first else { return groups(text, mayEndInIPv4: true) == 8 }
    guard let left = groups(text[..<gap], mayEndInIPv4: false),
      let right = groups(text[(gap + 2)...], mayEndInIPv4: true)
    else { return false }
    return left + right <= 7
  }

  private static let colon = UInt8(ascii: ":")

  /// How many groups there are; nil when one of them is none.
  private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
    if text.isEmpty { return 0 }
    var groups = text.split(separator: colon, omittingEmptySubsequences: false)
    var count = 0
    if mayEndInIPv4, let last = groups.last, last.contains(UInt8(ascii: ".")) {
      guard isIPv4(last) else { return nil }
      groups.removeLast()
      count = 2
    }
    guard groups.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy { SchemaFormat.isHexDigit($0) } }) else {
      return nil
    }
    return count + groups.count
  }

  /// RFC 5321, section 4.1.2: a dot-string or a quoted string, and a host name or an address in brackets.
  static let isEmail: SchemaFormat.Predicate = { text in
    guard let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let (local, domain) = (text[..<at], text[(at + 1)...])
    return (isDotString(local) || isQuoted(local)) && (isHostName(domain) || isLiteral(domain))
  }

  private static func isDotString(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          SchemaFormat.isDigit($0) || SchemaFormat.isLetter($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0)
        }
    }
  }

  private static func isQuoted(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else { return false }
    var rest = text.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      let isEscape = byte == UInt8(ascii: "\\")
      guard let shown = isEscape ? rest.popFirst() : byte, (0x20...0x7E).contains(shown),
        isEscape || shown != UInt8(ascii: "\"")
      else { return false }
    }
    return true
  }

  private static func isLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return false }
    let address = text.dropFirst().dropLast()
    return isIPv4(address) || address.starts(with: "IPv6:".utf8) && isIPv6(address.dropFirst(5))
  }
}
