/// Values of a fixed width, decoded as 64-bit patterns: integers by their value, numbers by their bits.
struct FixedValues: PageValues {
  enum Layout {
    case boolean
    case int32
    /// 32 bits that are widened with zeros: unsigned integers and the bits of floats.
    case bits32
    case int64
    /// Nanoseconds of a day and a Julian day.
    case int96
    /// The bits of half-precision floats, two bytes.
    case bits16
  }

  private enum Decoder {
    case plain(position: Int)
    case bits(position: Int)
    case runs(RunDecoder)
    case delta(DeltaDecoder)
    /// Byte-stream split: the place among this many values, whose streams begin at a byte.
    case split(index: Int, count: Int, start: Int)
    case codes(RunDecoder)
  }

  /// What an INT96 timestamp becomes that does not fit in 64 bits of nanoseconds.
  static let unrepresentable = Int64.min

  private let layout: Layout
  private var dictionary: [Int64] = []
  private var hasDictionary = false
  private var decoder = Decoder.plain(position: 0)
  private var end = 0
  private var codes: [Int32] = []

  init(_ leaf: ParquetLeaf) {
    layout =
      switch leaf.physical {
      case .boolean: .boolean
      case .int32: if case .integer(_, isSigned: false) = leaf.type { .bits32 } else { .int32 }
      case .int64, .double: .int64
      case .int96: .int96
      case .float: .bits32
      case .byteArray, .fixedLengthByteArray: .bits16
      }
  }

  /// Bytes a PLAIN value takes; 0 for booleans, which take a bit.
  private var width: Int {
    switch layout {
    case .boolean: 0
    case .bits16: 2
    case .int32, .bits32: 4
    case .int64: 8
    case .int96: 12
    }
  }

  mutating func setDictionary(_ bytes: [UInt8], _ range: Range<Int>, count: Int) throws(PageFault) {
    guard layout != .boolean else { throw PageFault("booleans have no dictionary") }
    guard count >= 0, count <= range.count / width else { throw .endsEarly }
    dictionary = [Int64](repeating: 0, count: count)
    decodePlain(bytes, range.lowerBound, count, &dictionary, 0)
    hasDictionary = true
  }

  mutating func begin(_ bytes: [UInt8], _ range: Range<Int>, encoding: PageEncoding) throws(PageFault) {
    end = range.upperBound
    switch (encoding, layout) {
    case (.plain, .boolean): decoder = .bits(position: range.lowerBound * 8)
    case (.plain, _): decoder = .plain(position: range.lowerBound)
    case (.runs, .boolean):
      var position = range.lowerBound
      let length = try PageBytes.length(bytes, &position, end: end)
      decoder = .runs(try RunDecoder(position..<position + length, width: 1))
    case (.delta, .int32), (.delta, .bits32), (.delta, .int64): decoder = .delta(try DeltaDecoder(bytes, range))
    case (.byteStreamSplit, .int32), (.byteStreamSplit, .bits32), (.byteStreamSplit, .int64),
      (.byteStreamSplit, .bits16):
      guard range.count % width == 0 else { throw PageFault("its streams of bytes are not equally long") }
      decoder = .split(index: 0, count: range.count / width, start: range.lowerBound)
    case (.dictionary, _), (.plainDictionary, _):
      guard hasDictionary else { throw PageFault("it refers to a dictionary, and there is none") }
      decoder = .codes(try RunDecoder.codes(bytes, range))
    default: throw PageFault("its encoding \(encoding) does not fit its values")
    }
  }

