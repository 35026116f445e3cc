internal import CKernels

/// What is true of all texts of some rows together.
struct TextFacts: Sendable, Equatable {
  /// Between which lengths, in Unicode scalars, they are.
  let lengths: ClosedRange<Int>
  /// Which lengths in bytes they have, as a set of bits; from 63 on all are one.
  private let byteLengths: UInt64
  /// Whether all their characters are of ASCII.
  let areASCII: Bool
  /// Whether none begins or ends with white space: false when that was not found out.
  let areTrimmed: Bool

  /// Of the texts of a column, entries of its dictionary that no row has among them; nil when there are none. O(bytes).
  init?(_ text: TextColumn) {
    // Safe because: the ranges of a column lie in its bytes.
    let facts = ck_find_text_facts(text.bytes, text.starts, text.ends, text.ends.count)
    guard facts.present > 0 else { return nil }
    lengths = Int(facts.shortest)...Int(facts.longest)
    byteLengths = facts.byte_lengths
    areASCII = facts.is_ascii
    areTrimmed = facts.is_trimmed
  }

  /// Whether a text of so many bytes may be among them.
  func mayHave(byteLength: Int) -> Bool { byteLengths & Self.bit(of: byteLength) != 0 }

  /// The bit of a length in bytes.
  static func bit(of byteLength: Int) -> UInt64 { 1 << min(UInt64(byteLength), 63) }
}
