/// The shapes of texts and how frequent they are.
///
/// A shape has `A` for an upper-case letter of ASCII, `a` for a lower-case one, `9` for a digit, and every other
/// character as it is; of equal ones in a row it has one and a `+`: `AB-1234` has the shape `A+-9+`. Longer shapes than
/// 64 bytes end with `…`.
package struct PatternCounts: Sendable, Equatable {
  private static let longestShape = 64

  /// The shapes, with the bounds of their counts.
  package private(set) var shapes: FrequentItems

  /// - Parameter lgMaxMapSize: As of `FrequentItems`.
  package init(lgMaxMapSize: Int = 10) { shapes = FrequentItems(lgMaxMapSize: lgMaxMapSize) }

  /// The most frequent shapes, each with the bounds of its count: all that are certainly more frequent than any that
  /// is missing.
  package func top(_ limit: Int) -> [FrequentItems.Row] {
    Array(shapes.frequentItems(.noFalsePositives).prefix(limit))
  }

  package mutating func update(_ texts: CountedTexts) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestShape + 8) { buffer in
      texts.forEach { text, _, rows in
        let shape = UnsafeBufferPointer(rebasing: buffer[..<Self.shape(of: text, into: buffer)])
        shapes.update(shape.span, hash: Murmur3.hash(shape.span), count: rows)
      }
    }
  }

  package mutating func merge(_ other: PatternCounts) { shapes.merge(other.shapes) }

  /// Writes the shape of a text; returns its length.
  @inline(__always)
  static func shape(of text: Span<UInt8>, into shape: UnsafeMutableBufferPointer<UInt8>) -> Int {
    // Safe because: a step writes one byte, at `longestShape + 4` at most, or three at the end, and the buffer has eight
    // more than `longestShape`.
    table.withUnsafeBufferPointer { table in
      var length = 0
      var last: UInt8 = 0x80
      // All bits set in a run; masks, so that no branch waits for the texts.
      var run: UInt8 = 0
      for index in text.indices {
        let symbol = table[Int(text[index])]
        // Bytes beyond ASCII are parts of characters, so that equal ones are no run.
        let difference = (symbol ^ last) | (symbol & 0x80)
        // The highest bit of what is below zero, spread over all.
        let same = UInt8(bitPattern: Int8(bitPattern: ~difference & (difference &- 1)) &>> 7)
        // A character is cut nowhere but before its first byte.
        if length >= longestShape, same == 0, symbol & 0xC0 != 0x80 || length >= longestShape + 3 {
          (shape[length], shape[length + 1], shape[length + 2]) = (0xE2, 0x80, 0xA6)
          return length + 3
        }
        shape[length] = symbol ^ (symbol ^ UInt8(ascii: "+")) & same
        length &+= Int(1 &- (same & run & 1))
        run = same
        last = symbol
      }
      return length
    }
  }

  private static let table: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(ascii: "a")
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(ascii: "A")
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(ascii: "9")
    default: byte
    }
  }
}
