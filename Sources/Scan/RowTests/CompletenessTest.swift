/// Which of some columns have a value in a row: all, any, or all or none.
package struct CompletenessTest: RowTest {
  package enum Claim: Hashable, Sendable {
    /// Every column has a value.
    case all
    /// At least one column has a value.
    case any
    /// If one column has a value, every one has. A row without any value says nothing.
    case allOrNone
  }

  package var columns: [String]
  package var claim: Claim

  package init(_ columns: [String], _ claim: Claim) {
    self.columns = columns
    self.claim = claim
  }

  package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }

  /// A table may have more columns than a person looks at.
  package var shownColumns: [String] { Array(columns.prefix(12)) }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    var present = [Int32](repeating: 0, count: batch.rowCount)
    for column in columns { batch.stored(column)?.values.forEachRow { present[$0] &+= $1 ? 1 : 0 } }
    let all = Int32(clamping: columns.count)
    for row in 0..<batch.rowCount {
      switch claim {
      case .all: verdicts[row] = present[row] == all ? .holds : .violated
      case .any: verdicts[row] = present[row] > 0 ? .holds : .violated
      case .allOrNone: verdicts[row] = present[row] == 0 ? .null : present[row] == all ? .holds : .violated
      }
    }
  }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    let rows = statistics.rowCount
    let nulls = columns.map { statistics.columns[$0]?.nullCount }
    if claim == .any ? nulls.contains(0) : nulls.allSatisfy({ $0 == 0 }) { return ViolationSummary(rows: rows) }
    guard claim == .allOrNone, nulls.allSatisfy({ $0 == rows }) else { return nil }
    return ViolationSummary(rows: rows, nulls: rows)
  }
}
