internal import Glibc

/// The rows that have a number in two columns: all of them while they are few, a random sample when they are many.
///
/// Every row draws a number, and those with the least numbers stay: any rows are as likely as any others, and what stays
/// of two parts together is what stays of the whole (bottom-k sampling; Cohen and Kaplan, 2007). The draws depend on
/// nothing but where a row stands in its chunk and on its values, so the sample is the same in every run.
package struct PairSample: Aggregate {
  /// So many rows stay in the first pass.
  package static let limit = 1 << 16
  /// So many stay in a second one.
  package static let fullLimit = 1 << 20
  /// The confidence of the interval.
  private static let level = 0.9999
  /// How many standard errors that is to either side.
  private static let deviations = 3.891

  private let specification: Specification
  private var summary = ViolationSummary()
  /// How many rows have two numbers of which one is NaN.
  package private(set) var nanCount = 0
  private var x: ClosedRange<Double>?
  private var y: ClosedRange<Double>?
  /// Twice as many as stay, at most.
  private var rows: [Row] = []
  /// Rows that draw this or more are known not to stay.
  private var ceiling = UInt64.max

  private struct Row: Sendable {
    var draw: UInt64
    var x: Double
    var y: Double
  }

  package struct Specification: AggregateSpecification {
    package var x: String
    package var y: String
    package var limit: Int

    package init(_ x: String, _ y: String, limit: Int = PairSample.limit) {
      self.x = x
      self.y = y
      self.limit = limit
    }

    package var readings: [ColumnReading] { [ColumnReading(x, as: .number), ColumnReading(y, as: .number)] }
    package var empty: PairSample { PairSample(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    let (xs, ys) = (batch.numbers(specification.readings[0]), batch.numbers(specification.readings[1]))
    summary.count(pairs: xs.states, ys.states)
    let valid = CellState.valid.rawValue
    for row in 0..<batch.rowCount where xs.states[row] == valid && ys.states[row] == valid {
      let (first, second) = (xs.values[row], ys.values[row])
      guard !first.isNaN, !second.isNaN else {
        nanCount += 1
        continue
      }
      x = ClosedRange(x, with: first...first)
      y = ClosedRange(y, with: second...second)
      var draw = SplitMix64.mix(UInt64(truncatingIfNeeded: batch.firstRow + row) &* SplitMix64.step)
      draw = SplitMix64.mix(draw ^ first.bitPattern)
      draw = SplitMix64.mix(draw ^ second.bitPattern)
      guard draw < ceiling else { continue }
      rows.append(Row(draw: draw, x: first, y: second))
      if rows.count >= 2 * specification.limit { drop() }
    }
  }

  package mutating func merge(_ other: PairSample) {
    summary.merge(other.summary)
    nanCount += other.nanCount
    x = ClosedRange(x, with: other.x)
    y = ClosedRange(y, with: other.y)
    ceiling = min(ceiling, other.ceiling)
    for row in other.rows where row.draw < ceiling { rows.append(row) }
    if rows.count >= 2 * specification.limit { drop() }
  }

  package var footprint: Int { Footprint.of(rows) }

  package mutating func finish() { drop() }

  /// Leaves the rows that stay. Those that draw the same number have the same values, or come from other chunks.
  private mutating func drop() {
    guard rows.count > specification.limit else { return }
    rows.sort { ($0.draw, $0.x, $0.y) < ($1.draw, $1.x, $1.y) }
    ceiling = min(ceiling, rows[specification.limit].draw)
    rows.removeSubrange(specification.limit...)
  }

  /// The counts of rows, of those that lack a value, and of those where one is no number.
  package var counts: ViolationSummary { summary }

  /// The columns whose values are all the same, among all pairs.
  package var constants: [String] {
    [(specification.x, x), (specification.y, y)].filter { $0.1?.lowerBound == $0.1?.upperBound }.map(\.0)
  }

  /// Spearman's correlation, and where that of all rows lies when these are a sample, with a confidence of 99.99 %; nil
  /// when a column does not vary among them. O(rows that stay × their logarithm).
  package var rankCorrelation: (coefficient: Double, interval: ClosedRange<Double>?)? {
    guard let found = RankCorrelation(rows.map(\.x), rows.map(\.y)) else { return nil }
    let (kept, all) = (Double(rows.count), Double(summary.evaluated - nanCount))
    guard kept < all else { return (found.coefficient, nil) }
    // Of what is not in the sample, rows of another kind may be a share of -ln(1 - level) / n.
    let unseen = -log(1 - Self.level) / kept * found.reach
    let error = (Self.deviations * found.standardError + unseen) * (1 - kept / all).squareRoot()
    return (found.coefficient, max(-1, found.coefficient - error)...min(1, found.coefficient + error))
  }
}
