import TestSupport
import Testing

@testable import Scan

/// What is answered with the help of page indexes by pyarrow is what reading every page says.
@Suite struct PageIndexTests {
  private static let integers = ["id", "wide", "narrow", "unsigned", "some"]

  /// A test of one column, with limits near the values of some pages.
  private static func test(_ dice: inout SeededGenerator) -> RangeTest {
    let middle = Int64.random(in: -50...50, using: &dice) * 100
    let limits = (middle - Int64.random(in: 0...3000, using: &dice), middle + Int64.random(in: 0...3000, using: &dice))
    let low = Bool.random(using: &dice) ? limits.0 : nil
    let high = Bool.random(using: &dice) ? limits.1 : nil
    let day: Int64 = 86_400_000_000
    switch ["integer", "number", "date", "time", "price"].randomElement(using: &dice) {
    case "integer":
      return RangeTest(integers.randomElement(using: &dice) ?? "id", as: .integer, .integer(low, high))
    case "date": return RangeTest("day", as: .date, .integer(low, high))
    case "time":
      return RangeTest("time", as: .timestamp, .moment(low.map { Moment($0 * day) }, high.map { Moment($0 * day) }))
    case "price":
      return RangeTest("price", as: .number, .number(low.map { Double($0) / 100 }, high.map { Double($0) / 100 }))
    default: return RangeTest("number", as: .number, .number(low.map { Double($0) }, high.map { Double($0) }))
    }
  }

  private static func condition(_ dice: inout SeededGenerator) -> RowExpression {
    let column = RowExpression.column(
      ColumnReading(["wide", "some", "id"].randomElement(using: &dice) ?? "id", as: .integer))
    let limit = RowExpression.integer(Int64.random(in: -5000...5000, using: &dice))
    let operators: [RowExpression.Comparison] = [.less, .greater, .greaterOrEqual, .notEqual]
    let comparison = RowExpression.comparison(operators.randomElement(using: &dice) ?? .less, column, limit)
    return Bool.random(using: &dice) ? comparison : .not(.isNull(column))
  }

  private static func summaries(
    _ tests: [ScopedTest<RangeTest>], of path: String, threads: Int
  ) async throws -> [ViolationSummary] {
    let file = try RandomAccessFile(path: path, displayedAs: "table")
    var scanner = Scanner(try ParquetReader(file), ScanResources(threads: threads))
    let presence = ["text", "list", "some", "flag", "number"].map { Violations.Specification(PresenceTest($0)) }
    let scoped = tests.map { Violations.Specification($0) }
    let found = try await scanner.scan(scoped as [any AggregateSpecification] + presence + [RowCount.Specification()])
    #expect((found.last as? RowCount)?.rows == 60_000)
    return found.compactMap { found in
      var summary =
        (found as? Violations<ScopedTest<RangeTest>>)?.summary ?? (found as? Violations<PresenceTest>)?.summary
      // Which of very many values are the most frequent is estimated, batch by batch.
      summary?.values = ViolatingValues()
      return summary
    }
  }

  @Test(arguments: 0..<4)
  func whatIsAnsweredIsWhatIsRead(number: Int) async throws {
    let folder = try await PythonTables.write("write_page_indexes.py")
    var dice = SeededGenerator(seed: 70 + UInt64(number))
    for round in 0..<10 {
      let tests = (0..<4).map { index in
        ScopedTest(Self.test(&dice), in: RowScope(where: index < 2 ? Self.condition(&dice) : nil))
      }
      let found = try await Self.summaries(tests, of: folder.path + "/\(number).parquet", threads: 1 + round % 2)
      let expected = try await Self.summaries(tests, of: folder.path + "/\(number).plain.parquet", threads: 1)
      #expect(found.count == tests.count + 5)
      for index in found.indices where found[index] != expected[index] {
        Issue.record("\(index < tests.count ? "\(tests[index])" : "presence"): \(found[index]), not \(expected[index])")
      }
    }
  }

  /// Every page has an index, and what it says of whole pages and of their parts is true.
  @Test(arguments: 0..<4)
  func whatIsKnownOfPagesIsTrue(number: Int) async throws {
    let folder = try await PythonTables.write("write_page_indexes.py")
    let file = try RandomAccessFile(path: folder.path + "/\(number).parquet", displayedAs: "table")
    var reader = try ParquetReader(file)
    let fields = reader.fields
    var (spans, known) = (0, 0)
    while let chunk = try reader.nextChunk(of: Array(fields.indices)) {
      var claims: ChunkStatistics?
      var batch = Batch()
      try chunk.decode(
        into: &batch,
        omitting: { statistics in
          claims = statistics
          spans += 1
          return []
        }
      ) { batch throws(ScanError) in
        for (slot, field) in fields.enumerated() {
          guard let claim = claims?.columns[field.name] else { continue }
          known += 1
          let values = batch.stored[slot]
          let nulls = (0..<batch.rowCount).count { values.isNull($0) }
          if batch.rowCount == claims?.rowCount { #expect(nulls == claim.nullCount, "\(field.name)") }
          for type in [ValueType.integer, .boolean, .date, .timestamp] {
            guard let range = claim.integers(as: type), case .integer(let column) = values.read(field.type, as: type)
            else { continue }
            let outside = (0..<batch.rowCount).count {
              column.states[$0] == CellState.valid.rawValue && !range.contains(column.values[$0])
            }
            #expect(outside == 0, "\(field.name) as \(type), \(range)")
          }
        }
      }
    }
    #expect(spans >= 3 && known > 20)
  }
}
