/// Every date or timestamp, whichever a value is written as, lies within limits, both inclusive. A date is its midnight
/// in UTC.
package struct TimeTest: RowTest {
  package var column: String
  package var low: Moment?
  package var high: Moment?
  /// Whether a value that is no time violates the test, because no other check says so.
  package var isStrict: Bool

  package init(_ column: String, from low: Moment?, to high: Moment?, isStrict: Bool) {
    self.column = column
    self.low = low
    self.high = high
    self.isStrict = isStrict
  }

  package var readings: [ColumnReading] {
    [ColumnReading(column, as: .timestamp), ColumnReading(column, as: .date)]
  }
  package var shownColumns: [String] { [column] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let (times, days) = (batch.integers(readings[0]), batch.instants(readings[1]))
    let nanoseconds = batch.nanoseconds(readings[0])
    let (null, valid) = (CellState.null.rawValue, CellState.valid.rawValue)
    for row in 0..<batch.rowCount {
      if times.states[row] == valid {
        verdicts[row] = verdict(Moment(times.values[row], nanoseconds: nanoseconds?[row] ?? 0))
      } else if days.states[row] == valid {
        verdicts[row] = verdict(Moment(days.values[row]))
      } else {
        verdicts[row] = times.states[row] == null ? .null : isStrict ? .violated : .malformed
      }
    }
  }

  private func verdict(_ moment: Moment) -> RowVerdict {
    if let low, moment < low { return .violated }
    if let high, high < moment { return .violated }
    return .holds
  }
}
