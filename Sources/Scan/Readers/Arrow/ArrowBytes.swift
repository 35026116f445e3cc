/// The bytes of a buffer, or of a part of one, as a range of an array.
struct ArrowBytes: Sendable {
  var array: [UInt8] = []
  var range: Range<Int> = 0..<0

  var count: Int { range.count }

  /// A number at an offset in the range, little end first; the caller has compared its end with `count`.
  @inline(__always)
  func load<Number: FixedWidthInteger>(_ offset: Int) -> Number {
    // Safe because: `bytes` is checked by the array, and every bit pattern is a number.
    array.withUnsafeBytes { bytes in
      precondition(offset >= 0 && range.lowerBound + offset + MemoryLayout<Number>.size <= bytes.count)
      return bytes.loadUnaligned(fromByteOffset: range.lowerBound + offset, as: Number.self)
    }
  }

  /// All numbers in the range, each turned into another: a loop that the compiler can vectorise.
  @inline(__always)
  func map<Number, Value>(_ transform: (Number) -> Value) -> [Value] {
    let count = count / MemoryLayout<Number>.size
    return array.withUnsafeBytes { bytes in
      // Safe because: the range is sliced by the bounds-checked buffer, and `count` numbers fit it. `Number` is one of
      // the standard numbers, for which every bit pattern is a value.
      let numbers = UnsafeRawBufferPointer(rebasing: bytes[range])
      return [Value](unsafeUninitializedCapacity: count) { values, filled in
        for index in 0..<count {
          let number = numbers.loadUnaligned(fromByteOffset: index * MemoryLayout<Number>.size, as: Number.self)
          values.initializeElement(at: index, to: transform(number))
        }
        filled = count
      }
    }
  }
}
