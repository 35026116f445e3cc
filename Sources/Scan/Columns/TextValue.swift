/// A text that is kept, ordered by its bytes: the order of its Unicode scalars, where Swift's own follows no other tool.
package struct TextValue: Sendable, Hashable, Comparable {
  package let bytes: [UInt8]

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  package init(_ text: String) { bytes = Array(text.utf8) }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package static func < (a: TextValue, b: TextValue) -> Bool { a.precedes(b.bytes) }

  /// Whether it comes before a text.
  package func precedes(_ other: [UInt8]) -> Bool { bytes.lexicographicallyPrecedes(other) }

  /// The text as a person reads it, cut when it is long.
  package var display: String { Batch.display(bytes[...]) }
}
