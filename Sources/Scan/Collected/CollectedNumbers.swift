/// The numbers of a column, one a row; NaN where there is none.
package struct CollectedNumbers: Sendable, Equatable {
  package private(set) var values: [Double] = []
  /// How many rows have no value, one that is no number, and NaN.
  package private(set) var nulls = 0
  package private(set) var malformed = 0
  package private(set) var nans = 0
  /// Where the first of those stands.
  package internal(set) var firstBad: RowPlace?

  package init() {}

  /// Numbers that all rows have, for tables in memory.
  package init(_ values: [Double]) {
    self.values = values
    nans = values.count { $0.isNaN }
  }

  mutating func append(_ column: Column<Double>, of batch: Batch) {
    values.reserveCapacity(values.count + batch.rowCount)
    for row in 0..<batch.rowCount {
      // A column that the table does not have has no values.
      let state = column.states.indices.contains(row) ? CellState(rawValue: column.states[row]) : .null
      switch state {
      case .valid where !column.values[row].isNaN:
        values.append(column.values[row] + 0)
        continue
      case .valid: nans += 1
      case .malformed: malformed += 1
      case .null, nil: nulls += 1
      }
      values.append(.nan)
      if firstBad == nil { firstBad = batch.place(row) }
    }
  }

  mutating func merge(_ other: CollectedNumbers) {
    values += other.values
    nulls += other.nulls
    malformed += other.malformed
    nans += other.nans
    firstBad = firstBad ?? other.firstBad
  }

  var footprint: Int { values.count * MemoryLayout<Double>.stride }
}
