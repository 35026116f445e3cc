/// How many rows of a column have a value.
package struct PresenceCount: Aggregate, Equatable {
  package private(set) var rows = 0
  package private(set) var present = 0
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: PresenceCount { PresenceCount(column) }

    package func summary(from statistics: ChunkStatistics) -> PresenceCount? {
      guard let nulls = statistics.columns[column]?.nullCount else { return nil }
      var count = empty
      count.rows = statistics.rowCount
      count.present = statistics.rowCount - nulls
      return count
    }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    var present = 0
    batch.stored(column)?.values.forEachRow { present &+= $1 ? 1 : 0 }
    rows += batch.rowCount
    self.present += present
  }

  package mutating func merge(_ other: PresenceCount) {
    rows += other.rows
    present += other.present
  }
}
