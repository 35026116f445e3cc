/// What stands for a set of rows by their keys and one more fact of each. With keys the order of the rows does not count,
/// and rows that repeat do; without keys the order is all that tells rows apart.
///
/// Each row becomes one hash (FNV-1a with 64 bits, then the finisher of SplitMix64), of which two different sums are kept:
/// 128 bits, as a fingerprint against mistakes and not against attackers.
package struct RowSetDigest: Sendable, Hashable, CustomStringConvertible {
  private var first: UInt64 = 0
  private var second: UInt64 = 0

  /// - Parameters:
  ///   - keys: the keys of the rows; nil where their order stands for them.
  ///   - facts: a hash of what else belongs to each row.
  package init(keys: CollectedKeys?, facts: [UInt64]) {
    for row in facts.indices {
      var hash = keys.map { $0.withKey(row, Self.digest) } ?? UInt64(row)
      hash = Self.mixed(hash &+ Self.mixed(facts[row]))
      first &+= hash
      second &+= Self.mixed(hash)
    }
  }

  /// The hash of a text, for facts.
  package static func digest(of text: String) -> UInt64 { digest(Array(text.utf8).span) }

  /// FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv).
  private static func digest(_ bytes: Span<UInt8>) -> UInt64 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in bytes.indices { state = (state ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 }
    return state
  }

  /// Spreads every bit over all (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// Thirty-two hexadecimal digits.
  package var description: String {
    [first, second].map { part in
      let digits = String(part, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
