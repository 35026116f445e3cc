/// How many values of a column are of each kind, and the first rows of each.
package struct KindCounts: Aggregate {
  private var rows = 0
  private var nulls = 0
  /// By the raw values of the kinds.
  private var counts = [Int](repeating: 0, count: ValueKind.allCases.count)
  private var first = [[ViolatingRow]](repeating: [], count: ValueKind.allCases.count)
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column), ColumnReading(column, as: .number)] }
    package var empty: KindCounts { KindCounts(column) }
  }

  private init(_ column: String) { self.column = column }

  package func count(of kind: ValueKind) -> Int { counts[Int(kind.rawValue)] }

  /// The kind that most values are of, the first of several; nil when there are no values.
  package var commonest: ValueKind? {
    let most = counts.max() ?? 0
    return most == 0 ? nil : ValueKind.allCases.first { count(of: $0) == most }
  }

  /// The values of any other kind, as rows that violate a test.
  package var rarer: ViolationSummary {
    var summary = ViolationSummary(rows: rows, nulls: nulls)
    guard let commonest else { return summary }
    summary.violating = summary.evaluated - count(of: commonest)
    let others = ValueKind.allCases.filter { $0 != commonest }.flatMap { first[Int($0.rawValue)] }
    summary.first = Array(others.sorted { $0.place < $1.place }.prefix(ViolationSummary.sampleLimit))
    return summary
  }

  package mutating func update(_ batch: Batch) {
    guard let kinds = batch.kinds(column) else { return }
    rows += batch.rowCount
    for row in kinds.indices {
      guard let kind = kinds[row].map({ Int($0.rawValue) }) else {
        nulls += 1
        continue
      }
      counts[kind] += 1
      guard first[kind].count < ViolationSummary.sampleLimit else { continue }
      first[kind].append(ViolatingRow(place: batch.place(row), values: [batch.display(column, row: row)]))
    }
  }

  package var footprint: Int {
    first.reduce(Footprint.of(counts) + Footprint.of(first)) { $1.reduce($0 + Footprint.of($1)) { $0 + $1.footprint } }
  }

  package mutating func merge(_ other: KindCounts) {
    rows += other.rows
    nulls += other.nulls
    for kind in counts.indices {
      counts[kind] += other.counts[kind]
      let all = (first[kind] + other.first[kind]).sorted { $0.place < $1.place }
      first[kind] = Array(all.prefix(ViolationSummary.sampleLimit))
    }
  }

  package mutating func move(after origin: RowPlace) {
    for kind in first.indices {
      for index in first[kind].indices { first[kind][index].place = first[kind][index].place.moved(after: origin) }
    }
  }
}
