/// The hybrid of runs and bit-packed groups (RLE in Encodings.md), in which levels, dictionary codes and booleans are
/// written. It decodes as much as it is asked for, so a run of any length costs no memory.
struct RunDecoder {
  private let width: Int
  private let end: Int
  private var position: Int
  /// What is left of the current run, and its value.
  private var runLeft = 0
  private var runValue: Int32 = 0
  /// What is left of the current bit-packed groups, and the bit where it begins.
  private var packedLeft = 0
  private var packedBit = 0

  /// Decodes values of up to 32 bits from a range of the page.
  init(_ range: Range<Int>, width: Int) throws(PageFault) {
    guard 0...32 ~= width else { throw PageFault("its codes have \(width) bits") }
    self.width = width
    position = range.lowerBound
    end = range.upperBound
  }

  /// When all of the next values are the same and the run says so, steps over them and returns their value.
  mutating func constant(_ count: Int, in page: [UInt8]) throws(PageFault) -> Int32? {
    if runLeft == 0, packedLeft == 0, count > 0 { try nextRun(page) }
    guard runLeft >= count else { return nil }
    runLeft -= count
    return runValue
  }

  mutating func read(_ count: Int, from page: [UInt8], into values: inout [Int32], at start: Int) throws(PageFault) {
    var start = start
    let stop = start + count
    while start < stop {
      if runLeft > 0 {
        let step = min(runLeft, stop - start)
        for index in start..<start + step { values[index] = runValue }
        runLeft -= step
        start += step
      } else if packedLeft > 0 {
        let step = min(packedLeft, stop - start)
        BitKernels.unpack(page, bit: packedBit, width: width, count: step, into: &values, at: start)
        packedLeft -= step
        packedBit += step * width
        start += step
      } else {
        try nextRun(page)
      }
    }
  }

  private mutating func nextRun(_ page: [UInt8]) throws(PageFault) {
    while runLeft == 0, packedLeft == 0 {
      let head = try varint(page)
      let count = Int(head >> 1)
      if head & 1 == 1, width > 0 {
        // The last groups may be cut off where the values end.
        packedBit = position * 8
        packedLeft = min(count * 8, (end - position) * 8 / width)
        position = min(end, position + count * width)
      } else {
        runLeft = head & 1 == 1 ? count * 8 : count
        let bytes = (width + 7) / 8
        guard end - position >= bytes else { throw .endsEarly }
        var value: UInt32 = 0
        for index in 0..<bytes { value |= UInt32(page[position + index]) << UInt32(8 * index) }
        guard width == 32 || value >> UInt32(width) == 0 else { throw PageFault("a run's value has too many bits") }
        runValue = Int32(bitPattern: value)
        position += bytes
      }
    }
  }

  private mutating func varint(_ page: [UInt8]) throws(PageFault) -> UInt32 {
    guard let length = UInt32(exactly: try PageBytes.varint(page, &position, end: end)) else {
      throw PageFault("a run's length has more than 32 bits")
    }
    return length
  }
}
