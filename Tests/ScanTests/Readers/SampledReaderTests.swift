import TestSupport
import Testing

@testable import Scan

/// A sample is some of the table's chunks, each as it is in the table and at its place.
@Suite struct SampledReaderTests {
  /// A text with quoted newlines and ragged records, in chunks of a few rows.
  private static func reader(rows: Int) throws -> CSVReader {
    var text = "id,note\n"
    for row in 0..<rows {
      text += row % 11 == 5 ? "\(row),\"two\nlines\"\n" : row % 17 == 3 ? "ragged\n" : "\(row),x\n"
    }
    return try CSVReader(ChoppedSource(Array(text.utf8), piece: .max), dialect: CSVDialect(), blockBytes: 20)
  }

  private struct Found: Equatable {
    var rows: Int
    var violations: [ViolatingRow]
    var defects: [Int]
  }

  /// What a scan finds, with every row that has an even number as a violation.
  private static func scan(_ reader: some TableReader, threads: Int) async throws -> Found {
    var scanner = Scanner(reader, ScanResources(threads: threads))
    let pattern = try Pattern("[0-9]*[13579]")
    let found = try await scanner.scan([
      RowCount.Specification(), AllViolations.Specification(test: PatternTest("id", of: [pattern])),
      DefectCount.Specification(), DuplicateKeys.Specification(["id", "note"]), ColumnSummary.Specification("id"),
    ])
    let rows = try #require(found[0] as? RowCount).rows
    let violations = try #require(found[1] as? AllViolations).rows
    let defects = try #require(found[2] as? DefectCount)
    let keys = try #require(found[3] as? DuplicateKeys)
    #expect(keys.summary.rows == rows && keys.summary.violating == 0)
    #expect(try #require(found[4] as? ColumnSummary).rows == rows)
    return Found(rows: rows, violations: violations, defects: defects.first.map(\.place.number))
  }

