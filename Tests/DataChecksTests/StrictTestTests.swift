import Testing

@testable import DataChecks
@testable import Scan

@Suite struct StrictTestTests {
  /// Values that are proven to satisfy a test are of its type, and so they satisfy the strict one.
  @Test func whatStatisticsProveOfATestTheyProveOfTheStrictOne() throws {
    let valid = CellState.valid.rawValue
    let ends = StoredColumn.integers(Column(values: [1, 4], states: [valid, valid]))
    let column = ColumnStatistics(.integer(bits: 64, isSigned: true), nullCount: 3, extremes: ends)
    let statistics = ChunkStatistics(rowCount: 10, columns: ["a": column])
    let proven = StrictTest(RangeTest("a", as: .number, .number(0, 4))).summary(from: statistics)
    #expect(proven == ViolationSummary(rows: 10, nulls: 3))
    #expect(StrictTest(RangeTest("a", as: .number, .number(2, 4))).summary(from: statistics) == nil)
    #expect(StrictTest(RangeTest("a", as: .date, .integer(0, 4))).summary(from: statistics) == nil)
  }
}
