/// How many rows there are.
package struct RowCount: Aggregate, Equatable {
  package private(set) var rows = 0
  /// How many there are besides, which a sample leaves out.
  package private(set) var leftOut = 0

  package struct Specification: AggregateSpecification {
    package init() {}
    package var readings: [ColumnReading] { [] }
    package var empty: RowCount { RowCount() }
  }

  package mutating func update(_ batch: Batch) {
    rows += batch.rowCount
    leftOut += batch.rowsLeftOut
  }

  package mutating func merge(_ other: RowCount) {
    rows += other.rows
    leftOut += other.leftOut
  }
}
