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
    let (events, loads) = (batch.integers(event), batch.integers(load))
    let (eventUnit, loadUnit) = (Instant.unit(of: event), Instant.unit(of: load))
    let limit = Int128(limit) * 1000
    let (eventDigits, loadDigits) = (batch.nanoseconds(event), batch.nanoseconds(load))
    let (null, valid) = (CellState.null.rawValue, CellState.valid.rawValue)
    for row in 0..<batch.rowCount {
      let (a, b) = (events.states[row], loads.states[row])
      guard a == valid, b == valid else {
        verdicts[row] = a == null || b == null ? .null : .malformed
        continue
      }
      // Dates may lie farther from 1970 than 64 bits of microseconds reach.
      let lag =
        (Int128(loads.values[row]) * loadUnit - Int128(events.values[row]) * eventUnit) * 1000
        + Int128(loadDigits?[row] ?? 0) - Int128(eventDigits?[row] ?? 0)
      verdicts[row] = lag >= 0 && lag <= limit ? .holds : .violated
    }
  }
}
