extension RowTest {
  /// The loop of every test over the timestamps of one column, to the nanosecond.
  @inline(__always)
  func judgeMoments(
    _ reading: ColumnReading, _ batch: Batch, into verdicts: inout [RowVerdict], holds: (Moment) -> Bool
  ) {
    let column = batch.integers(reading)
    guard let nanoseconds = batch.nanoseconds(reading) else {
      return judgeValues(column, into: &verdicts) { holds(Moment($0)) }
    }
    for row in column.states.indices {
      switch column.states[row] {
      case CellState.valid.rawValue:
        verdicts[row] = holds(Moment(column.values[row], nanoseconds: nanoseconds[row])) ? .holds : .violated
      case CellState.null.rawValue: verdicts[row] = .null
      default: verdicts[row] = .malformed
      }
    }
  }
}