  /// Decodes the next values of the page.
  mutating func read(_ count: Int, from page: [UInt8], into values: inout [Int64], at start: Int) throws(PageFault) {
    switch decoder {
    case .plain(let position):
      guard count <= (end - position) / width else { throw .endsEarly }
      decodePlain(page, position, count, &values, start)
      decoder = .plain(position: position + count * width)
    case .bits(let position):
      guard count <= end * 8 - position else { throw .endsEarly }
      for index in 0..<count {
        let bit = position + index
        values[start + index] = Int64(page[bit >> 3] >> UInt8(bit & 7) & 1)
      }
      decoder = .bits(position: position + count)
    case .runs(var runs):
      try readCodes(&runs, count, page)
      for index in 0..<count { values[start + index] = Int64(codes[index]) }
      decoder = .runs(runs)
    case .delta(var delta):
      try delta.read(count, from: page, into: &values, at: start)
      // Differences of 32-bit values wrap around at 32 bits.
      if layout == .int32 {
        for index in start..<start + count { values[index] = Int64(Int32(truncatingIfNeeded: values[index])) }
      } else if layout == .bits32 {
        for index in start..<start + count { values[index] = Int64(UInt32(truncatingIfNeeded: values[index])) }
      }
      decoder = .delta(delta)
    case .split(let index, let total, let streams):
      guard count <= total - index else { throw .endsEarly }
      BitKernels.join(
        page, at: streams + index, stride: total, width: width, count: count, into: &values, at: start)
      if layout == .int32 {
        for place in start..<start + count { values[place] = Int64(Int32(truncatingIfNeeded: values[place])) }
      }
      decoder = .split(index: index + count, count: total, start: streams)
    case .codes(var runs):
      if let code = try runs.constant(count, in: page) {
        guard count == 0 || 0..<dictionary.count ~= Int(code) else { throw .outsideOfDictionary }
        for index in start..<start + count { values[index] = dictionary[Int(code)] }
      } else {
        try readCodes(&runs, count, page)
        guard PageKernels.areIndices(codes, 0..<count, of: dictionary.count) else { throw .outsideOfDictionary }
        PageKernels.gather(dictionary, codes, count: count, into: &values, at: start)
      }
      decoder = .codes(runs)
    }
  }

  private mutating func readCodes(_ runs: inout RunDecoder, _ count: Int, _ page: [UInt8]) throws(PageFault) {
    if codes.count < count { codes.append(contentsOf: repeatElement(0, count: count - codes.count)) }
    try runs.read(count, from: page, into: &codes, at: 0)
  }

  /// Decodes PLAIN values, which are all there.
  private func decodePlain(
    _ page: [UInt8], _ position: Int, _ count: Int, _ values: inout [Int64], _ start: Int
  ) {
    switch layout {
    case .boolean: break
    case .int32, .bits32:
      PageKernels.widen32(
        page, at: position, count: count, isSigned: layout == .int32, into: &values, at: start)
    case .int64: PageKernels.copy64(page, at: position, count: count, into: &values, at: start)
    case .bits16:
      for index in 0..<count {
        values[start + index] = Int64(PageBytes.littleEndian(page, position + 2 * index, 2))
      }
    case .int96:
      for index in 0..<count { values[start + index] = Self.timestamp(page, position + 12 * index) }
    }
  }

  /// Nanoseconds since 1970-01-01 of an INT96 timestamp.
  private static func timestamp(_ page: [UInt8], _ position: Int) -> Int64 {
    let nanoseconds = Int64(bitPattern: PageBytes.littleEndian(page, position, 8))
    let day = Int64(PageBytes.littleEndian(page, position + 8, 4)) - 2_440_588
    let (product, isTooLarge) = day.multipliedReportingOverflow(by: 86_400_000_000_000)
    let (sum, isTooFar) = product.addingReportingOverflow(nanoseconds)
    return isTooLarge || isTooFar ? unrepresentable : sum
  }
}

extension RunDecoder {
  /// Codes of a dictionary: their width is the page's first byte.
  static func codes(_ page: [UInt8], _ range: Range<Int>) throws(PageFault) -> RunDecoder {
    // A page of nulls alone may have no bytes at all.
    guard let first = range.first else { return try RunDecoder(range, width: 0) }
    return try RunDecoder(first + 1..<range.upperBound, width: Int(page[first]))
  }
}

extension PageFault {
  static var outsideOfDictionary: PageFault { PageFault("a code lies outside of its dictionary") }
}
