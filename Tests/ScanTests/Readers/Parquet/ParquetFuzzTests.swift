import TestSupport
import Testing

@testable import Scan

/// Damaged files: whatever bytes change, the result is rows or one clear error, never a crash.
@Suite struct ParquetFuzzTests {
  typealias Element = ParquetBytes.Element
  typealias Page = ParquetBytes.Page

  /// Small files that together reach every encoding, page version, level and shape.
  static let seeds: [[UInt8]] = {
    var dice = SeededGenerator(seed: 99)
    let count = 40
    let numbers = (0..<count).map { _ in Int64.random(in: -1000...1000, using: &dice) }
    let texts = (0..<count).map { Array("text \($0 % 7)".utf8) }
    let levels = (0..<count).map { _ in Int.random(in: 0...1, using: &dice) }
    let present = levels.count { $0 == 1 }
    let head = NaiveEncodings.levels(levels, width: 1, using: &dice)
    let longs = numbers.flatMap { ParquetBytes.number(Int($0), 8) }
    let codes = (0..<present).map { UInt64($0 % 7) }
    let coded = [UInt8(3)] + NaiveEncodings.runs(codes, width: 3, using: &dice)
    let dictionary = Page(kind: .dictionary, count: 7, bytes: NaiveEncodings.plain(Array(texts[..<7])))
    let text = Element(name: "t", repetition: 1, physical: .byteArray, converted: 0)
    let number = Element(name: "n", physical: .int64)
    func file(_ element: Element, _ pages: [Page], codec: Int = 0) -> [UInt8] {
      ParquetBytes(element, rows: count, codec: codec, pages).file
    }
    // A block of snappy that is one literal.
    let literal = ThriftBytes.varint(UInt64(longs.count)) + [61 << 2] + ParquetBytes.number(longs.count - 1, 2) + longs
    let runLevels = Array(head.dropFirst(4))
    var known = ParquetBytes(number, rows: count, [Page(count: count, bytes: longs)])
    known.groups[0].chunks[0].statistics = .init(
      nulls: 0, minimum: ParquetBytes.number(-1000, 8), maximum: ParquetBytes.number(1000, 8), isExact: true)
    known.orders = [1]
    return [
      known.file,
      file(number, [Page(count: count, bytes: longs)]),
      file(number, [Page(count: count, bytes: literal, size: longs.count)], codec: 1),
      file(number, [Page(count: count, encoding: .delta, bytes: NaiveEncodings.delta(numbers))]),
      file(
        number,
        [
          Page(
            count: count, encoding: .byteStreamSplit,
            bytes: NaiveEncodings.split(numbers.map { ParquetBytes.number(Int($0), 8) }))
        ]),
      file(text, [dictionary, Page(count: count, encoding: .dictionary, bytes: head + coded)]),
      file(text, [Page(count: count, bytes: head + NaiveEncodings.plain(Array(texts[..<present])))]),
      file(
        text,
        [Page(count: count, encoding: .deltaLength, bytes: head + NaiveEncodings.deltaLength(Array(texts[..<present])))]
      ),
      file(
        text,
        [Page(count: count, encoding: .deltaBytes, bytes: head + NaiveEncodings.deltaBytes(Array(texts[..<present])))]),
      file(
        text,
        [
          dictionary,
          Page(
            kind: .dataV2(definition: runLevels.count, repetition: 0, isCompressed: true), count: count,
            encoding: .dictionary, bytes: runLevels + coded),
        ]),
      file(
        Element(name: "d", physical: .fixedLengthByteArray, length: 9, converted: 5, precision: 20, scale: 3),
        [Page(count: count, bytes: (0..<9 * count).map { UInt8(truncatingIfNeeded: $0 * 37) })]),
      file(
        Element(name: "b", physical: .boolean),
        [Page(count: count, encoding: .runs, bytes: NaiveEncodings.levels(levels, width: 1, using: &dice))]),
      file(
        Element(name: "s", physical: .int96), [Page(count: count, bytes: (0..<12 * count).map { UInt8($0 % 30) })]),
      ParquetBytes(
        tree: ParquetNestingTests.tree, fields: 1, rows: 2,
        [
          [Page(count: 3, bytes: nested([0, 1, 0], [4, 3, 4], 1, 3, &dice) + longs[..<16])],
          [Page(count: 4, bytes: nested([0, 2, 1, 0], [5, 5, 3, 4], 2, 3, &dice) + longs[..<16])],
        ]
      ).file,
    ]
  }()

  private static func nested(
    _ repetitions: [Int], _ definitions: [Int], _ repetitionWidth: Int, _ definitionWidth: Int,
    _ dice: inout SeededGenerator
  ) -> [UInt8] {
    NaiveEncodings.levels(repetitions, width: repetitionWidth, using: &dice)
      + NaiveEncodings.levels(definitions, width: definitionWidth, using: &dice)
  }

  /// Reads everything; false when the file is refused.
  private func isReadable(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> Bool {
    let path = try folder.write(bytes, to: "table.parquet")
    do {
      try readAll(path)
      return true
    } catch {
      #expect(error.kind == .cancelled || error.message.hasPrefix("table.parquet"), "\(error.message)")
      return false
    }
  }

  private func readAll(_ path: String) throws(ScanError) {
    let file = try RandomAccessFile(path: path, displayedAs: "table.parquet")
    var reader = try ParquetReader(file, maximumPageBytes: 1 << 20)
    let columns = reader.fields.indices.filter { index in
      if case .unsupported = reader.fields[index].type { false } else { true }
    }
    // Damage can turn rows into very many: some are enough.
    var rows = 0
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: columns) {
      for column in chunk.statistics?.columns.values.map(\.self) ?? [] { _ = column.numbers }
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        rows += batch.rowCount
        guard rows < 200_000 else { throw ScanError(.cancelled, "these are enough") }
      }
    }
  }

  @Test(arguments: seeds.indices) func theSeedIsReadable(seed: Int) throws {
    #expect(try isReadable(Self.seeds[seed], in: try TemporaryFolder()))
  }

  @Test(arguments: seeds.indices) func everyTruncationIsRefused(seed: Int) throws {
    let folder = try TemporaryFolder()
    for length in 0..<Self.seeds[seed].count {
      #expect(try !isReadable(Array(Self.seeds[seed][..<length]), in: folder))
    }
  }

  @Test(arguments: seeds.indices) func damagedBytesAreSurvived(seed: Int) throws {
    let folder = try TemporaryFolder()
    var dice = SeededGenerator(seed: UInt64(seed))
    var refused = 0
    for _ in 0..<1500 {
      var bytes = Self.seeds[seed]
      for _ in 0..<Int.random(in: 1...4, using: &dice) {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
        case 2: bytes[place] = [0, 0x7F, 0x80, 0xFF][Int.random(in: 0..<4, using: &dice)]
        default:
          let other = Int.random(in: 0..<bytes.count, using: &dice)
          let length = min(Int.random(in: 1...8, using: &dice), bytes.count - max(place, other))
          for index in 0..<length { bytes[place + index] = bytes[other + index] }
        }
      }
      if try !isReadable(bytes, in: folder) { refused += 1 }
    }
    #expect(refused > 300)
  }
}
