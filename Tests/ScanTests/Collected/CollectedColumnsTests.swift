import TestSupport
import Testing

@testable import Scan

@Suite struct CollectedColumnsTests {
  private static func collect(_ table: TestTable, _ specification: CollectedColumns.Specification) async throws
    -> CollectedColumns
  {
    try await specification.summary(of: [table.batches(of: 100)])
  }

  @Test func whatIsNoNumberIsCountedByItsKind() async throws {
    let table = TestTable(columns: [("x", ["1", nil, "abc", "NaN", "-0", "2.5"])])
    let specification = CollectedColumns.Specification(numbers: ["x"], words: [], key: [], limit: 1 << 20)
    let found = try #require(try await Self.collect(table, specification).numbers("x"))
    #expect(found.values.map { $0.isNaN ? nil : $0 } == [1, nil, nil, nil, 0, 2.5])
    #expect((found.nulls, found.malformed, found.nans) == (1, 1, 1))
    #expect(found.firstBad?.number == 3)
  }

  /// One byte a row until the 256th word comes, and four from there on.
  @Test(arguments: [1, 254, 255, 256, 300])
  func wordsKeepTheirRowsWhateverTheirNumber(count: Int) async throws {
    let values: [String?] = (0..<1000).map { $0 % 7 == 3 ? nil : "w\($0 % count)" }
    let table = TestTable(columns: [("w", values)])
    let specification = CollectedColumns.Specification(numbers: [], words: ["w"], key: [], limit: 1 << 20)
    let found = try #require(try await Self.collect(table, specification).words("w"))
    let words = found.words
    #expect(found.indices.map { $0 < 0 ? nil : words[Int($0)] } == values)
    #expect((0..<1000).map { found[$0].map { words[$0] } } == values)
    #expect(found.nulls == values.count { $0 == nil })
  }

  @Test func whatDoesNotFitIsRefused() async throws {
    let table = TestTable(columns: [("x", (0..<1000).map { "\($0)" })])
    let specification = CollectedColumns.Specification(numbers: ["x"], words: [], key: [], limit: 4000)
    await #expect(throws: ScanError.self) { try await Self.collect(table, specification) }
  }

  /// What is the same in all rows is there for each of them; what cannot be computed is no value.
  @Test func expressionsAreCollectedBesideColumns() async throws {
    let table = TestTable(columns: [("x", ["1", nil, "abc", "4"]), ("y", ["0.5", "1", "1", "-2"])])
    let (x, y) = (ColumnReading("x", as: .number), ColumnReading("y", as: .number))
    let plus = try #require(RowFunction.byName["+"]?.overloads.first { $0.result == .number })
    let sum = RowExpression.call(plus, [.column(x), .column(y)])
    let claim = RowExpression.comparison(.greater, .column(x), .integer(1))
    let specification = CollectedColumns.Specification(
      numbers: [], words: [], key: [], computed: [sum, .number(7)], claims: [claim], limit: 1 << 20)
    let found = try await Self.collect(table, specification)
    let sums = try #require(found.numbers(sum))
    #expect(sums.values.map { $0.isNaN ? nil : $0 } == [1.5, nil, nil, 2] && sums.nulls + sums.malformed == 2)
    #expect(found.numbers(.number(7))?.values == [7, 7, 7, 7])
    #expect(found.truths(claim) == [.no, .unknown, .unknown, .yes])
  }
}
