/// How many of a column's numbers lie below some limits, and how many at them: where in their order each limit stands.
///
/// Exact, in two counters for each limit. NaN has no place in the order and is left out.
package struct RankCounts: Aggregate, Equatable {
  private let specification: Specification
  /// How many numbers there are.
  package private(set) var count = 0
  /// How many are less than each limit.
  package private(set) var below: [Int]
  /// How many are at most each limit.
  package private(set) var upTo: [Int]

  package struct Specification: AggregateSpecification {
    package var column: String
    package var limits: [Double]

    package init(_ column: String, limits: [Double]) {
      self.column = column
      self.limits = limits
    }

    package var readings: [ColumnReading] { [ColumnReading(column, as: .number)] }
    package var empty: RankCounts { RankCounts(self) }
  }

  private init(_ specification: Specification) {
    self.specification = specification
    below = [Int](repeating: 0, count: specification.limits.count)
    upTo = below
  }

  package mutating func update(_ batch: Batch) {
    let numbers = Numbers(batch.numbers(ColumnReading(specification.column, as: .number))).values
    count += numbers.count
    for (index, limit) in specification.limits.enumerated() {
      below[index] += numbers.count { $0 < limit }
      upTo[index] += numbers.count { $0 <= limit }
    }
  }

  package var footprint: Int { Footprint.of(below) + Footprint.of(upTo) }

  package mutating func merge(_ other: RankCounts) {
    count += other.count
    for index in below.indices {
      below[index] += other.below[index]
      upTo[index] += other.upTo[index]
    }
  }
}
