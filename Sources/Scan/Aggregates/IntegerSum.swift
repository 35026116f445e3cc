/// The sum of a column's integers, exactly: 128 bits hold that of more rows than there can be.
package struct IntegerSum: Aggregate, Equatable {
  private let column: String
  private var summary = ViolationSummary()
  package private(set) var sum: Int128 = 0

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .integer)] }
    package var empty: IntegerSum { IntegerSum(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let column = batch.integers(ColumnReading(column, as: .integer))
    summary.count(column.states)
    for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
      sum += Int128(value)
    }
  }

  package mutating func merge(_ other: IntegerSum) {
    summary.merge(other.summary)
    sum += other.sum
  }

  /// The counts of rows, nulls and values that are no integers; all others are evaluated.
  package var counts: ViolationSummary { summary }
}
