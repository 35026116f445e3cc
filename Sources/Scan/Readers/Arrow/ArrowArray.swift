/// Some rows of a field, loaded and checked: every offset and index lies where it may.
struct ArrowArray: Sendable {
  indirect enum Values: Sendable {
    /// All null.
    case none
    /// Bits, the lowest first, from the bit `first` on.
    case bits(ArrowBytes, first: Int)
    case fixed(ArrowBytes, width: Int)
    /// Where each row's bytes are.
    case ranges([UInt8], starts: [Int32], ends: [Int32])
    /// Where each row's elements are among those of the child.
    case list(starts: [Int], ends: [Int], ArrowArray)
    /// So many elements of the child for every row.
    case fixedList(Int, ArrowArray)
    case structure([ArrowArray])
    case codes([Int32], ArrowDictionary)
  }

  var field: ArrowField
  var count: Int
  /// 1 for every row that has a value; nil when all have.
  var validity: [UInt8]?
  var values: Values

  func isNull(_ row: Int) -> Bool {
    if case .none = values { return true }
    return validity.map { $0[row] == 0 } ?? false
  }

  /// Whether the values are told as JSON.
  var isNested: Bool {
    switch values {
    case .list, .fixedList, .structure: true
    default: false
    }
  }

  /// A bit of a bitmap.
  @inline(__always)
  static func bit(_ bytes: ArrowBytes, _ index: Int) -> UInt8 {
    bytes.array[bytes.range.lowerBound + index >> 3] >> UInt8(index & 7) & 1
  }

  /// A bitmap as a byte a bit.
  static func unpack(_ bytes: ArrowBytes, first: Int, count: Int) -> [UInt8] {
    let span = bytes.array.span
    let base = bytes.range.lowerBound
    return [UInt8](unsafeUninitializedCapacity: count) { states, filled in
      // Safe because: the span checks what is read, and exactly `count` states are written.
      for index in 0..<count {
        let bit = first &+ index
        states.initializeElement(at: index, to: span[base &+ bit >> 3] >> UInt8(truncatingIfNeeded: bit & 7) & 1)
      }
      filled = count
    }
  }
}
