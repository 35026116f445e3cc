/// What differs in one column between the rows of two tables that have the same key.
package struct ColumnMismatches: Sendable {
  /// The rows with different values; of each only the values of this column.
  package private(set) var rows = FirstRows<RowDifference>()
  /// How many of them have no value on one of the sides.
  package private(set) var oneSided = 0
  /// How many rows have no value on either side.
  package internal(set) var absent = 0

  init() {}

  /// How many rows differ.
  package var count: Int { rows.count }

  mutating func add(_ value: RowDifference.Value, of row: RowDifference, at place: RowPlace) {
    if value.here == nil || value.there == nil { oneSided += 1 }
    rows.add(at: place, RowDifference(key: row.key, other: row.other, values: [value]))
  }

  mutating func merge(_ other: ColumnMismatches) {
    rows.merge(other.rows)
    oneSided += other.oneSided
    absent += other.absent
  }
}
