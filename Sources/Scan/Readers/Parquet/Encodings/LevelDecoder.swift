/// Decodes definition or repetition levels.
enum LevelDecoder {
  /// The column has no such levels: all are 0.
  case none
  case runs(RunDecoder)
  /// The deprecated BIT_PACKED encoding: the highest bits first, without a length.
  case packed(bit: Int, width: Int, end: Int)

  /// How many bits a level takes.
  static func width(_ maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }

  /// Levels of a page of version 1, whose bytes begin at `position`, which is moved behind them.
  init(
    _ page: [UInt8], _ position: inout Int, end: Int, encoding: Int, maximum: Int, count: Int
  ) throws(PageFault) {
    let width = Self.width(maximum)
    guard width > 0 else {
      self = .none
      return
    }
    switch PageEncoding(rawValue: encoding) {
    case .runs:
      let length = try PageBytes.length(page, &position, end: end)
      self = .runs(try RunDecoder(position..<position + length, width: width))
      position += length
    case .bitPacked:
      // A page has fewer than 2^31 values and a level at most 8 bits.
      let length = (count * width + 7) / 8
      guard length <= end - position else { throw .endsEarly }
      self = .packed(bit: position * 8, width: width, end: (position + length) * 8)
      position += length
    default:
      throw PageFault("its levels have the unknown encoding \(encoding)", kind: .unreadable)
    }
  }

  /// Levels of a page of version 2.
  init(_ range: Range<Int>, maximum: Int) throws(PageFault) {
    let width = Self.width(maximum)
    self = width == 0 ? .none : .runs(try RunDecoder(range, width: width))
  }

  /// When all of the next levels are the same and that is known at once, steps over them and returns their value.
  mutating func constant(_ count: Int, in page: [UInt8]) throws(PageFault) -> Int32? {
    switch self {
    case .none: return 0
    case .runs(var runs):
      let value = try runs.constant(count, in: page)
      self = .runs(runs)
      return value
    case .packed: return nil
    }
  }

  mutating func read(_ count: Int, from page: [UInt8], into levels: inout [Int32]) throws(PageFault) {
    switch self {
    case .none:
      for index in 0..<count { levels[index] = 0 }
    case .runs(var runs):
      try runs.read(count, from: page, into: &levels, at: 0)
      self = .runs(runs)
    case .packed(var bit, let width, let end):
      guard count * width <= end - bit else { throw .endsEarly }
      for index in 0..<count {
        var level: Int32 = 0
        for _ in 0..<width {
          level = level << 1 | Int32(page[bit >> 3] >> UInt8(7 - bit & 7) & 1)
          bit += 1
        }
        levels[index] = level
      }
      self = .packed(bit: bit, width: width, end: end)
    }
  }
}

/// Lengths and numbers in the bytes of pages.
enum PageBytes {
  /// Reads a 32-bit length, which must lie within the bytes after it, and moves behind it.
  static func length(_ page: [UInt8], _ position: inout Int, end: Int) throws(PageFault) -> Int {
    guard end - position >= 4 else { throw .endsEarly }
    let length = littleEndian(page, position, 4)
    position += 4
    guard length <= UInt64(end - position) else { throw .endsEarly }
    return Int(length)
  }

  /// A number of up to 8 bytes.
  static func littleEndian(_ page: [UInt8], _ position: Int, _ width: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(page[position + index]) << UInt64(8 * index) }
    return value
  }

  /// A number of up to 64 bits in groups of seven, as Thrift and DELTA_BINARY_PACKED write it.
  static func varint(_ page: [UInt8], _ position: inout Int, end: Int) throws(PageFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard position < end else { throw .endsEarly }
      let byte = page[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw PageFault("a number has more than 64 bits")
  }
}
