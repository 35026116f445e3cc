/// DELTA_BINARY_PACKED: blocks of differences from one value to the next, bit-packed in miniblocks of their own widths
/// (Encodings.md). Sums wrap around, as the format defines.
struct DeltaDecoder {
  private static let maximumBlock = 1 << 20

  /// How many values are left.
  private(set) var left: Int
  private let end: Int
  private let miniblockCount: Int
  private let miniblockSize: Int
  private var position: Int
  private var value: Int64
  private var isFirst = true
  /// The current block: its smallest difference and the widths of its miniblocks.
  private var smallest: Int64 = 0
  private var widths: Range<Int> = 0..<0
  /// The current miniblock: its width, how many of its values are left, and the bit of the next.
  private var width = 0
  private var miniblockLeft = 0
  private var bit = 0

  init(_ page: [UInt8], _ range: Range<Int>) throws(PageFault) {
    end = range.upperBound
    position = range.lowerBound
    let block = try PageBytes.varint(page, &position, end: end)
    let miniblocks = try PageBytes.varint(page, &position, end: end)
    let total = try PageBytes.varint(page, &position, end: end)
    let first = try PageBytes.varint(page, &position, end: end)
    guard 1...UInt64(Self.maximumBlock) ~= block, 1...block ~= miniblocks, block % miniblocks == 0,
      block / miniblocks % 8 == 0
    else { throw PageFault("its blocks of differences have impossible sizes") }
    guard total <= UInt64(Int32.max) else { throw PageFault("it claims \(total) differences") }
    miniblockCount = Int(miniblocks)
    miniblockSize = Int(block / miniblocks)
    left = Int(total)
    value = Self.zigzag(first)
  }

  mutating func read(_ count: Int, from page: [UInt8], into values: inout [Int64], at start: Int) throws(PageFault) {
    guard count <= left else { throw .endsEarly }
    left -= count
    var index = start
    let stop = start + count
    if isFirst, index < stop {
      isFirst = false
      values[index] = value
      index += 1
    }
    while index < stop {
      if miniblockLeft == 0 { try nextMiniblock(page) }
      let step = min(miniblockLeft, stop - index)
      guard (bit + step * width + 7) / 8 <= end else { throw .endsEarly }
      value = BitKernels.sum(
        page, bit: bit, width: width, count: step, smallest: smallest, from: value, into: &values, at: index)
      index += step
      bit += step * width
      miniblockLeft -= step
    }
  }

  /// Where the bytes after these values begin. Reads the heads of blocks only.
  func bytesEnd(_ page: [UInt8]) throws(PageFault) -> Int {
    var walk = self
    // The first value is in the head, and miniblocks without values are not written.
    var differences = max(0, left - 1)
    while differences > 0 {
      try walk.nextMiniblock(page)
      differences -= miniblockSize
    }
    guard walk.position <= end else { throw .endsEarly }
    return walk.position
  }

  private mutating func nextMiniblock(_ page: [UInt8]) throws(PageFault) {
    if widths.isEmpty {
      smallest = Self.zigzag(try PageBytes.varint(page, &position, end: end))
      guard end - position >= miniblockCount else { throw .endsEarly }
      widths = position..<position + miniblockCount
      position += miniblockCount
    }
    guard position <= end else { throw .endsEarly }
    width = Int(page[widths.lowerBound])
    widths = widths.dropFirst()
    guard width <= 64 else { throw PageFault("its differences have \(width) bits") }
    bit = position * 8
    position += miniblockSize / 8 * width
    miniblockLeft = miniblockSize
  }

  private static func zigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(value & 1) }
}
