/// Between which points in time the dates and timestamps of a column lie, whichever each is written as.
package struct TimeSpan: Aggregate, Equatable {
  private let column: String
  private var summary = ViolationSummary()
  /// Nil while there are none.
  package private(set) var moments: ClosedRange<Moment>?

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { TimeTest(column, from: nil, to: nil, isStrict: false).readings }
    package var empty: TimeSpan { TimeSpan(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let readings = Specification(column).readings
    let (times, days) = (batch.integers(readings[0]), batch.instants(readings[1]))
    let nanoseconds = batch.nanoseconds(readings[0])
    var states = times.states
    let valid = CellState.valid.rawValue
    for row in states.indices {
      let moment: Moment
      if states[row] == valid {
        moment = Moment(times.values[row], nanoseconds: nanoseconds?[row] ?? 0)
      } else if days.states[row] == valid {
        moment = Moment(days.values[row])
        states[row] = valid
      } else {
        continue
      }
      if let known = moments, known.contains(moment) { continue }
      moments = ClosedRange(moments, with: moment...moment)
    }
    summary.count(states)
  }

  package mutating func merge(_ other: TimeSpan) {
    summary.merge(other.summary)
    moments = ClosedRange(moments, with: other.moments)
  }

  /// The counts of rows, nulls and values that are no time; all others are evaluated.
  package var counts: ViolationSummary { summary }
}
