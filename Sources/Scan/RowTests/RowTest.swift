/// What a test says of one row.
package enum RowVerdict: UInt8, Sendable {
  /// There is no value to judge: a null, or an unknown outcome of three-valued logic.
  case null = 0
  case holds = 1
  case violated = 2
  /// The value is not of the type that the test reads.
  case malformed = 3
  /// A condition leaves the row out.
  case unselected = 4
}

/// A claim about each row of a table by itself. One file per test; the loop over the rows of a batch is its own.
package protocol RowTest: Hashable, Sendable {
  /// The columns that the test reads.
  var readings: [ColumnReading] { get }
  /// The columns that a person needs to see to understand a violation.
  var shownColumns: [String] { get }
  /// Judges every row of the batch: `verdicts` has one element for each.
  func judge(_ batch: Batch, into verdicts: inout [RowVerdict])
}

extension RowTest {
  package var shownColumns: [String] { readings.map(\.column) }
}

extension RowTest {
  /// The loop of every test over the text of one column.
  @inline(__always)
  func judgeTexts(
    _ column: String, _ batch: Batch, into verdicts: inout [RowVerdict], holds: (Span<UInt8>) -> Bool
  ) {
    let text = batch.texts(column)
    let bytes = batch.bytes.span
    for row in 0..<batch.rowCount {
      guard text.ends[row] >= 0 else {
        verdicts[row] = .null
        continue
      }
      let field = bytes.extracting(Int(text.starts[row])..<Int(text.ends[row]))
      verdicts[row] = holds(field) ? .holds : .violated
    }
  }

  /// The loop of every test over the values of one column in a fixed-width reading.
  @inline(__always)
  func judgeValues<Value>(_ column: Column<Value>, into verdicts: inout [RowVerdict], holds: (Value) -> Bool) {
    for row in column.states.indices {
      switch column.states[row] {
      case CellState.valid.rawValue: verdicts[row] = holds(column.values[row]) ? .holds : .violated
      case CellState.null.rawValue: verdicts[row] = .null
      default: verdicts[row] = .malformed
      }
    }
  }
}
