/// The fields of one column of a batch as ranges of the batch's bytes.
package struct TextColumn: Sendable {
  /// Where each field begins.
  package var starts: [Int32] = []
  /// Where each field ends; negative for a null.
  package var ends: [Int32] = []

  package init() {}

  func isNull(_ row: Int) -> Bool { ends[row] < 0 }

  mutating func removeAll() {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}

/// The values of one column of a batch in a fixed-width reading.
package struct Column<Value: Sendable>: Sendable {
  /// A value for every row; meaningless where the state is not valid.
  package var values: [Value]
  /// `CellState` raw values, one for every row.
  package var states: [UInt8]

  init(values: [Value], states: [UInt8]) {
    self.values = values
    self.states = states
  }
}

/// A column of a batch in one reading.
package enum ColumnVector: Sendable {
  case text(TextColumn)
  case number(Column<Double>)
  /// Integers, booleans (0 and 1), dates (days since 1970) and timestamps (microseconds since 1970).
  case integer(Column<Int64>)
}
