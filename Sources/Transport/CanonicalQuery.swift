/// A query as AWS Signature Version 4 signs it ("Create a canonical request"): its parameters by name and value, each with
/// an equals sign.
struct CanonicalQuery: Sendable, Equatable {
  let text: String

  /// Nil for a query with a character that has to be escaped, or with an escape that is written otherwise: to sign it would
  /// be to guess what is meant.
  init?(_ query: String) {
    var parameters: [(name: [UInt8], value: [UInt8])] = []
    for parameter in query.utf8.split(separator: UInt8(ascii: "&")) {
      let parts = parameter.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let (name, value) = (Array(parts[0]), parts.count > 1 ? Array(parts[1]) : [])
      guard Self.isCanonical(name), Self.isCanonical(value) else { return nil }
      parameters.append((name, value))
    }
    parameters.sort { a, b in
      a.name == b.name ? a.value.lexicographicallyPrecedes(b.value) : a.name.lexicographicallyPrecedes(b.name)
    }
    text = parameters.map { String(decoding: $0.name + [UInt8(ascii: "=")] + $0.value, as: UTF8.self) }
      .joined(separator: "&")
  }

  /// Letters, digits and `-._~` as they are, anything else as `%` and two upper-case digits.
  private static func isCanonical(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        continue
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ "0123456789ABCDEF".utf8.contains($0) }) else { return false }
        rest = rest.dropFirst(2)
      default:
        guard "-._~".utf8.contains(byte) else { return false }
      }
    }
    return true
  }
}
