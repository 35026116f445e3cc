import TestSupport
import Testing

@testable import Scan

/// What of the statistics in a file is trusted, and what is not read because of it.
@Suite struct ParquetStatisticsTests {
  typealias Element = ParquetBytes.Element
  typealias Page = ParquetBytes.Page
  typealias Statistics = ParquetBytes.Statistics

  private static func longs(_ values: [Int]) -> [UInt8] { values.flatMap { ParquetBytes.number($0, 8) } }

  /// What is known of a column of ten rows. The pages are never looked at.
  private static func known(
    _ element: Element, _ statistics: Statistics?, orders: [Int]? = [1]
  ) throws -> ColumnStatistics? {
    var file = ParquetBytes(element, rows: 10, [Page(count: 10, bytes: [])])
    file.groups[0].chunks[0].statistics = statistics
    file.orders = orders
    return try known(file)
  }

  private static func known(_ file: ParquetBytes) throws -> ColumnStatistics? {
    var reader = try ParquetFile.reader(file.file)
    let statistics = try #require(try reader.nextChunk(of: [0])?.statistics)
    #expect(statistics.rowCount == 10 && statistics.isCounted)
    return statistics.columns[reader.fields[0].name]
  }

  private let required = Element(name: "n", physical: .int64)
  private let optional = Element(name: "n", repetition: 1, physical: .int64)
  private let bounds = Statistics(nulls: 3, minimum: longs([1]), maximum: longs([4]))

  @Test func countsAndBoundsOfFlatColumns() throws {
    let known = try #require(try Self.known(optional, bounds))
    #expect(known.nullCount == 3 && known.integers(as: .integer) == 1...4)
    // A required column has no nulls, whether the file says so or not.
    for nulls in [nil, 0] {
      let known = try #require(try Self.known(required, Statistics(nulls: nulls)))
      #expect(known.nullCount == 0 && known.extremes == nil)
    }
    #expect(try Self.known(required, nil)?.nullCount == 0)
    #expect(try Self.known(optional, nil) == nil)
  }

  @Test func boundsThatAreNotExactAreWiderAndStillProve() throws {
    var bounds = bounds
    bounds.isExact = false
    #expect(try Self.known(optional, bounds)?.integers(as: .integer) == 1...4)
  }

  @Test func boundsWithoutADefinedOrderAreNone() throws {
    // No order at all, another one, and orders of another number of columns.
    for orders in [nil, [2], [], [1, 1]] as [[Int]?] {
      let known = try #require(try Self.known(optional, bounds, orders: orders))
      #expect(known.nullCount == 3 && known.extremes == nil)
    }
    let old = Statistics(nulls: 0, deprecated: (minimum: Self.longs([1]), maximum: Self.longs([4])))
    let known = try #require(try Self.known(optional, old))
    #expect(known.nullCount == 0 && known.extremes == nil)
  }

  @Test func nonsenseIsIgnored() throws {
    for nulls in [-1, 11, .max, .min] { #expect(try Self.known(optional, Statistics(nulls: nulls)) == nil) }
    #expect(try Self.known(required, Statistics(nulls: 1)) == nil)
    let wrong: [(minimum: [UInt8]?, maximum: [UInt8]?)] = [
      (nil, Self.longs([4])), (Self.longs([1]), nil), ([], []), (ParquetBytes.number(1, 4), ParquetBytes.number(4, 4)),
      (Self.longs([1, 1]), Self.longs([4])), (Self.longs([4]), Self.longs([1])),
    ]
    for (minimum, maximum) in wrong {
      let known = try #require(
        try Self.known(optional, Statistics(nulls: 0, minimum: minimum, maximum: maximum)))
      #expect(known.integers(as: .integer) == nil && known.numbers == nil)
    }
    let flag = Element(name: "b", physical: .boolean)
    #expect(try Self.known(flag, Statistics(minimum: [0], maximum: [2]))?.extremes == nil)
  }

