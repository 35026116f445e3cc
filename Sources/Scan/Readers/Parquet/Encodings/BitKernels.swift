/// The loops over packed bits and split bytes. Every function checks the ranges that it touches before it touches
/// them, once per call.
enum BitKernels {
  /// Unpacks values of up to 32 bits each, which begin at a bit of the page, the lowest bits first.
  static func unpack(
    _ page: [UInt8], bit: Int, width: Int, count: Int, into values: inout [Int32], at start: Int
  ) {
    precondition(0...32 ~= width && bit >= 0 && (bit + count * width + 7) / 8 <= page.count)
    check(values, start, count)
    let mask = (UInt64(1) << UInt64(width)) &- 1
    page.withUnsafeBytes { source in
      values.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        let output = target + start
        var index = 0
        var bit = bit
        // Safe because: the values' bits lie inside of the page and the slots inside of the array, both checked above;
        // eight bytes are loaded only where the page has eight.
        let lastLoad = page.count - 8
        if width <= 8 {
          while index + 8 <= count, bit & 7 == 0, bit >> 3 <= lastLoad {
            let word = source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
            for lane in 0..<8 {
              output[index &+ lane] = Int32(
                truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: lane &* width)) & mask)
            }
            index &+= 8
            bit &+= 8 &* width
          }
        }
        while index < count, bit >> 3 <= lastLoad {
          let word = source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
          output[index] = Int32(truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: bit & 7)) & mask)
          index &+= 1
          bit &+= width
        }
        while index < count {
          var word: UInt64 = 0
          var byte = bit >> 3
          var shift: UInt64 = 0
          while byte < page.count {
            word |= UInt64(source.load(fromByteOffset: byte, as: UInt8.self)) &<< shift
            byte &+= 1
            shift &+= 8
          }
          output[index] = Int32(truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: bit & 7)) & mask)
          index &+= 1
          bit &+= width
        }
      }
    }
  }

  /// Adds up differences of up to 64 bits each, which begin at a bit of the page, on top of the smallest. Returns the
  /// last sum.
  static func sum(
    _ page: [UInt8], bit: Int, width: Int, count: Int, smallest: Int64, from first: Int64, into sums: inout [Int64],
    at start: Int
  ) -> Int64 {
    precondition(0...64 ~= width && bit >= 0 && (bit + count * width + 7) / 8 <= page.count)
    check(sums, start, count)
    let mask = width == 64 ? UInt64.max : UInt64(1) << UInt64(width) &- 1
    return page.withUnsafeBytes { source in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let source = source.baseAddress, let sums = sums.baseAddress else { return first }
        let output = sums + start
        var sum = first
        var bit = bit
        for index in 0..<count {
          // Safe because: a value's bits lie inside of the page, checked above; a ninth byte is read only when the value
          // reaches into it, and eight are loaded only where the page has eight.
          let byte = bit >> 3
          let shift = bit & 7
          var word: UInt64 = 0
          if byte <= page.count &- 8 {
            word = source.loadUnaligned(fromByteOffset: byte, as: UInt64.self)
          } else {
            for tail in byte..<max(byte, page.count) {
              word |= UInt64(source.load(fromByteOffset: tail, as: UInt8.self)) &<< UInt64((tail &- byte) &* 8)
            }
          }
          var difference = word &>> UInt64(shift)
          if shift &+ width > 64 {
            let ninth = UInt64(source.load(fromByteOffset: byte &+ 8, as: UInt8.self))
            difference |= ninth &<< UInt64(64 &- shift)
          }
          sum = sum &+ smallest &+ Int64(bitPattern: difference & mask)
          output[index] = sum
          bit &+= width
        }
        return sum
      }
    }
  }

  /// Joins values of up to 64 bits whose bytes lie in streams of their own, the lowest bytes first.
  static func join(
    _ page: [UInt8], at position: Int, stride: Int, width: Int, count: Int, into values: inout [Int64], at start: Int
  ) {
    precondition(1...8 ~= width && stride >= count && position >= 0)
    precondition(position + (width - 1) * stride + count <= page.count)
    check(values, start, count)
    page.withUnsafeBufferPointer { source in
      values.withUnsafeMutableBufferPointer { target in
        // Safe because: the last byte of every stream and both ends of the slots were checked above.
        guard let source = source.baseAddress, let output = target.baseAddress?.advanced(by: start) else { return }
        for index in 0..<count { output[index] = 0 }
        for byte in 0..<width {
          let stream = source + (position &+ byte &* stride)
          let shift = Int64(8 &* byte)
          for index in 0..<count { output[index] |= Int64(stream[index]) &<< shift }
        }
      }
    }
  }

  private static func check<Value>(_ values: [Value], _ start: Int, _ count: Int) {
    precondition(start >= 0 && count >= 0 && start <= values.count && count <= values.count - start)
  }
}
