/// Decodes byte arrays of any of their encodings into ranges.
enum ByteArrayDecoder {
  case plain(position: Int)
  case fixed(position: Int, width: Int)
  /// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.
  case deltaLength(DeltaDecoder, position: Int)
  /// DELTA_BYTE_ARRAY: how much is shared with the value before, and what follows.
  case deltaBytes(prefixes: DeltaDecoder, suffixes: DeltaDecoder, position: Int, last: [UInt8], width: Int?)
  /// Byte-stream split: the place among this many values, whose streams begin at a byte.
  case split(index: Int, count: Int, start: Int, width: Int)

  /// `width` is that of fixed-length arrays, nil for others.
  init(_ page: [UInt8], _ range: Range<Int>, encoding: PageEncoding, width: Int?) throws(PageFault) {
    switch (encoding, width) {
    case (.plain, nil): self = .plain(position: range.lowerBound)
    case (.plain, .some(let width)): self = .fixed(position: range.lowerBound, width: width)
    case (.deltaLength, nil):
      let lengths = try DeltaDecoder(page, range)
      self = .deltaLength(lengths, position: try lengths.bytesEnd(page))
    case (.deltaBytes, _):
      let prefixes = try DeltaDecoder(page, range)
      let suffixes = try DeltaDecoder(page, try prefixes.bytesEnd(page)..<range.upperBound)
      self = .deltaBytes(
        prefixes: prefixes, suffixes: suffixes, position: try suffixes.bytesEnd(page), last: [], width: width)
    case (.byteStreamSplit, .some(let width)):
      guard range.count % width == 0 else { throw PageFault("its streams of bytes are not equally long") }
      self = .split(index: 0, count: range.count / width, start: range.lowerBound, width: width)
    default: throw PageFault("its encoding \(encoding) does not fit its values")
    }
  }

  /// Decodes the next values of the page: appends their bytes, and writes their ranges at `start`. No more than
  /// `limit` bytes are held.
  mutating func read(
    _ count: Int, from page: [UInt8], end: Int, into texts: inout TextColumn, at start: Int, limit: Int
  ) throws(PageFault) {
    switch self {
    case .plain(let position):
      let shift = texts.bytes.count - position
      guard
        let stop = PageKernels.ranges(
          page, position..<end, shift: shift, count: count, starts: &texts.starts, ends: &texts.ends, at: start)
      else { throw .endsEarly }
      try Self.check(texts, stop - position, limit)
      texts.bytes.append(contentsOf: page[position..<stop])
      self = .plain(position: stop)
    case .fixed(let position, let width):
      guard count <= (end - position) / width else { throw .endsEarly }
      try Self.check(texts, count * width, limit)
      for index in 0..<count {
        texts.starts[start + index] = Int32(texts.bytes.count + index * width)
        texts.ends[start + index] = Int32(texts.bytes.count + (index + 1) * width)
      }
      texts.bytes.append(contentsOf: page[position..<position + count * width])
      self = .fixed(position: position + count * width, width: width)
    case .deltaLength(var lengths, let position):
      let counts = try Self.read(&lengths, count, page)
      var stop = position
      for (index, length) in counts.enumerated() {
        guard 0...Int64(end - stop) ~= length else { throw .endsEarly }
        texts.starts[start + index] = Int32(truncatingIfNeeded: texts.bytes.count + stop - position)
        stop += Int(length)
        texts.ends[start + index] = Int32(truncatingIfNeeded: texts.bytes.count + stop - position)
      }
      try Self.check(texts, stop - position, limit)
      texts.bytes.append(contentsOf: page[position..<stop])
      self = .deltaLength(lengths, position: stop)
    case .deltaBytes(var prefixes, var suffixes, var position, var last, let width):
      let shared = try Self.read(&prefixes, count, page)
      let added = try Self.read(&suffixes, count, page)
      var before = 0..<0
      for index in 0..<count {
        guard 0...Int64(end - position) ~= added[index] else { throw .endsEarly }
        guard 0...Int64(index == 0 ? last.count : before.count) ~= shared[index] else {
          throw PageFault("a value shares more than the value before it has")
        }
        let (prefix, suffix) = (Int(shared[index]), Int(added[index]))
        guard width == nil || prefix + suffix == width else { throw PageFault("a value has the wrong length") }
        try Self.check(texts, prefix + suffix, limit)
        let first = texts.bytes.count
        if index == 0 {
          texts.bytes.append(contentsOf: last[..<prefix])
        } else {
          for place in before.lowerBound..<before.lowerBound + prefix { texts.bytes.append(texts.bytes[place]) }
        }
        texts.bytes.append(contentsOf: page[position..<position + suffix])
        position += suffix
        before = first..<texts.bytes.count
        texts.starts[start + index] = Int32(first)
        texts.ends[start + index] = Int32(before.upperBound)
      }
      if count > 0 { last = Array(texts.bytes[before]) }
      self = .deltaBytes(prefixes: prefixes, suffixes: suffixes, position: position, last: last, width: width)
    case .split(let index, let total, let streams, let width):
      guard count <= total - index else { throw .endsEarly }
      try Self.check(texts, count * width, limit)
      for place in 0..<count {
        texts.starts[start + place] = Int32(texts.bytes.count)
        for byte in 0..<width { texts.bytes.append(page[streams + byte * total + index + place]) }
        texts.ends[start + place] = Int32(texts.bytes.count)
      }
      self = .split(index: index + count, count: total, start: streams, width: width)
    }
  }

  private static func read(
    _ numbers: inout DeltaDecoder, _ count: Int, _ page: [UInt8]
  ) throws(PageFault) -> [Int64] {
    var values = [Int64](repeating: 0, count: count)
    try numbers.read(count, from: page, into: &values, at: 0)
    return values
  }

  /// Ranges are 32 bits wide, and values that share their beginnings can be much larger than their page.
  static func check(_ texts: TextColumn, _ added: Int, _ limit: Int) throws(PageFault) {
    guard texts.bytes.count + added <= limit else { throw .tooLarge(limit) }
  }
}
