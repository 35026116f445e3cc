/// The formats by name. All are decided on bytes, in linear time.
enum SchemaFormat {
  typealias Predicate = @Sendable ([UInt8]) -> Bool

  static let all: [String: Predicate] = [
    "date": { DateTimeFormat.isDate($0[...]) },
    "time": { DateTimeFormat.isTime($0[...]) },
    "date-time": DateTimeFormat.isDateTime,
    "duration": DateTimeFormat.isDuration,
    "email": AddressFormat.isEmail,
    "hostname": { AddressFormat.isHostName($0[...]) },
    "ipv4": { AddressFormat.isIPv4($0[...]) },
    "ipv6": { AddressFormat.isIPv6($0[...]) },
    "uri": { URIFormat.isReference($0, needsScheme: true) },
    "uri-reference": { URIFormat.isReference($0, needsScheme: false) },
    "uuid": isUUID,
    "json-pointer": { isPointer($0[...]) },
    "relative-json-pointer": isRelativePointer,
  ]

  /// RFC 9562: 8-4-4-4-12 hexadecimal digits.
  private static let isUUID: Predicate = { text in
    text.count == 36
      && text.indices.allSatisfy {
        [8, 13, 18, 23].contains($0) ? text[$0] == UInt8(ascii: "-") : isHexDigit(text[$0])
      }
  }

  /// RFC 6901, section 3: `/`-separated, `~` only before 0 or 1.
  private static func isPointer(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.isEmpty || text.first == UInt8(ascii: "/") else { return false }
    return text.indices.allSatisfy { index in
      guard text[index] == UInt8(ascii: "~") else { return true }
      return index + 1 < text.endIndex && (text[index + 1] == UInt8(ascii: "0") || text[index + 1] == UInt8(ascii: "1"))
    }
  }

  /// How many levels up, then a pointer or `#` (draft-bhutton-relative-json-pointer-00, without the index change).
  private static let isRelativePointer: Predicate = { text in
    let digits = text.prefix { isDigit($0) }
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
    let rest = text[digits.endIndex...]
    return rest.elementsEqual([UInt8(ascii: "#")]) || isPointer(rest)
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
