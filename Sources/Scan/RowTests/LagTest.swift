/// What happened at one point in time is loaded at another that comes no later than a limit after it, and not before.
package struct LagTest: RowTest {
  package var event: ColumnReading
  package var load: ColumnReading
  /// In microseconds.
  package var limit: Int64

  /// - Parameters:
  ///   - event: read as dates or timestamps.
  ///   - load: read as dates or timestamps.
  package init(from event: ColumnReading, to load: ColumnReading, atMost limit: Int64) {
    self.event = event
    self.load = load
    self.limit = limit
  }

  package var readings: [ColumnReading] { [event, load] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let (events, loads) = (batch.instants(event), batch.instants(load))
    let (null, valid) = (CellState.null.rawValue, CellState.valid.rawValue)
    for row in 0..<batch.rowCount {
      let (a, b) = (events.states[row], loads.states[row])
      guard a == valid, b == valid else {
        verdicts[row] = a == null || b == null ? .null : .malformed
        continue
      }
      let (lag, isTooLong) = loads.values[row].subtractingReportingOverflow(events.values[row])
      verdicts[row] = !isTooLong && lag >= 0 && lag <= limit ? .holds : .violated
    }
  }
}
