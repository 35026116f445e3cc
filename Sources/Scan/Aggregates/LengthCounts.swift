/// How many texts of a column have each length in Unicode scalars, exactly, and the first row of each.
///
/// The state is bounded by the data in a small way: n bytes of text have no more than the square root of 2n different
/// lengths. O(bytes) time.
package struct LengthCounts: Aggregate {
  private let column: String
  private var counts = ViolationSummary()
  private var lengths: [Int: Entry] = [:]

  private struct Entry {
    var count: Int
    var first: ViolatingRow
  }

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }
    package var empty: LengthCounts { LengthCounts(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    let text = batch.texts(column)
    let bytes = text.bytes.span
    let known = text.codes.map { _ in
      text.ends.indices.map { entry in
        text.ends[entry] < 0
          ? 0 : LengthSummary.scalarCount(bytes.extracting(Int(text.starts[entry])..<Int(text.ends[entry])))
      }
    }
    for row in 0..<batch.rowCount {
      counts.rows += 1
      guard let range = text.range(row) else {
        counts.nulls += 1
        continue
      }
      counts.evaluated += 1
      let code = text.codes.map { Int($0[row]) }
      let length = code.flatMap { known?[$0] } ?? LengthSummary.scalarCount(bytes.extracting(range))
      if (lengths[length]?.count += 1) == nil {
        let first = ViolatingRow(place: batch.place(row), values: [batch.display(column, row: row)])
        lengths[length] = Entry(count: 1, first: first)
      }
    }
  }

  package mutating func merge(_ other: LengthCounts) {
    counts.merge(other.counts)
    lengths.merge(other.lengths) { earlier, later in Entry(count: earlier.count + later.count, first: earlier.first) }
  }

  package var footprint: Int {
    lengths.values.reduce(Footprint.of(lengths)) { $0 + $1.first.footprint }
  }

  package mutating func move(after origin: RowPlace) {
    for length in Array(lengths.keys) { lengths[length]?.first.place.move(after: origin) }
  }

  /// How many texts there are.
  package var count: Int { counts.evaluated }

  /// The greatest length; nil when there is no text.
  package var longest: Int? { lengths.keys.max() }

  /// The least length that at least this share of the texts does not exceed; nil when there is no text.
  package func quantile(at share: Double) -> Int? {
    let sorted = lengths.keys.sorted()
    var rest = count
    for length in sorted.reversed() {
      rest -= lengths[length]?.count ?? 0
      // Divided rather than multiplied: 7 of 100 is the very double that 7% is, and 0.07 * 100 is more than 7.
      if Double(rest) / Double(max(1, count)) < share { return length }
    }
    return sorted.first
  }

  /// The counts of the claim that no text has certain lengths; its samples are the first row of each of them.
  package func summary(violating isViolating: (Int) -> Bool) -> ViolationSummary {
    var summary = counts
    for (length, entry) in lengths where isViolating(length) {
      summary.violating += entry.count
      summary.first.append(entry.first)
    }
    summary.first = Array(summary.first.sorted { $0.place < $1.place }.prefix(ViolationSummary.sampleLimit))
    return summary
  }
}
