/// A boolean expression over the columns holds in every row that a condition selects.
///
/// Three-valued: where the expression is unknown the row is not evaluated; where the condition is unknown the row is
/// not selected. Where either is unknown because a value is not of the type that it reads, the row is malformed.
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
    let (unread, unreadConditions) = (Self.unread(expectation, batch), Self.unread(condition, batch))
    func isMalformed(_ row: Int, _ columns: [[UInt8]]) -> Bool {
      columns.contains { $0[row] == CellState.malformed.rawValue }
    }
    for row in 0..<batch.rowCount {
      switch (selected?[row] ?? .yes, expected[row]) {
      case (.no, _): verdicts[row] = .unselected
      case (.unknown, _): verdicts[row] = isMalformed(row, unreadConditions) ? .malformed : .unselected
      case (.yes, .yes): verdicts[row] = .holds
      case (.yes, .no): verdicts[row] = .violated
      case (.yes, .unknown): verdicts[row] = isMalformed(row, unread) ? .malformed : .null
      }
    }
  }

  /// The states of the cells of every column in which there are values that the expression cannot read.
  private static func unread(_ expression: RowExpression?, _ batch: Batch) -> [[UInt8]] {
    (expression?.readings ?? []).compactMap { reading in
      let states: [UInt8]
      switch batch.derived[reading] {
      case .number(let column)?: states = column.states
      case .integer(let column)?: states = column.states
      case .text?, nil: return nil
      }
      return MarkCounts(states)[CellState.malformed.rawValue] > 0 ? states : nil
    }
  }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    let rows = statistics.rowCount
    let selected = condition?.truths(by: statistics) ?? [.yes]
    guard selected == [.yes] else {
      guard !selected.contains(.yes), selected == [.no] || Self.isRead(condition, statistics) else { return nil }
      return ViolationSummary(rows: rows, unselected: rows)
    }
    switch expectation.truths(by: statistics) {
    case [.yes]: return ViolationSummary(rows: rows)
    case [.unknown] where Self.isRead(expectation, statistics): return ViolationSummary(rows: rows, nulls: rows)
    default: return nil
    }
  }

  /// Whether no value of the rows is of another type than the expression reads: what is unknown is so for want of values.
  private static func isRead(_ expression: RowExpression?, _ statistics: ChunkStatistics) -> Bool {
    (expression?.readings ?? []).allSatisfy { reading in
      guard let type = reading.type, type != .string else { return true }
      guard let column = statistics.columns[reading.column] else { return false }
      if column.nullCount == statistics.rowCount { return true }
      return type == .number ? column.type.isFloat || column.numbers != nil : column.integers(as: type) != nil
    }
  }
}
