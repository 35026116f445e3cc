/// The classes of characters that formats are made of.
enum ASCII {
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  @inline(__always)
  static func isUpperAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isUpper(byte) }

  @inline(__always)
  static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}

extension Span<UInt8> {
  /// Whether every byte is of a class; true for no byte.
  @inline(__always)
  func allSatisfy(_ isMember: (UInt8) -> Bool) -> Bool {
    for index in indices where !isMember(self[index]) { return false }
    return true
  }
}

extension Span<UInt8> {
  /// Whether a word of lower-case letters stands there, in either case.
  func spells(_ word: String, at start: Int) -> Bool {
    guard word.utf8.count <= count - start else { return false }
    for (offset, letter) in word.utf8.enumerated() where self[start + offset] | 0x20 != letter { return false }
    return true
  }

  /// Where a byte stands first.
  func first(_ byte: UInt8) -> Int? {
    for index in indices where self[index] == byte { return index }
    return nil
  }

  /// Whether every part between separators satisfies the test; without a separator the whole is the one part.
  func allParts(separatedBy separator: UInt8, satisfy test: (Span<UInt8>) -> Bool) -> Bool {
    var start = 0
    for index in indices where self[index] == separator {
      guard test(extracting(start..<index)) else { return false }
      start = index + 1
    }
    return test(extracting(start..<count))
  }
}

/// The characters of a text without the single separators between them; nil when one stands at an end, or two stand
/// side by side, or they differ, or more than `limit` characters are left.
func ungrouped(_ text: Span<UInt8>, separators: String, limit: Int) -> [UInt8]? {
  var characters: [UInt8] = []
  var separator: UInt8?
  var isAfterSeparator = true
  for index in text.indices {
    let byte = text[index]
    if separators.utf8.contains(byte) {
      guard !isAfterSeparator, separator ?? byte == byte else { return nil }
      separator = byte
      isAfterSeparator = true
    } else {
      guard characters.count < limit else { return nil }
      characters.append(byte)
      isAfterSeparator = false
    }
  }
  return isAfterSeparator ? nil : characters
}
