import TestSupport
import Testing

@testable import Scan

@Suite struct ArrowReaderTests {
  private typealias Build = ArrowBytesBuilder
  private static let int32 = Build.field("n", 2, [0: .int(Int32(32)), 1: .int(UInt8(1))])
  private static let text = Build.field("t", 5)

  private static func batch(
    _ rows: Int, _ nodes: [(Int, Int)], _ buffers: [[UInt8]], views: [Int64] = [], codec: Int8? = nil
  ) -> [UInt8] {
    let (header, body) = Build.batch(rows, nodes: nodes, buffers: buffers, views: views, codec: codec)
    return Build.message(3, header, body: body)
  }

  private static func dictionary(_ id: Int64, _ values: [String], isDelta: Bool = false) -> [UInt8] {
    let (data, body) = Build.batch(values.count, nodes: [(values.count, 0)], buffers: [[]] + Build.texts(values))
    return Build.message(2, [0: .int(id), 1: .table(data), 2: .int(UInt8(isDelta ? 1 : 0))], body: body)
  }

  /// Two batches of a column of integers and one of texts.
  private static let batches = [
    batch(
      3, [(3, 1), (3, 0)],
      [Build.bits([true, false, true]), [1, -2, 3].flatMap { littleEndian(Int32($0)) }, []]
        + Build.texts(["a", "", "é"])),
    batch(1, [(1, 0), (1, 1)], [[], littleEndian(Int32.min), [0]] + Build.texts(["?"])),
  ]
  private static let expected: [[String?]] = [["1", nil, "3", "-2147483648"], ["a", "", "é", nil]]
  private static let stream = Build.stream([int32, text], batches)
  private static let file = Build.file([int32, text], batches)

  private static func read(stream bytes: [UInt8], piece: Int = .max) throws -> [[String?]] {
    try arrowValues(ArrowStreamReader(PiecewiseSource(bytes, piece: piece)))
  }

