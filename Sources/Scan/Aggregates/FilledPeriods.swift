/// In which periods of time a column of dates or timestamps has values.
///
/// One bit for every period, 64 consecutive ones in a word; only words with a bit are held.
package struct FilledPeriods: Aggregate, Equatable {
  /// More words than these are not held: 640,000 consecutive periods, or 10,000 that lie far apart.
  package static let wordLimit = 10_000

  private let specification: Specification
  private var summary = ViolationSummary()
  /// How many values lie too far from 1970 for microseconds to reach them.
  package private(set) var farCount = 0
  /// By the number of the first period over 64; nil once there are too many.
  private var words: [Int64: UInt64]? = [:]

  package struct Specification: AggregateSpecification {
    package var reading: ColumnReading
    package var period: Period
    /// The number of the first period to look at; nil for that of the first value.
    package var first: Int64?
    /// The number of the last period to look at; nil for that of the last value.
    package var last: Int64?

    package init(_ reading: ColumnReading, _ period: Period, from first: Int64? = nil, to last: Int64? = nil) {
      self.reading = reading
      self.period = period
      self.first = first
      self.last = last
    }

    package var readings: [ColumnReading] { [reading] }
    package var empty: FilledPeriods { FilledPeriods(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    let column = batch.instants(specification.reading)
    let states = batch.integers(specification.reading).states
    summary.count(states)
    farCount += zip(states, column.states).count { $0 != $1 }
    // Taken out, so that it is changed where it is and not copied.
    guard var filled = words else { return }
    words = nil
    let (first, last) = (specification.first ?? .min, specification.last ?? .max)
    var previous: Int64?
    for (instant, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
      let number = specification.period.number(of: instant)
      guard number != previous else { continue }
      previous = number
      guard number >= first, number <= last else { continue }
      filled[number >> 6, default: 0] |= 1 << UInt64(number & 63)
    }
    words = filled.count > Self.wordLimit ? nil : filled
  }

  package var footprint: Int { Footprint.of(words ?? [:]) }

  package mutating func merge(_ other: FilledPeriods) {
    summary.merge(other.summary)
    farCount += other.farCount
    guard let others = other.words, var filled = words else { return words = nil }
    words = nil
    filled.merge(others) { $0 | $1 }
    words = filled.count > Self.wordLimit ? nil : filled
  }

  /// The counts of rows, nulls and values that are no point in time; all others are evaluated.
  package var counts: ViolationSummary { summary }

  /// Whether there are more periods than can be told apart.
  package var isOverfull: Bool { words == nil }

  /// From the first to the last period that must have a value; nil when nothing says which these are.
  package var span: ClosedRange<Int64>? {
    let words = words ?? [:]
    let (low, high) = (words.min { $0.key < $1.key }, words.max { $0.key < $1.key })
    let first = specification.first ?? low.map { $0.key << 6 + Int64($0.value.trailingZeroBitCount) }
    let last = specification.last ?? high.map { $0.key << 6 + 63 - Int64($0.value.leadingZeroBitCount) }
    guard let first, let last, first <= last else { return nil }
    return first...last
  }

  /// The stretches of periods within the span that have no value, in their order. O(periods with a value).
  package var gaps: [ClosedRange<Int64>] {
    guard let words, let span else { return [] }
    var gaps: [ClosedRange<Int64>] = []
    var next = span.lowerBound
    for (place, word) in words.sorted(by: { $0.key < $1.key }) {
      for bit in 0..<Int64(64) where word & 1 << UInt64(bit) != 0 {
        let number = place << 6 + bit
        if number > next { gaps.append(next...number - 1) }
        next = number + 1
      }
    }
    if next <= span.upperBound { gaps.append(next...span.upperBound) }
    return gaps
  }
}
