import TestSupport
import Testing

@testable import Scan

/// Files made by hand: what pyarrow does not write, and what no writer should.
@Suite struct ParquetReaderTests {
  typealias Element = ParquetBytes.Element
  typealias Page = ParquetBytes.Page

  private let number = Element(name: "n", physical: .int64)
  private let text = Element(name: "t", repetition: 1, physical: .byteArray, converted: 0)

  private func longs(_ values: [Int]) -> [UInt8] { values.flatMap { ParquetBytes.number($0, 8) } }

  private func failure(_ bytes: [UInt8], maximumPageBytes: Int = 1 << 20) -> ScanError? {
    #expect(throws: ScanError.self) { try ParquetFile.rows(bytes, maximumPageBytes: maximumPageBytes) }
  }

  @Test func pagesOfBothVersionsFollowEachOther() throws {
    let file = ParquetBytes(
      number, rows: 5,
      [
        Page(count: 2, bytes: longs([1, -2])),
        Page(kind: .dataV2(definition: 0, repetition: 0, isCompressed: false), count: 1, bytes: longs([3])),
        Page(count: 2, encoding: .delta, bytes: NaiveEncodings.delta([4, 5])),
      ])
    #expect(try ParquetFile.rows(file.file) == [["1", "-2", "3", "4", "5"]])
  }

  @Test func aDictionaryThatGivesWayToPlainTexts() throws {
    var dice = SeededGenerator(seed: 1)
    let dictionary = Page(
      kind: .dictionary, count: 2, bytes: NaiveEncodings.plain([Array("Ulm".utf8), Array("Bonn".utf8)]))
    let coded = Page(
      count: 3, encoding: .dictionary,
      bytes: NaiveEncodings.levels([1, 0, 1], width: 1, using: &dice) + [1]
        + NaiveEncodings.runs([1, 0], width: 1, using: &dice))
    let plain = Page(
      count: 2,
      bytes: NaiveEncodings.levels([0, 1], width: 1, using: &dice) + NaiveEncodings.plain([Array("Köln".utf8)]))
    let rows = ["Bonn", "null", "Ulm", "null", "Köln"]
    #expect(try ParquetFile.rows(ParquetBytes(text, rows: 5, [dictionary, coded, plain]).file) == [rows])

    // Alone, coded pages keep their codes.
    var reader = try ParquetFile.reader(ParquetBytes(text, rows: 3, [dictionary, coded]).file)
    let chunk = try #require(try reader.nextChunk(of: [0]))
    var batch = Batch()
    try chunk.decode(into: &batch) { batch throws(ScanError) in
      guard case .texts(let texts) = batch.stored[0] else { throw ScanError(.malformed, "no texts") }
      #expect(texts.codes == [1, -1, 0])
      #expect(texts.ends.count == 2)
    }
  }