  private static func read(file bytes: [UInt8]) throws -> [[String?]] {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "t.arrow")
    return try arrowValues(ArrowFileReader(RandomAccessFile(path: path, displayedAs: "t.arrow")))
  }

  private static func error(_ field: [Int: FlatValue], _ batch: [UInt8]) -> ScanError? {
    #expect(throws: ScanError.self) { try read(stream: Build.stream([field], [batch])) }
  }

  @Test(arguments: [1, 5, Int.max])
  func streamsAreRead(piece: Int) throws {
    #expect(try Self.read(stream: Self.stream, piece: piece) == Self.expected)
    #expect(try Self.read(stream: Self.stream.dropLast(8), piece: piece) == Self.expected)
  }

  @Test func filesAreRead() throws { #expect(try Self.read(file: Self.file) == Self.expected) }

  @Test func messagesWithoutAMarkerAreRead() throws {
    let messages = [Build.message(1, Build.schema([Self.int32, Self.text]))] + Self.batches
    let old: [UInt8] = messages.flatMap { $0.dropFirst(4) } + littleEndian(Int32(0))
    #expect(try Self.read(stream: old) == Self.expected)
  }

  @Test func truncatedStreamsAreErrorsExceptBetweenMessages() throws {
    let schema = Build.message(1, Build.schema([Self.int32, Self.text])).count
    let boundaries = [schema, schema + Self.batches[0].count, schema + Self.batches[0].count + Self.batches[1].count]
    for count in 0..<Self.stream.count {
      let values = try? Self.read(stream: Array(Self.stream.prefix(count)))
      #expect((values != nil) == boundaries.contains(count), "\(count)")
    }
  }

  @Test func truncatedFilesAreErrors() throws {
    for count in 0..<Self.file.count {
      #expect(throws: ScanError.self) { try Self.read(file: Array(Self.file.prefix(count))) }
    }
  }

  @Test func columnsInStructsAreNullWhereTheStructIs() throws {
    let inner = Build.field("b.c", 13, children: [Self.int32])
    let outer = Build.field("a", 13, children: [inner])
    let bytes = Self.batch(
      4, [(4, 1), (4, 1), (4, 1)],
      [
        Build.bits([false, true, true, true]), Build.bits([true, false, true, true]),
        Build.bits([true, true, false, true]),
        [1, 2, 3, 4].flatMap { littleEndian(Int32($0)) },
      ])
    let reader = try ArrowStreamReader(MemorySource(Build.stream([outer], [bytes])))
    #expect(reader.fields == [Field("a.b.c.n", .integer(bits: 32, isSigned: true))])
    #expect(try arrowValues(reader) == [[nil, nil, nil, "4"]])
  }

  @Test func dictionariesAreReplacedAndGrow() throws {
    let field = Build.field(
      "d", 5, more: [4: .table([0: .int(Int64(7)), 1: .table([0: .int(Int32(8)), 1: .int(UInt8(1))])])])
    let codes = Self.batch(3, [(3, 1)], [Build.bits([true, true, false]), [0, 1, 99]])
    let more = Self.batch(1, [(1, 0)], [[], [2]])
    let stream = Build.stream(
      [field],
      [
        Self.dictionary(7, ["a", "b"]), codes, Self.dictionary(7, ["c", "d"]), codes,
        Self.dictionary(7, ["e"], isDelta: true), more,
      ])
    #expect(try Self.read(stream: stream) == [["a", "b", nil, "c", "d", nil, "e"]])
    let file = Build.file([field], dictionaries: [Self.dictionary(7, ["a", "b"])], [codes])
    #expect(try Self.read(file: file) == [["a", "b", nil]])
    let outside = Build.stream([field], [Self.dictionary(7, ["a", "b"]), more])
    let error = #expect(throws: ScanError.self) { try Self.read(stream: outside) }
    #expect(error?.message.contains("column d: an index is outside of its dictionary") == true)
    #expect(throws: ScanError.self) { try Self.read(stream: Build.stream([field], [codes])) }
  }

  /// Batches, bytes of bitmaps and chunks all end somewhere inside.
  @Test func longColumnsAreReadInParts() throws {
    var generator = SeededGenerator(seed: 3)
    let count = 300_001
    let numbers = (0..<count).map { _ in Int32.random(in: .min ... .max, using: &generator) }
    let flags = (0..<count).map { _ in Bool.random(using: &generator) }
    let texts = numbers.map { "é\($0 % 1000)" }
    let boolean = Build.field("b", 6)
    let nulls = flags.count { !$0 }
    let bytes = Self.batch(
      count, [(count, nulls), (count, 0), (count, nulls)],
      [Build.bits(flags), numbers.flatMap { littleEndian($0) }, []] + Build.texts(texts)
        + [Build.bits(flags), Build.bits(numbers.map { $0 % 2 == 0 })])
    let expected: [[String?]] = [
      zip(numbers, flags).map { $1 ? "\($0)" : nil }, texts,
      zip(numbers, flags).map { $1 ? $0 % 2 == 0 ? "1" : "0" : nil },
    ]
    let fields = [Self.int32, Self.text, boolean]
    #expect(try Self.read(stream: Build.stream(fields, [bytes])) == expected)
    #expect(try Self.read(file: Build.file(fields, [bytes])) == expected)
  }

  @Test func decimalsHaveAllDigitsOfTheirScale() throws {
    func decimals(_ bits: Int32, _ scale: Int32, _ values: [[UInt8]]) throws -> [String?] {
      let field = Build.field("d", 7, [0: .int(Int32(9)), 1: .int(scale), 2: .int(bits)])
      let batch = Self.batch(values.count, [(values.count, 0)], [[], values.flatMap(\.self)])
      return try Self.read(stream: Build.stream([field], [batch]))[0]
    }
    #expect(
      try decimals(32, 2, [150, -5, 0, Int32.min].map { littleEndian($0) }) == [
        "1.50", "-0.05", "0.00", "-21474836.48",
      ])
    #expect(try decimals(64, -3, [Int64(12), 0, -1].map { littleEndian($0) }) == ["12000", "0", "-1000"])
    #expect(
      try decimals(128, 1, [Int128.max, Int128.min, Int128(UInt64.max), -1].map { littleEndian($0) }) == [
        "17014118346046923173168730371588410572.7", "-17014118346046923173168730371588410572.8",
        "1844674407370955161.5", "-0.1",
      ])
    let smallest = [UInt8](repeating: 0, count: 31) + [0x80]
    #expect(
      try decimals(256, 0, [smallest])
        == ["-57896044618658097711785492504343953926634992332820282019728792003956564819968"])
  }

  @Test func viewsAreInsideOrInABuffer() throws {
    func view(_ text: String, offset: Int32, buffer: Int32 = 0) -> [UInt8] {
      let bytes = Array(text.utf8)
      let tail =
        bytes.count <= 12
        ? bytes + [UInt8](repeating: 0, count: 12 - bytes.count)
        : Array(bytes.prefix(4)) + littleEndian(buffer) + littleEndian(offset)
      return littleEndian(Int32(bytes.count)) + tail
    }
    let field = Build.field("v", 24)
    let long = "a text that is longer than twelve bytes"
    let views = view("twelve bytes", offset: 0) + view(long, offset: 3) + view("", offset: 0) + view("é", offset: 0)
    let good = Self.batch(4, [(4, 0)], [[], views, Array("xyz\(long)".utf8)], views: [1])
    #expect(try Self.read(stream: Build.stream([field], [good])) == [["twelve bytes", long, "", "é"]])
    for bad in [view(long, offset: 4), view(long, offset: -1), view(long, offset: 0, buffer: 1)] {
      #expect(Self.error(field, Self.batch(1, [(1, 0)], [[], bad, Array("xyz\(long)".utf8)], views: [1])) != nil)
    }
    #expect(
      Self.error(
        field,
        Self.batch(1, [(1, 0)], [[], littleEndian(Int32(1)) + [0xFF] + [UInt8](repeating: 0, count: 11)], views: [0]))?
        .message.contains("not UTF-8") == true)
  }

  @Test func bytesUnderNullsMayBeAnything() throws {
    let offsets = [0, 1, 3, 4].flatMap { littleEndian(Int32($0)) }
    let bytes = Self.batch(3, [(3, 1)], [Build.bits([true, false, true]), offsets, [0x61, 0xFF, 0xC3, 0x62]])
    #expect(try Self.read(stream: Build.stream([Self.text], [bytes])) == [["a", nil, "b"]])
    let halves = Self.batch(2, [(2, 0)], [[], [0, 1, 2].flatMap { littleEndian(Int32($0)) }, Array("é".utf8)])
    #expect(Self.error(Self.text, halves)?.message.contains("column t: a text is not UTF-8") == true)
  }

  @Test func datesInMillisecondsAreWholeDays() throws {
    let field = Build.field("d", 8)
    func date(_ value: Int64) -> [UInt8] { Self.batch(1, [(1, 0)], [[], littleEndian(value)]) }
    #expect(try Self.read(stream: Build.stream([field], [date(-86_400_000)])) == [["-1"]])
    #expect(Self.error(field, date(1))?.message.contains("no whole day") == true)
  }

  @Test func hostileCountsAreErrors() {
    func offsets(_ values: [Int32]) -> [UInt8] { values.flatMap { littleEndian($0) } }
    let text = Self.text
    #expect(Self.error(text, Self.batch(2, [(2, 0)], [[], offsets([0, 2, 1]), [97, 98]])) != nil)
    #expect(Self.error(text, Self.batch(1, [(1, 0)], [[], offsets([-1, 1]), [97, 98]])) != nil)
    #expect(Self.error(text, Self.batch(1, [(1, 0)], [[], offsets([0, 9]), [97, 98]])) != nil)
    #expect(Self.error(text, Self.batch(5, [(5, 0)], [[], offsets([0, 1]), [97, 98]])) != nil)
    #expect(Self.error(Self.int32, Self.batch(1, [(2, 0)], [[], offsets([0, 1])])) != nil)
    #expect(Self.error(Self.int32, Self.batch(9, [(9, 9)], [[0], offsets([0, 1])])) != nil)
    #expect(Self.error(Self.int32, Self.batch(1, [], [[], offsets([0])])) != nil)
    #expect(Self.error(Self.int32, Self.batch(1, [(1, 0)], [[]])) != nil)
    #expect(Self.error(Self.int32, Self.batch(1, [(1, 0)], [[], littleEndian(Int64(4)) + [1, 2]], codec: 0)) != nil)
    #expect(
      Self.error(Self.int32, Self.batch(1, [(1, 0)], [[], littleEndian(Int64.max) + [1]], codec: 1))?.kind == .malformed
    )
    #expect(Self.error(Self.int32, Self.batch(1, [(1, 0)], [[], offsets([0])], codec: 9)) != nil)
    #expect(Self.error(Build.field("n", 1), Self.batch(1 << 40, [(1 << 40, 1 << 40)], []))?.kind == .limit)
  }

  @Test func bigEndianIsAClearError() {
    let bytes = Build.message(1, Build.schema([Self.int32], endianness: 1))
    let error = #expect(throws: ScanError.self) { try Self.read(stream: bytes) }
    #expect(error?.message.contains("big-endian") == true)
  }

  @Test(arguments: 0..<6)
  func mutationsAreRowsOrErrors(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let list = Build.field(
      "l", 12, children: [Build.field("m", 17, children: [Build.field("e", 13, children: [Self.text, Self.int32])])])
    let coded = Build.field("d", 5, more: [4: .table([0: .int(Int64(7))])])
    let three = [0, 1, 1, 2].flatMap { littleEndian(Int32($0)) }
    let rows = Self.batch(
      3, [(3, 0), (2, 0), (2, 0), (2, 0), (2, 1), (3, 1), (3, 0)],
      [[], three, [], three, [], []] + Build.texts(["k", "j"]) + [
        [1], littleEndian(Int64(5)), [5], three, [], three, Array("ab".utf8),
      ])
    let fields = [list, coded, Self.text]
    let stream = Build.stream(fields, [Self.dictionary(7, ["x", "y", "z"]), rows])
    let file = Build.file(fields, dictionaries: [Self.dictionary(7, ["x", "y", "z"])], [rows])
    #expect(try Self.read(stream: stream) == Self.read(file: file))
    let folder = try TemporaryFolder()
    for index in 0..<1000 {
      var bytes = index % 4 == 0 ? file : stream
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] =
          [0, 1, 0x7F, 0x80, 0xFF, .random(in: 0...255, using: &generator)].randomElement(using: &generator) ?? 0
      }
      do {
        if index % 4 == 0 {
          let path = try folder.write(bytes, to: "m.arrow")
          _ = try arrowValues(ArrowFileReader(RandomAccessFile(path: path, displayedAs: "m.arrow")))
        } else {
          _ = try Self.read(stream: bytes)
        }
      } catch is ScanError {}
    }
  }
}
