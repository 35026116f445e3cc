/// The loops over the bytes of pages in which reading spends its time: with `BitKernels` the only unsafe memory of this
/// reader besides the call of the codecs. Every function checks the ranges that it touches before it touches them, once
/// per call.
///
/// Parquet is little-endian, as are the machines that this is built for.
enum PageKernels {
  /// Copies 64-bit values.
  static func copy64(_ page: [UInt8], at position: Int, count: Int, into values: inout [Int64], at start: Int) {
    check(page, position, count, width: 8)
    check(values, start, count)
    page.withUnsafeBytes { source in
      values.withUnsafeMutableBytes { target in
        // Safe because: both ranges were checked above.
        target.baseAddress?.advanced(by: start * 8)
          .copyMemory(from: source.baseAddress!.advanced(by: position), byteCount: count * 8)
      }
    }
  }

  /// Widens 32-bit values, by their sign or with zeros.
  static func widen32(
    _ page: [UInt8], at position: Int, count: Int, isSigned: Bool, into values: inout [Int64], at start: Int
  ) {
    check(page, position, count, width: 4)
    check(values, start, count)
    page.withUnsafeBytes { source in
      values.withUnsafeMutableBufferPointer { target in
        // Safe because: both ranges were checked above.
        guard let source = source.baseAddress?.advanced(by: position), let target = target.baseAddress else { return }
        let output = target + start
        if isSigned {
          for index in 0..<count {
            output[index] = Int64(source.loadUnaligned(fromByteOffset: 4 &* index, as: Int32.self))
          }
        } else {
          for index in 0..<count {
            output[index] = Int64(source.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self))
          }
        }
      }
    }
  }

  /// Whether all codes are indices of a dictionary with this many entries.
  static func areIndices(_ codes: [Int32], _ range: Range<Int>, of count: Int) -> Bool {
    precondition(range.upperBound <= codes.count)
    return codes.withUnsafeBufferPointer { codes in
      // Safe because: the range lies inside of the array.
      var largest: UInt32 = 0
      for index in range { largest = max(largest, UInt32(bitPattern: codes[unchecked: index])) }
      return Int(largest) < count || range.isEmpty
    }
  }

  /// Looks up codes, all of which are indices of the dictionary.
  static func gather(_ dictionary: [Int64], _ codes: [Int32], count: Int, into values: inout [Int64], at start: Int) {
    precondition(areIndices(codes, 0..<count, of: dictionary.count))
    check(values, start, count)
    dictionary.withUnsafeBufferPointer { dictionary in
      codes.withUnsafeBufferPointer { codes in
        values.withUnsafeMutableBufferPointer { values in
          // Safe because: the codes and both ranges were checked above.
          guard let output = values.baseAddress?.advanced(by: start) else { return }
          for index in 0..<count { output[index] = dictionary[unchecked: Int(codes[unchecked: index])] }
        }
      }
    }
  }

  /// Turns definition levels into states: present at the highest level, null below it. Returns how many are present,
  /// or nil when a level is higher than the highest.
  static func states(
    of levels: [Int32], count: Int, maximum: Int32, into states: inout [UInt8], at start: Int
  ) -> Int? {
    check(levels, 0, count)
    check(states, start, count)
    return levels.withUnsafeBufferPointer { levels in
      states.withUnsafeMutableBufferPointer { states in
        // Safe because: both ranges were checked above.
        guard let output = states.baseAddress?.advanced(by: start) else { return 0 }
        var present: Int32 = 0
        var largest: Int32 = 0
        for index in 0..<count {
          let level = levels[unchecked: index]
          let isPresent: Int32 = level == maximum ? 1 : 0
          output[index] = UInt8(truncatingIfNeeded: isPresent)
          present &+= isPresent
          largest = max(largest, level)
        }
        return largest <= maximum ? Int(present) : nil
      }
    }
  }

  /// Moves the first `present` values of a range to the rows whose state is not null, and fills the others.
  static func spread<Value: BitwiseCopyable>(
    _ values: inout [Value], present: Int, states: [UInt8], range: Range<Int>, filler: Value
  ) {
    precondition(range.upperBound <= values.count && range.upperBound <= states.count && present <= range.count)
    values.withUnsafeMutableBufferPointer { values in
      states.withUnsafeBufferPointer { states in
        // Safe because: the range was checked above, and `source` never passes `target` on its way down.
        guard let values = values.baseAddress, let states = states.baseAddress else { return }
        var source = range.lowerBound + present
        var target = range.upperBound
        while target > range.lowerBound {
          target &-= 1
          if states[target] != 0, source > range.lowerBound {
            source &-= 1
            values[target] = values[source]
          } else {
            values[target] = filler
          }
        }
      }
    }
  }

  /// Finds the ranges of PLAIN byte arrays, each after its 32-bit length; `shift` is added to them. Returns where the
  /// last one ends, or nil when the page ends before that.
  static func ranges(
    _ page: [UInt8], _ bytes: Range<Int>, shift: Int, count: Int, starts: inout [Int32], ends: inout [Int32],
    at start: Int
  ) -> Int? {
    precondition(bytes.upperBound <= page.count && shift + bytes.upperBound <= Int(Int32.max))
    check(starts, start, count)
    check(ends, start, count)
    return page.withUnsafeBytes { page in
      starts.withUnsafeMutableBufferPointer { starts in
        ends.withUnsafeMutableBufferPointer { ends in
          // Safe because: the slots were checked above, and every length is compared with what is left of the page.
          guard let page = page.baseAddress, let starts = starts.baseAddress, let ends = ends.baseAddress else {
            return count == 0 ? bytes.lowerBound : nil
          }
          var position = bytes.lowerBound
          for index in start..<start + count {
            guard bytes.upperBound &- position >= 4 else { return nil }
            let length = Int(page.loadUnaligned(fromByteOffset: position, as: UInt32.self))
            position &+= 4
            guard length <= bytes.upperBound &- position else { return nil }
            starts[index] = Int32(truncatingIfNeeded: position &+ shift)
            position &+= length
            ends[index] = Int32(truncatingIfNeeded: position &+ shift)
          }
          return position
        }
      }
    }
  }

  /// Whether no byte of a range has its highest bit.
  static func isASCII(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    precondition(range.upperBound <= bytes.count)
    return bytes.withUnsafeBytes { bytes in
      // Safe because: the range lies inside of the array, and whole words are loaded only where there are some.
      guard let base = bytes.baseAddress?.advanced(by: range.lowerBound) else { return true }
      var seen = SIMD8<UInt64>(repeating: 0)
      var index = 0
      while index + 64 <= range.count {
        seen |= base.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
        index &+= 64
      }
      var tail: UInt8 = 0
      while index < range.count {
        tail |= base.load(fromByteOffset: index, as: UInt8.self)
        index &+= 1
      }
      return (seen & 0x8080_8080_8080_8080) == SIMD8<UInt64>(repeating: 0) && tail < 0x80
    }
  }

  /// Reads 64-bit patterns as numbers: doubles, floats or half-precision floats.
  static func numbers(_ patterns: [Int64], bits: Int, into numbers: inout [Double]) {
    precondition(patterns.count == numbers.count)
    patterns.withUnsafeBufferPointer { patterns in
      numbers.withUnsafeMutableBufferPointer { numbers in
        // Safe because: both have the same count.
        guard let output = numbers.baseAddress else { return }
        switch bits {
        case 64:
          for index in patterns.indices { output[index] = Double(bitPattern: UInt64(bitPattern: patterns[index])) }
        case 32:
          for index in patterns.indices {
            output[index] = Double(Float(bitPattern: UInt32(truncatingIfNeeded: patterns[index])))
          }
        default:
          for index in patterns.indices {
            output[index] = Double(Float16(bitPattern: UInt16(truncatingIfNeeded: patterns[index])))
          }
        }
      }
    }
  }

  private static func check(_ page: [UInt8], _ position: Int, _ count: Int, width: Int) {
    precondition(position >= 0 && count >= 0 && position <= page.count && count <= (page.count - position) / width)
  }

  private static func check<Value>(_ values: [Value], _ start: Int, _ count: Int) {
    precondition(start >= 0 && count >= 0 && start <= values.count && count <= values.count - start)
  }
}

extension UnsafeBufferPointer {
  /// An element without a check in release builds; the caller has made one for the whole loop.
  @inline(__always)
  fileprivate subscript(unchecked index: Int) -> Element { self[index] }
}
