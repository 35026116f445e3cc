/// The named formats of the rule language. Each has a file of its own that says which standard it follows.
package enum TextFormat: String, Sendable, Hashable, CaseIterable {
  case email, url, uuid, ipv4, ipv6, date, timestamp

  /// Whether the bytes are a text of the format.
  func matches(_ text: Span<UInt8>) -> Bool {
    switch self {
    case .email: isEmail(text)
    case .url: isURL(text)
    case .uuid: isUUID(text)
    case .ipv4: isIPv4(text)
    case .ipv6: isIPv6(text)
    case .date: parseDate(text) != nil
    case .timestamp: parseTimestamp(text) != nil
    }
  }
}

/// Letters and digits of ASCII.
@inline(__always)
func isAlphanumeric(_ byte: UInt8) -> Bool {
  byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
}

@inline(__always)
func isHexDigit(_ byte: UInt8) -> Bool {
  byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
}