  @Test func rowGroupsThatAreLargeAreReadInParts() throws {
    // 1.2 million rows in a few bytes: runs of one code. The value says in which page of 100,000 rows it is.
    let pageRows = 100_000
    let dictionary = Page(kind: .dictionary, count: 12, bytes: longs(Array(0..<12)))
    let pages = (0..<12).map { page in
      Page(
        count: pageRows, encoding: .dictionary,
        bytes: [8] + ThriftBytes.varint(UInt64(pageRows - 1) << 1) + [UInt8(page)] + [2, UInt8(11 - page)])
    }
    var reader = try ParquetFile.reader(ParquetBytes(number, rows: 12 * pageRows, [dictionary] + pages).file)
    var first = 0
    var chunks = 0
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: [0]) {
      var rows = 0
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        guard case .integers(let column) = batch.stored[0] else { throw ScanError(.malformed, "no integers") }
        #expect(batch.firstRow == rows)
        for row in 0..<batch.rowCount {
          let (page, rest) = (first + rows + row).quotientAndRemainder(dividingBy: pageRows)
          let expected = rest == pageRows - 1 ? 11 - page : page
          if column.values[row] != expected { Issue.record("row \(first + rows + row) is \(column.values[row])") }
        }
        rows += batch.rowCount
      }
      #expect(rows <= 524_288)
      first += rows
      chunks += 1
    }
    #expect(first == 12 * pageRows)
    #expect(chunks == 3)
  }

  /// A page is decompressed as a whole: cut in two, it would be decompressed twice.
  @Test(arguments: [
    (pageRows: 600_000, size: 5 << 20, chunks: 2), (1_200_000, 5 << 20, 1), (400_000, 5 << 20, 3),
    (1_200_000, 3 << 20, 3),
  ])
  func noChunkIsSmallerThanLargePages(pageRows: Int, size: Int, chunks: Int) throws {
    let rows = 1_200_000
    let dictionary = Page(kind: .dictionary, count: 1, bytes: longs([7]))
    let pages = (0..<rows / pageRows).map { _ in
      // A run of one code in some bytes, which are said to be more.
      let bytes = [1] + ThriftBytes.varint(UInt64(pageRows) << 1) + [0]
      return Page(count: pageRows, encoding: .dictionary, bytes: bytes, size: size)
    }
    let file = ParquetBytes(number, rows: rows, [dictionary] + pages).file
    var reader = try ParquetFile.reader(file, maximumPageBytes: 8 << 20)
    var (found, batch, read) = (0, Batch(), 0)
    while let chunk = try reader.nextChunk(of: [0]) {
      found += 1
      try chunk.decode(into: &batch) { batch throws(ScanError) in read += batch.rowCount }
    }
    #expect(found == chunks && read == rows)
  }

  @Test func int96TimestampsThatDoNotFitAreMalformed() throws {
    let stamp = Element(name: "s", physical: .int96)
    func int96(_ day: Int, _ nanoseconds: Int) -> [UInt8] {
      ParquetBytes.number(nanoseconds, 8) + ParquetBytes.number(day, 4)
    }
    let file = ParquetBytes(
      stamp, rows: 3, [Page(count: 3, bytes: int96(2_440_588, 5) + int96(2_440_587, 0) + int96(1, 0))])
    #expect(try ParquetFile.rows(file.file) == [["5", "-86400000000000", "malformed"]])
    #expect(try ParquetFile.reader(file.file).fields == [Field("s", .timestamp(.nanosecond, zone: nil))])
  }

  @Test func typesThatAreNotSupportedAreNamed() throws {
    let interval = Element(name: "i", physical: .fixedLengthByteArray, length: 12, converted: 21)
    let file = ParquetBytes(interval, rows: 1, [Page(count: 1, bytes: [UInt8](repeating: 0, count: 12))]).file
    var reader = try ParquetFile.reader(file)
    #expect(reader.fields == [Field("i", .unsupported("INTERVAL"))])
    #expect(throws: ScanError.self) { try reader.nextChunk(of: [0]) }
    // Without that column the file is readable.
    #expect(try reader.nextChunk(of: []) != nil)
  }

  @Test func noColumnsHaveRowsToo() throws {
    var reader = try ParquetFile.reader(ParquetBytes(number, rows: 3, [Page(count: 3, bytes: longs([1, 2, 3]))]).file)
    let chunk = try #require(try reader.nextChunk(of: []))
    var (rows, batch) = (0, Batch())
    try chunk.decode(into: &batch) { batch throws(ScanError) in rows += batch.rowCount }
    #expect(rows == 3)
  }

  @Test func textThatIsNotUTF8IsAnErrorWithItsPlace() {
    var dice = SeededGenerator(seed: 1)
    let broken = NaiveEncodings.levels([1, 1], width: 1, using: &dice) + NaiveEncodings.plain([[0x61], [0x61, 0xC3]])
    let error = failure(ParquetBytes(text, rows: 2, [Page(count: 2, bytes: broken)]).file)
    #expect(error?.message == "table.parquet: column t, row group 0, page at offset 4: a text is not UTF-8")
    // A character cut in two by the border of two values is no text either.
    let cut = NaiveEncodings.levels([1, 1], width: 1, using: &dice) + NaiveEncodings.plain([[0xC3], [0xBC]])
    #expect(failure(ParquetBytes(text, rows: 2, [Page(count: 2, bytes: cut)]).file) != nil)
  }

  @Test func checksumsAreVerified() throws {
    let bytes = longs([1, 2])
    let checksum = Int(ParquetCodec.checksum(bytes, bytes.indices))
    let good = ParquetBytes(number, rows: 2, [Page(count: 2, bytes: bytes, checksum: checksum)])
    #expect(try ParquetFile.rows(good.file) == [["1", "2"]])
    let bad = ParquetBytes(number, rows: 2, [Page(count: 2, bytes: bytes, checksum: checksum ^ 1)])
    #expect(failure(bad.file)?.message.hasSuffix("its checksum is wrong") == true)
  }

  @Test func limitsHoldBeforeMemoryIsAskedFor() {
    let page = Page(count: 2, bytes: longs([1, 2]), size: 1 << 30)
    for codec in [1, 2, 4, 5, 6, 7] {
      #expect(failure(ParquetBytes(number, rows: 2, codec: codec, [page]).file)?.kind == .limit)
    }
    // Within the limit, but more than snappy can make of 16 bytes.
    let bomb = Page(count: 2, bytes: longs([1, 2]), size: 1 << 19)
    #expect(failure(ParquetBytes(number, rows: 2, codec: 1, [bomb]).file)?.kind == .malformed)
    // Values that share their beginnings grow without bytes.
    let long = [UInt8](repeating: 97, count: 4000)
    let shared = Page(
      count: 1000, encoding: .deltaBytes, bytes: NaiveEncodings.deltaBytes((0..<1000).map { _ in long }))
    let column = Element(name: "t", physical: .byteArray, converted: 0)
    #expect(failure(ParquetBytes(column, rows: 1000, [shared]).file)?.kind == .limit)
  }

  @Test func whatCannotBeReadSaysWhy() {
    let page = Page(count: 2, bytes: longs([1, 2]))
    let good = ParquetBytes(number, rows: 2, [page]).file
    let elsewhere = ParquetBytes([number], [.init(rows: 2, chunks: [.init(pages: [page], path: "other.parquet")])])
    let cases: [([UInt8], String)] = [
      ([], "too short"), (Array("PAR1".utf8) + good.dropFirst(4).dropLast(4) + Array("PARE".utf8), "encrypted"),
      (Array(good.dropLast(3)), "not written to its end"), (Array("PARX".utf8) + good.dropFirst(4), "begin with PAR1"),
      (elsewhere.file, "another file, other.parquet"), (ParquetBytes(number, rows: 2, codec: 3, [page]).file, "LZO"),
      (ParquetBytes(number, rows: 2, codec: 99, [page]).file, "codec 99 is unknown"),
      (ParquetBytes(number, rows: 3, [page]).file, "2 values in 3 rows"),
      (
        ParquetBytes([number], [.init(rows: 3, chunks: [.init(pages: [page], valueCount: 3)])]).file,
        "ends before its rows"
      ),
      (ParquetBytes(number, rows: 2, [Page(count: 2, encoding: .dictionary, bytes: [1, 4, 0])]).file, "there is none"),
    ]
    for (bytes, words) in cases {
      let message = failure(bytes)?.message ?? ""
      #expect(message.contains(words), "\(message)")
      #expect(message.contains("table.parquet"))
    }
  }

  @Test func codesOutsideOfTheDictionaryAreRefused() {
    let dictionary = Page(kind: .dictionary, count: 2, bytes: longs([7, 8]))
    for code in [2, 3] as [UInt8] {
      let page = Page(count: 3, encoding: .dictionary, bytes: [2, 6, code])
      #expect(failure(ParquetBytes(number, rows: 3, [dictionary, page]).file) != nil)
    }
  }

  @Test func aSecondDictionaryIsRefused() {
    var dice = SeededGenerator(seed: 1)
    let large = Page(kind: .dictionary, count: 2, bytes: NaiveEncodings.plain([[97], [98]]))
    let small = Page(kind: .dictionary, count: 1, bytes: NaiveEncodings.plain([[99]]))
    let levels = NaiveEncodings.levels([1], width: 1, using: &dice)
    let coded = Page(count: 1, encoding: .dictionary, bytes: levels + [1, 2, 1])
    let plain = Page(count: 1, bytes: levels + NaiveEncodings.plain([[100]]))
    let error = failure(ParquetBytes(text, rows: 2, [large, coded, small, plain]).file)
    #expect(error?.message.hasSuffix("the column has a second dictionary") == true)
  }

  @Test func rowsBeyondBeliefAreRefused() {
    let chunk = ParquetBytes.Chunk(pages: [Page(count: 2, bytes: longs([1, 2]))], valueCount: 1 << 40)
    let error = failure(ParquetBytes([number], [.init(rows: 1 << 40, chunks: [chunk])]).file)
    #expect(error?.message.contains("claims 1099511627776 rows") == true)
  }

  @Test func longTextsMakeSmallBatches() throws {
    // 40 texts of 1 MiB: they must not all be in memory at once.
    let texts = (0..<40).map { [UInt8](repeating: UInt8(65 + $0), count: 1 << 20) }
    let column = Element(name: "t", physical: .byteArray, converted: 0)
    let chunk = ParquetBytes.Chunk(
      pages: texts.map { Page(count: 1, bytes: NaiveEncodings.plain([$0])) }, uncompressedSize: 40 << 20)
    let file = ParquetBytes([column], [.init(rows: 40, chunks: [chunk])]).file
    var reader = try ParquetFile.reader(file, maximumPageBytes: 18 << 20)
    var (batch, found) = (Batch(), [UInt8]())
    while let chunk = try reader.nextChunk(of: [0]) {
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        guard case .texts(let texts) = batch.stored[0] else { throw ScanError(.malformed, "no texts") }
        #expect(texts.bytes.count <= 17 << 20)
        for row in 0..<batch.rowCount { found.append(texts.bytes[Int(texts.starts[row])]) }
      }
    }
    #expect(found == texts.map { $0[0] })
  }
}