  @Test func boundsOfEveryTypeThatIsOrderedAsIntegersAre() throws {
    func known(_ physical: PhysicalType, _ converted: Int?, _ low: [UInt8], _ high: [UInt8]) throws -> ColumnStatistics
    {
      let element = Element(name: "n", physical: physical, converted: converted, precision: 9, scale: 2)
      return try #require(try Self.known(element, Statistics(minimum: low, maximum: high)))
    }
    let (low, high) = (ParquetBytes.number(-2, 4), ParquetBytes.number(7, 4))
    #expect(try known(.int32, nil, low, high).integers(as: .integer) == -2...7)
    // The same bits without a sign.
    #expect(try known(.int32, 13, high, low).integers(as: .integer) == 7...4_294_967_294)
    #expect(try known(.int32, 6, low, high).integers(as: .date) == -2...7)
    #expect(try known(.int32, 5, low, high).numbers == -0.02...0.07)
    #expect(try known(.int64, 14, Self.longs([7]), Self.longs([-2])).numbers == 7...0x1p64)
    #expect(try known(.int64, 9, Self.longs([-2]), Self.longs([7])).integers(as: .timestamp) == -2000...7000)
    #expect(try known(.boolean, nil, [0], [1]).integers(as: .boolean) == 0...1)
    // Times of day are held as texts.
    let time = try known(.int32, 7, ParquetBytes.number(2, 4), ParquetBytes.number(7, 4)).extremes
    if case .texts(let texts)? = time { #expect(texts.starts.count == 2) } else { Issue.record("no bounds of times") }
    // Floats, texts, INT96 and decimals in bytes have none.
    #expect(try known(.double, nil, Self.longs([0]), Self.longs([0])).extremes == nil)
    #expect(try known(.byteArray, 0, [97], [98]).extremes == nil)
    #expect(try known(.int96, nil, low + low + low, high + high + high).extremes == nil)
    #expect(try known(.byteArray, 5, [1], [2]).extremes == nil)
  }

  @Test func nullsInsideOfWhatMayBeNullItselfAreNotTrusted() throws {
    func known(_ group: Int, _ leaf: Int, nulls: Int) throws -> ColumnStatistics? {
      let tree = [
        Element(name: "s", repetition: group, children: 1), Element(name: "x", repetition: leaf, physical: .int64),
      ]
      var file = ParquetBytes(tree: tree, fields: 1, rows: 10, [[Page(count: 10, bytes: [])]])
      file.groups[0].chunks[0].statistics = Statistics(nulls: nulls, minimum: Self.longs([1]), maximum: Self.longs([4]))
      file.orders = [1]
      return try Self.known(file)
    }
    #expect(try known(0, 0, nulls: 0)?.nullCount == 0)
    #expect(try known(0, 1, nulls: 2)?.nullCount == 2)
    #expect(try known(1, 0, nulls: 0) == nil)
    #expect(try known(1, 1, nulls: 2) == nil)
    #expect(try known(2, 0, nulls: 0) == nil)
    #expect(try known(0, 2, nulls: 0) == nil)
  }

  /// Three row groups: in the second one something is above 9; no page of the others is a page.
  private static func partlyDamaged() -> ParquetBytes {
    let damaged = Page(count: 2, encoding: .dictionary, bytes: [0xFF])
    let n = Element(name: "n", physical: .int64)
    let m = Element(name: "m", physical: .int64)
    func group(_ page: Page, _ maximum: Int) -> ParquetBytes.Group {
      let statistics = Statistics(minimum: longs([1]), maximum: longs([maximum]))
      return .init(
        rows: 2,
        chunks: [.init(pages: [page], statistics: statistics), .init(pages: [damaged], statistics: statistics)])
    }
    var file = ParquetBytes(
      [n, m], [group(damaged, 9), group(Page(count: 2, bytes: longs([3, 10])), 10), group(damaged, 9)])
    file.orders = [1, 1]
    return file
  }

  @Test(arguments: [1, 3]) func pagesThatNobodyNeedsAreNotRead(threads: Int) async throws {
    let range = Violations.Specification(RangeTest("n", as: .integer, .integer(0, 9)))
    let cast = Violations.Specification(CastTest("m", as: .integer))
    var scanner = Scanner(try ParquetFile.reader(Self.partlyDamaged().file), ScanResources(threads: threads))
    let found = try await scanner.scan([RowCount.Specification(), range, cast])
    #expect((found[0] as? RowCount)?.rows == 6)
    let violations = try #require(found[1] as? Violations<RangeTest>)
    #expect(violations.summary.evaluated == 6 && violations.summary.violating == 1)
    // The rows before it were counted, though they were not read.
    #expect(violations.summary.first.map(\.place.number) == [4])
    #expect((found[2] as? Violations<CastTest>)?.summary == ViolationSummary(rows: 6))

    // What cannot be answered reads the damaged pages.
    var reading = Scanner(try ParquetFile.reader(Self.partlyDamaged().file), ScanResources(threads: threads))
    await #expect(throws: ScanError.self) {
      try await reading.scan([Violations.Specification(RangeTest("n", as: .integer, .integer(0, 8)))])
    }
  }

