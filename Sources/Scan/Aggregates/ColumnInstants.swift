/// The dates and points in time of a column as numbers, in microseconds since 1970: their quantiles, for text files, of
/// which a `ColumnSummary` knows no more than that their texts are dates or times.
///
/// It reads every value once more, so it is asked for by those who compare such columns, beside the summary.
package struct ColumnInstants: Aggregate {
  private let column: String
  package private(set) var quantiles = KLLSketch()

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .timestamp)] }
    package var empty: ColumnInstants { ColumnInstants(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let words = CountedWords(batch.integers(ColumnReading(column, as: .timestamp)))
    quantiles.update(Numbers(integers: words, isSigned: true), chunk: batch.chunk)
  }

  package var footprint: Int { quantiles.footprint }

  package mutating func merge(_ other: ColumnInstants) { quantiles.merge(other.quantiles) }
}