  @Test(arguments: [0.02, 0.3, 0.9])
  func whatIsInTheSampleIsWhereItIsInTheTable(share: Double) async throws {
    let whole = try await Self.scan(try Self.reader(rows: 6000), threads: 1)
    let sample = try await Self.scan(SampledReader(try Self.reader(rows: 6000), share: share), threads: 1)
    #expect(sample.rows < whole.rows && sample.rows > 0)
    // Some six hundred chunks: the share is met within five standard errors.
    #expect(abs(Double(sample.rows) / Double(whole.rows) - share) < 5 * (share * (1 - share) / 600).squareRoot())
    let known = Dictionary(uniqueKeysWithValues: whole.violations.map { ($0.place, $0.values) })
    for row in sample.violations { #expect(known[row.place] == row.values) }
    #expect(sample.violations.count > sample.rows / 3)
    let lines = Set(try Self.lines(ofRaggedIn: 6000))
    for line in sample.defects { #expect(lines.contains(line)) }
    for threads in [2, 5] {
      let again = try await Self.scan(SampledReader(try Self.reader(rows: 6000), share: share), threads: threads)
      #expect(again == sample)
    }
  }

  @Test func theFirstChunkIsAlwaysRead() async throws {
    let sample = try await Self.scan(SampledReader(try Self.reader(rows: 4), share: 1e-9), threads: 1)
    let whole = try await Self.scan(try Self.reader(rows: 4), threads: 1)
    #expect(sample == whole)
    let larger = try await Self.scan(SampledReader(try Self.reader(rows: 6000), share: 1e-9), threads: 1)
    #expect((1...20).contains(larger.rows))
  }

  @Test func allOfItIsAll() async throws {
    let whole = try await Self.scan(try Self.reader(rows: 900), threads: 1)
    #expect(try await Self.scan(SampledReader(try Self.reader(rows: 900), share: 1), threads: 1) == whole)
  }

  private static func lines(ofRaggedIn rows: Int) throws -> [Int] {
    var (line, lines) = (2, [Int]())
    for row in 0..<rows {
      if row % 11 != 5, row % 17 == 3 { lines.append(line) }
      line += row % 11 == 5 ? 2 : 1
    }
    return lines
  }
}

/// Every violating row, where `Violations` remembers the first few.
private struct AllViolations: Aggregate {
  var rows: [ViolatingRow] = []
  private let test: PatternTest

  struct Specification: AggregateSpecification {
    var test: PatternTest
    var readings: [ColumnReading] { test.readings + test.shownColumns.map { ColumnReading($0) } }
    var empty: AllViolations { AllViolations(test: test) }
  }

  private init(test: PatternTest) { self.test = test }

  mutating func update(_ batch: Batch) {
    var verdicts = [RowVerdict](repeating: .null, count: batch.rowCount)
    test.judge(batch, into: &verdicts)
    for row in 0..<batch.rowCount where verdicts[row] == .violated {
      rows.append(ViolatingRow(place: batch.place(row), values: [batch.display("id", row: row)]))
    }
  }

  mutating func merge(_ other: AllViolations) { rows += other.rows }

  mutating func move(after origin: RowPlace) {
    for index in rows.indices { rows[index].place = rows[index].place.moved(after: origin) }
  }
}

/// Parts of ten rows, of which four share what the file says about all of them: as Parquet's large row groups.
private struct PartsReader: TableReader {
  let name = "parts"
  let fields = [Field("a", .integer(bits: 64, isSigned: true))]
  var next = 0

  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    defer { next += 1 }
    return next < 200 ? Part(number: next, columns: columns) : nil
  }

  struct Part: TableChunk {
    let number: Int
    let columns: [Int]

    var statistics: ChunkStatistics? {
      let extremes = StoredColumn.integers(Column(values: [0, 9], states: [1, 1]))
      let column = ColumnStatistics(.integer(bits: 64, isSigned: true), nullCount: 0, extremes: extremes)
      return ChunkStatistics(rowCount: 40, columns: ["a": column], isCounted: number % 4 == 0)
    }

    func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
      batch.rowCount = 10
      let values = Column<Int64>(values: Array(0..<10), states: [UInt8](repeating: 1, count: 10))
      batch.stored = columns.map { _ in .integers(values) }
      try body(&batch)
    }
  }
}

@Suite struct SampledStatisticsTests {
  /// What the file says about parts that are left out is no part of a sample.
  @Test(arguments: [1.0, 0.5, 0.1, 0.02])
  func everyRowThatIsReadIsJudgedAndNoOther(share: Double) async throws {
    var scanner = Scanner(SampledReader(PartsReader(), share: share))
    let test = RangeTest("a", as: .integer, .integer(0, 100))
    let found = try await scanner.scan([RowCount.Specification(), Violations.Specification(test)])
    let rows = try #require(found[0] as? RowCount).rows
    let summary = try #require(found[1] as? Violations<RangeTest>).summary
    #expect(rows > 0 && rows <= 2000 && (rows == 2000) == (share == 1))
    #expect(summary.rows == rows && summary.evaluated == rows && summary.violating == 0)
  }
}

/// An error of the reader comes after those of the chunks before it, however many are read side by side.
@Suite struct ReadingOrderTests {
  private struct EndingReader: TableReader {
    let name = "ending"
    let fields = [Field("a", .untyped)]
    var next = 0

    mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
      next += 1
      if next > 2 { throw ScanError(.malformed, "the file ends here") }
      return FailedChunk(error: ScanError(.malformed, "chunk \(next) is damaged"))
    }
  }

  @Test(arguments: [1, 2, 4, 8])
  func theFirstErrorInTheFileIsTold(threads: Int) async {
    var scanner = Scanner(EndingReader(), ScanResources(threads: threads))
    var message = ""
    do {
      _ = try await scanner.scan([RowCount.Specification()])
    } catch {
      message = error.message
    }
    #expect(message == "chunk 1 is damaged")
  }
}
