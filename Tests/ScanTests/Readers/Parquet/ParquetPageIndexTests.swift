import TestSupport
import Testing

@testable import Scan

/// What the page index of a file saves of the reading, and when it is not believed.
@Suite struct ParquetPageIndexTests {
  typealias Page = ParquetBytes.Page

  /// How many rows each of the three pages has.
  private static let pageRows = 2000
  /// A page that nobody can decode.
  private static let damaged = Page(count: pageRows, encoding: .dictionary, bytes: [0xFF])

  private static func longs(_ values: [Int]) -> [UInt8] { values.flatMap { ParquetBytes.number($0, 8) } }

  private static func page(_ first: Int) -> Page {
    Page(count: pageRows, bytes: longs(Array(first..<first + pageRows)))
  }

  private static let index = ParquetBytes.Index(
    firstRows: [0, pageRows, 2 * pageRows], areNull: [false, false, false], minima: [0, 10_000, 0].map { longs([$0]) },
    maxima: [1999, 11_999, 1999].map { longs([$0]) }, nulls: [0, 0, 0])

  private static func file(_ pages: [[Page]], _ indexes: [ParquetBytes.Index?]) -> ParquetBytes {
    let elements = pages.indices.map { ParquetBytes.Element(name: ["n", "m"][$0], physical: .int64) }
    var file = ParquetBytes(
      elements,
      [.init(rows: 3 * pageRows, chunks: zip(pages, indexes).map { .init(pages: $0, index: $1) })])
    file.orders = elements.map { _ in 1 }
    return file
  }

  private static func violations(
    of test: RangeTest, in file: ParquetBytes, threads: Int = 1
  ) async throws -> ViolationSummary {
    var scanner = Scanner(try ParquetFile.reader(file.file), ScanResources(threads: threads))
    let found = try await scanner.scan([Violations.Specification(test), RowCount.Specification()])
    #expect((found[1] as? RowCount)?.rows == 3 * pageRows)
    return try #require(found[0] as? Violations<RangeTest>).summary
  }

  private static let low = RangeTest("n", as: .integer, .integer(nil, 11_998))