  @Test func partsOfALargeRowGroupCountItsStatisticsOnce() async throws {
    let rows = 1_200_000
    let page = Page(count: rows, encoding: .dictionary, bytes: [0xFF])
    var file = ParquetBytes(optional, rows: rows, [page])
    file.groups[0].chunks[0].statistics = Statistics(nulls: 77, minimum: Self.longs([1]), maximum: Self.longs([4]))
    file.orders = [1]
    for threads in [1, 3] {
      var scanner = Scanner(try ParquetFile.reader(file.file), ScanResources(threads: threads))
      let found = try await scanner.scan([
        Violations.Specification(RangeTest("n", as: .integer, .integer(0, 4))), RowCount.Specification(),
      ])
      #expect((found[0] as? Violations<RangeTest>)?.summary == ViolationSummary(rows: rows, nulls: 77))
      #expect((found[1] as? RowCount)?.rows == rows)
    }
  }

  /// Files of one dataset with their columns in different orders; one of them is a part of the path.
  @Test func filesOfADatasetAreAnsweredEachByItself() async throws {
    let folder = try TemporaryFolder()
    func write(_ names: [String], _ values: [[Int]], _ file: String) throws {
      let elements = names.map { Element(name: $0, physical: .int64) }
      var bytes = ParquetBytes(
        elements,
        [
          .init(
            rows: 2,
            chunks: values.map { values in
              let known = Statistics(
                minimum: Self.longs([values.min() ?? 0]), maximum: Self.longs([values.max() ?? 0]))
              return .init(pages: [Page(count: 2, bytes: Self.longs(values))], statistics: known)
            })
        ])
      bytes.orders = names.map { _ in 1 }
      _ = try folder.write(bytes.file, to: file)
    }
    try write(["a", "b", "c"], [[1, 2], [30, 40], [500, 600]], "k=1/one.parquet")
    try write(["c", "a", "b"], [[501, 900], [1, 2], [3, 40]], "k=2/two.parquet")
    let files = ["k=1/one.parquet", "k=2/two.parquet"].map { TableFile(path: folder.path + "/" + $0, displayedAs: $0) }
    var scanner = Scanner(try TableSource(files: files, named: "all").open())
    let found = try await scanner.scan([
      Violations.Specification(RangeTest("a", as: .integer, .integer(1, 2))),
      Violations.Specification(RangeTest("b", as: .integer, .integer(30, 40))),
      Violations.Specification(RangeTest("c", as: .integer, .integer(0, 899))),
      Violations.Specification(RangeTest("k", as: .integer, .integer(2, 2))), DefectCount.Specification(),
    ])
    let first = (0..<4).map { index in (found[index] as? Violations<RangeTest>)?.summary.first.map(\.values) }
    #expect(first == [[], [["3"]], [["900"]], [["1"], ["1"]]])
    let counts = (0..<4).map { index in (found[index] as? Violations<RangeTest>)?.summary.evaluated }
    #expect(counts == [4, 4, 4, 4])
    #expect((found[4] as? DefectCount)?.differences == 0)
  }
}
