import TestSupport
import Testing

@testable import Scan

/// Every decoder against its slow twin, asked for random pieces of random values.
@Suite struct ParquetEncodingTests {
  /// Cuts a count into random steps.
  private func steps(_ count: Int, using dice: inout SeededGenerator) -> [Int] {
    var steps: [Int] = []
    var left = count
    while left > 0 {
      let step = Int.random(in: 1...min(left, 700), using: &dice)
      steps.append(step)
      left -= step
    }
    return steps
  }

  @Test(arguments: 0...32) func runsAndGroups(width: Int) throws {
    var dice = SeededGenerator(seed: UInt64(width))
    for count in [1, 7, 8, 9, 100, 3000] {
      let mask = width == 0 ? 0 : UInt64.max >> UInt64(64 - width)
      var values: [UInt64] = []
      while values.count < count {
        let length = Bool.random(using: &dice) ? 1 : Int.random(in: 1...40, using: &dice)
        values += [UInt64](repeating: UInt64.random(in: 0...mask, using: &dice), count: length)
      }
      values = Array(values[..<count])
      let page = [0xEE] + NaiveEncodings.runs(values, width: width, using: &dice)
      var decoder = try RunDecoder(1..<page.count, width: width)
      var decoded = [Int32](repeating: -1, count: count)
      var start = 0
      for step in steps(count, using: &dice) {
        if let same = try decoder.constant(step, in: page) {
          for index in start..<start + step { decoded[index] = same }
        } else {
          try decoder.read(step, from: page, into: &decoded, at: start)
        }
        start += step
      }
      #expect(decoded == values.map { Int32(truncatingIfNeeded: $0) })
      #expect(throws: PageFault.self) { try decoder.read(9, from: page, into: &decoded, at: 0) }
    }
  }

  @Test(arguments: [(128, 4), (128, 1), (256, 4), (1024, 32)]) func differences(block: Int, miniblocks: Int) throws {
    var dice = SeededGenerator(seed: 7)
    for count in [0, 1, 2, 129, 1000] {
      for range in [Int64(-5)...5, -1_000_000...1_000_000, Int64.min...Int64.max] {
        let values = (0..<count).map { _ in Int64.random(in: range, using: &dice) }
        let page = [1] + NaiveEncodings.delta(values, block: block, miniblocks: miniblocks) + [9, 9]
        var decoder = try DeltaDecoder(page, 1..<page.count)
        #expect(try decoder.bytesEnd(page) == page.count - 2)
        var decoded = [Int64](repeating: 0, count: count)
        var start = 0
        for step in steps(count, using: &dice) {
          try decoder.read(step, from: page, into: &decoded, at: start)
          start += step
        }
        #expect(decoded == values)
        #expect(throws: PageFault.self) { try decoder.read(1, from: page, into: &decoded, at: 0) }
      }
    }
  }

  @Test(arguments: [PageEncoding.plain, .deltaLength, .deltaBytes, .byteStreamSplit], [nil, 1, 5, 16])
  func byteArrays(encoding: PageEncoding, width: Int?) throws {
    guard (encoding == .deltaLength) <= (width == nil), (encoding == .byteStreamSplit) <= (width != nil) else { return }
    var dice = SeededGenerator(seed: 3)
    for count in [0, 1, 500] {
      let texts = (0..<count).map { _ in
        (0..<(width ?? Int.random(in: 0...20, using: &dice))).map { _ in UInt8.random(in: 97...99, using: &dice) }
      }
      let bytes =
        switch encoding {
        case .deltaLength: NaiveEncodings.deltaLength(texts)
        case .deltaBytes: NaiveEncodings.deltaBytes(texts)
        case .byteStreamSplit: NaiveEncodings.split(texts)
        default: width == nil ? NaiveEncodings.plain(texts) : texts.flatMap(\.self)
        }
      let page = [7, 7] + bytes
      var decoder = try ByteArrayDecoder(page, 2..<page.count, encoding: encoding, width: width)
      var decoded = TextColumn()
      decoded.starts = [Int32](repeating: 0, count: count)
      decoded.ends = decoded.starts
      var start = 0
      for step in steps(count, using: &dice) {
        try decoder.read(step, from: page, end: page.count, into: &decoded, at: start, limit: 1 << 20)
        start += step
      }
      #expect((0..<count).map { Array(decoded.bytes[decoded.range($0) ?? 0..<0]) } == texts)
    }
  }

  @Test func oldBitPackedLevels() throws {
    // Encodings.md: the values 0 to 7 in three bits each are these bytes, the highest bits first.
    let page: [UInt8] = [0b0000_0101, 0b0011_1001, 0b0111_0111]
    var position = 0
    var decoder = try LevelDecoder(
      page, &position, end: 3, encoding: PageEncoding.bitPacked.rawValue, maximum: 7, count: 8)
    var levels = [Int32](repeating: 0, count: 8)
    try decoder.read(8, from: page, into: &levels)
    #expect(levels == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(position == 3)
  }

  @Test func theExampleOfTheFormatForRunsAndGroups() throws {
    // Encodings.md: the numbers 0 to 7 with three bits: one group, 10001000 11000110 11111010.
    let page: [UInt8] = [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010]
    var decoder = try RunDecoder(0..<4, width: 3)
    var values = [Int32](repeating: 0, count: 8)
    try decoder.read(8, from: page, into: &values, at: 0)
    #expect(values == [0, 1, 2, 3, 4, 5, 6, 7])
  }

  @Test func nullsSpreadValues() {
    var dice = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let states = (0..<Int.random(in: 0...60, using: &dice)).map { _ in UInt8.random(in: 0...1, using: &dice) }
      let before = Int.random(in: 0...3, using: &dice)
      var values = (0..<before + states.count).map { Int64($0 + 100) }
      let head = values[..<before]
      var next = before
      let expected = states.map { state -> Int64 in
        guard state == 1 else { return -1 }
        defer { next += 1 }
        return values[next]
      }
      PageKernels.spread(
        &values, present: states.count { $0 == 1 }, states: [UInt8](repeating: 9, count: before) + states,
        range: before..<before + states.count, filler: -1)
      #expect(values == head + expected)
    }
  }

  @Test func asciiIsSeenWithinTheRangeOnly() {
    for length in [0, 1, 63, 64, 65, 200] {
      let text = [UInt8](repeating: 0x7F, count: length)
      let page = [0x80] + text + [0x80]
      #expect(PageKernels.isASCII(page, 1..<length + 1))
      for place in 0..<length {
        var broken = page
        broken[place + 1] = 0xC3
        #expect(!PageKernels.isASCII(broken, 1..<length + 1))
      }
    }
  }
}

/// Implication.
private func <= (left: Bool, right: Bool) -> Bool { !left || right }
