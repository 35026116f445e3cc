/// The moments of a column's numbers, with the counts of what else the column holds.
package struct ColumnMoments: Aggregate, Equatable {
  private let column: String
  private var summary = ViolationSummary()
  package private(set) var moments = Moments()

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [.counted(column)] }
    package var empty: ColumnMoments { ColumnMoments(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let counted = batch.counted(column)
    summary.merge(counted.rows)
    moments.update(counted.numbers)
  }

  package mutating func merge(_ other: ColumnMoments) {
    summary.merge(other.summary)
    moments.merge(other.moments)
  }

  /// The counts of rows, nulls and values that are no numbers; every number is evaluated.
  package var counts: ViolationSummary { summary }

  package var infinityCount: Int { moments.positiveInfinityCount + moments.negativeInfinityCount }

  /// Whether there are two different finite values. Where there are not, the deviations from the mean are nothing but
  /// its rounding.
  package var isSpread: Bool { moments.isSpread }

  /// The unbiased variance, of n - 1; nil for fewer than two values.
  package var variance: Double? { moments.variance.map { isSpread ? $0 : 0 } }
  /// The third and the fourth standardised moment, of the population; nil when all values are the same.
  package var skewness: Double? { isSpread ? moments.skewness ?? .infinity : nil }
  package var kurtosis: Double? { isSpread ? moments.kurtosis ?? .infinity : nil }
  /// The difference of the greatest and the least value.
  package var range: Double? { moments.range }
}
