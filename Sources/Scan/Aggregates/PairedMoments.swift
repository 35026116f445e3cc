/// The moments of two columns together, over the rows that have a number in both.
package struct PairedMoments: Aggregate, Equatable {
  private let specification: Specification
  private var summary = ViolationSummary()
  private var moments = CoMoments()
  private var x: ClosedRange<Double>?
  private var y: ClosedRange<Double>?
  /// How many rows have two numbers of which one is not finite.
  package private(set) var infiniteCount = 0

  package struct Specification: AggregateSpecification {
    package var x: String
    package var y: String

    package init(_ x: String, _ y: String) {
      self.x = x
      self.y = y
    }

    package var readings: [ColumnReading] { [ColumnReading(x, as: .number), ColumnReading(y, as: .number)] }
    package var empty: PairedMoments { PairedMoments(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    let (xs, ys) = (batch.numbers(specification.readings[0]), batch.numbers(specification.readings[1]))
    summary.count(pairs: xs.states, ys.states)
    moments.update(xs, ys)
    let valid = CellState.valid.rawValue
    for row in 0..<batch.rowCount where xs.states[row] == valid && ys.states[row] == valid {
      guard xs.values[row].isFinite, ys.values[row].isFinite else {
        infiniteCount += 1
        continue
      }
      x = ClosedRange(x, with: xs.values[row]...xs.values[row])
      y = ClosedRange(y, with: ys.values[row]...ys.values[row])
    }
  }

  package mutating func merge(_ other: PairedMoments) {
    summary.merge(other.summary)
    moments.merge(other.moments)
    x = ClosedRange(x, with: other.x)
    y = ClosedRange(y, with: other.y)
    infiniteCount += other.infiniteCount
  }

  /// The counts of rows, of those that lack a value, and of those where one is no number.
  package var counts: ViolationSummary { summary }

  /// The columns whose values are all the same, among the pairs.
  package var constants: [String] {
    [(specification.x, x), (specification.y, y)].filter { $0.1?.lowerBound == $0.1?.upperBound }.map(\.0)
  }

  /// Pearson's correlation, -1 to 1; nil when a column does not vary, or varies beyond what doubles hold.
  package var correlation: Double? { constants.isEmpty ? moments.correlation : nil }
}
