/// The numbers of a column that lie within some brackets, and how many lie below each: enough for the quantiles
/// themselves, once a sketch has told between which values they lie.
package struct BracketedValues: Aggregate, Equatable {
  /// More values than these are not held.
  package static let limit = 1 << 22

  private let specification: Specification
  /// How many numbers there are, without NaN.
  package private(set) var count = 0
  /// How many are less than all of each bracket.
  private var below: [Int]
  /// Those within each, in the order of the rows; nil once there are too many.
  private var inside: [[Double]]?

  package struct Specification: AggregateSpecification {
    package let column: String
    /// In their order, apart from one another.
    package let brackets: [ClosedRange<Double>]

    package init(_ column: String, _ brackets: [ClosedRange<Double>]) {
      self.column = column
      self.brackets = brackets.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { apart, next in
        if let last = apart.last, last.overlaps(next) {
          apart[apart.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
        } else {
          apart.append(next)
        }
      }
    }

    package var readings: [ColumnReading] { [ColumnReading(column, as: .number)] }
    package var empty: BracketedValues { BracketedValues(self) }
  }

  private init(_ specification: Specification) {
    self.specification = specification
    below = specification.brackets.map { _ in 0 }
    inside = specification.brackets.map { _ in [] }
  }

  package mutating func update(_ batch: Batch) {
    let numbers = Numbers(batch.numbers(ColumnReading(specification.column, as: .number))).values
    count += numbers.count
    for (index, bracket) in specification.brackets.enumerated() {
      below[index] += numbers.count { $0 < bracket.lowerBound }
      inside?[index] += numbers.filter { bracket.contains($0) }
    }
    limitValues()
  }

  package mutating func merge(_ other: BracketedValues) {
    count += other.count
    for index in below.indices { below[index] += other.below[index] }
    guard let others = other.inside else { return inside = nil }
    for index in others.indices { inside?[index] += others[index] }
    limitValues()
  }

  package var footprint: Int { (inside ?? []).reduce(Footprint.of(below)) { $0 + Footprint.of($1) } }

  private mutating func limitValues() {
    if inside?.reduce(0, { $0 + $1.count }) ?? 0 > Self.limit { inside = nil }
  }

  /// The quantile at a share, as in `QuantileSketch`; nil when it lies in no bracket, or they hold too many values.
  package func quantile(at share: Double) -> Double? {
    guard let inside, count > 0 else { return nil }
    let rank = QuantileSketch.rank(of: share, in: count)
    for (below, values) in zip(below, inside) where rank > below && rank - below <= values.count {
      return values.sorted()[rank - below - 1]
    }
    return nil
  }
}
