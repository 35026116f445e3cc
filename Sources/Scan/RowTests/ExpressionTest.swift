/// A boolean expression over the columns holds in every row that a condition selects.
///
/// Three-valued: where the expression is unknown the row is not evaluated; where the condition is unknown the row is
/// not selected.
package struct ExpressionTest: RowTest {
  package var expectation: RowExpression
  package var condition: RowExpression?

  package init(_ expectation: RowExpression, when condition: RowExpression? = nil) {
    self.expectation = expectation
    self.condition = condition
  }

  package var readings: [ColumnReading] {
    var seen: [ColumnReading] = []
    for reading in expectation.readings + (condition?.readings ?? []) where !seen.contains(reading) {
      seen.append(reading)
    }
    return seen
  }

  package var shownColumns: [String] {
    var seen: [String] = []
    for reading in readings where !seen.contains(reading.column) { seen.append(reading.column) }
    return seen
  }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let expected = expectation.truths(batch)
    let selected = condition?.truths(batch)
    for row in 0..<batch.rowCount {
      if let selected, selected[row] != .yes {
        verdicts[row] = .unselected
        continue
      }
      switch expected[row] {
      case .yes: verdicts[row] = .holds
      case .no: verdicts[row] = .violated
      case .unknown: verdicts[row] = .null
      }
    }
  }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    let rows = statistics.rowCount
    let selected = condition?.truths(by: statistics) ?? [.yes]
    guard selected.contains(.yes) else { return ViolationSummary(rows: rows, unselected: rows) }
    guard selected == [.yes] else { return nil }
    switch expectation.truths(by: statistics) {
    case [.yes]: return ViolationSummary(rows: rows)
    case [.unknown]: return ViolationSummary(rows: rows, nulls: rows)
    default: return nil
    }
  }
}