  @Test func pagesThatProveWhatIsAskedAreNotRead() async throws {
    let file = Self.file([[Self.damaged, Self.page(10_000), Self.damaged]], [Self.index])
    for threads in [1, 3] {
      let found = try await Self.violations(of: Self.low, in: file, threads: threads)
      #expect(found.evaluated == 6000 && found.violating == 1)
      #expect(found.first.map(\.place.number) == [4000] && found.first.first?.values == ["11999"])
    }
    await #expect(throws: ScanError.self) {
      try await Self.violations(of: RangeTest("n", as: .integer, .integer(1, nil)), in: file)
    }
  }

  /// A condition on one column leaves out pages of another, which need not begin at the same rows.
  @Test func pagesThatAConditionLeavesOutAreNotRead() async throws {
    let short = Page(count: 1500, encoding: .dictionary, bytes: [0xFF])
    let values = Page(count: 3000, bytes: Self.longs(Array(0..<3000)))
    let file = Self.file(
      [[Self.page(0), Self.page(10_000), Self.page(0)], [short, values, short]], [Self.index, nil])
    let scope = RowScope(
      where: .comparison(.greaterOrEqual, .column(ColumnReading("n", as: .integer)), .integer(10_000)))
    var scanner = Scanner(try ParquetFile.reader(file.file))
    let found = try await scanner.scan([
      Violations.Specification(ScopedTest(RangeTest("m", as: .integer, .integer(1000, 2000)), in: scope))
    ])
    let summary = try #require(found[0] as? Violations<ScopedTest<RangeTest>>).summary
    // The rows 2000 to 3999 have the values 500 to 2499 in m.
    #expect(summary.rows == 6000 && summary.unselected == 4000 && summary.evaluated == 2000)
    #expect(summary.violating == 999 && summary.first.first?.place.number == 2001)
  }

  @Test func nullsOfPagesAreCounted() async throws {
    func found(_ isNull: [Bool], _ nulls: [Int]?) async throws -> ViolationSummary {
      let optional = ParquetBytes.Element(name: "n", repetition: 1, physical: .int64)
      // Runs of definition levels: all 0.
      let page = Page(count: Self.pageRows, bytes: [3, 0, 0, 0, 0xA0, 0x1F, 0])
      var file = ParquetBytes(optional, rows: 3 * Self.pageRows, [page, page, page])
      var index = Self.index
      (index.areNull, index.nulls) = (isNull, nulls)
      index.minima = [[], [], []]
      index.maxima = [[], [], []]
      file.groups[0].chunks[0].index = index
      file.orders = [1]
      return try await Self.violations(of: Self.low, in: file)
    }
    for (isNull, nulls) in [
      ([true, true, true], [2000, 2000, 2000]), ([true, true, true], nil), ([false, true, false], nil),
    ]
      as [([Bool], [Int]?)]
    {
      #expect(try await found(isNull, nulls) == ViolationSummary(rows: 6000, nulls: 6000))
    }
  }

  /// An index that contradicts itself or the file is none: all is read.
  @Test func nonsenseIsIgnored() async throws {
    let pages = [Self.page(0), Self.page(10_000), Self.page(0)]
    let truth = try await Self.violations(of: Self.low, in: Self.file([pages], [nil]))
    #expect(truth.violating == 1)
    let changes: [(inout ParquetBytes.Index) -> Void] = [
      { $0.firstRows = [0, 2000] }, { $0.firstRows = [1, 2000, 4000] }, { $0.firstRows = [0, 4000, 2000] },
      { $0.firstRows = [0, 2000, 6000] }, { $0.firstRows = [0, 2000, .max] }, { $0.firstRows = [0, 0, 2000] },
      { $0.firstRows = [-1, 2000, 4000] }, { $0.firstRows = [] }, { $0.areNull = [false] }, { $0.minima = [] },
      { $0.maxima.removeLast() }, { $0.nulls = [0] }, { $0.offset = 1 << 40 }, { $0.offset = .max },
      { $0.offset = -5 }, { $0.offset = 4 },
    ]
    for change in changes {
      var index = Self.index
      // It claims that nothing is too large.
      index.maxima = Self.index.minima
      change(&index)
      #expect(try await Self.violations(of: Self.low, in: Self.file([pages], [index])) == truth)
    }
    // Of pages whose bounds or counts cannot be, only these are read.
    for (minima, maxima, nulls) in [
      ([[], [], []], [[], [], []], [0, 0, 0]), (Self.index.maxima, Self.index.minima, [0, 0, 0]),
      (Self.index.minima, Self.index.minima.map { $0 + [0] }, [0, 0, 0]),
      (Self.index.minima, Self.index.minima, [1, 1, 1]), (Self.index.minima, Self.index.minima, [-1, .max, 6000]),
    ] {
      var index = Self.index
      (index.minima, index.maxima, index.nulls) = (minima, maxima, nulls)
      #expect(try await Self.violations(of: Self.low, in: Self.file([pages], [index])) == truth)
    }
    // Bounds in an order that the file does not define.
    for orders in [nil, [2]] as [[Int]?] {
      var index = Self.index
      index.maxima = Self.index.minima
      var file = Self.file([pages], [index])
      file.orders = orders
      #expect(try await Self.violations(of: Self.low, in: file) == truth)
    }
  }

  /// A file that lies about its values is believed, as it is about those of a row group.
  @Test func boundsAreTheFilesOwnClaim() async throws {
    var index = Self.index
    index.maxima[1] = Self.longs([10_000])
    let pages = [Self.page(0), Self.page(10_000), Self.page(0)]
    #expect(try await Self.violations(of: Self.low, in: Self.file([pages], [index])).violating == 0)
  }
}
