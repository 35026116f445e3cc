/// The rows of a table compared with those of another by their keys. Exact, at any size.
///
/// A row with a null in any key column has no key and is compared with none. O(rows × columns) time; the memory is as
/// `KeyedRows` says.
package struct MatchedRows: CollectedRows {
  private let specification: Specification
  var rows: KeyedRows
  /// What the comparison found. Complete once the scan has ended.
  package private(set) var match = RowMatch()
  var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    package var key: [String]
    /// The columns whose values are compared, and how.
    package var columns: [String]
    package var comparisons: [ValueComparison]
    /// The other table.
    package var table: String
    let there: KeyedRows
    /// Whether only rows are compared whose key comes once in each table, and not the first row of each key.
    package var comparesSingles = false
    /// Whether the places of all rows of this table are asked for that are not the same in the other, too.
    var keepsPlaces = false

    package init(
      key: [String], columns: [String], _ comparisons: [ValueComparison], with there: KeyedRows, of table: String
    ) {
      self.key = key
      self.columns = columns
      self.comparisons = comparisons
      self.table = table
      self.there = there
    }

    fileprivate var rows: KeyedRows.Specification {
      KeyedRows.Specification(key: key, as: there.types, values: columns)
    }
    package var readings: [ColumnReading] { rows.readings }
    package var empty: MatchedRows { MatchedRows(specification: self, rows: rows.empty) }
    package var growsWithData: Bool { true }

    // The rows of a table are the same whenever it is read in one run.
    private var identity: [[String]] { [key, columns, [table]] }
    package static func == (a: Self, b: Self) -> Bool {
      a.identity == b.identity && a.comparisons == b.comparisons && a.keepsPlaces == b.keepsPlaces
        && a.comparesSingles == b.comparesSingles && a.there.types == b.there.types
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(identity) }
  }

  private init(specification: Specification, rows: KeyedRows) {
    self.specification = specification
    self.rows = rows
  }

  mutating func judge() async throws(ScanError) {
    let (key, comparisons) = (specification.key, specification.comparisons)
    let (mine, theirs) = (rows.partitions, specification.there.partitions)
    let (keepsPlaces, memory) = (specification.keepsPlaces, resources.memory / 3)
    let (share, comparesSingles) = (resources.memory / 3 / resources.threads, specification.comparesSingles)
    match = try await .inPartitions(threads: resources.threads) { prefix, found throws(ScanError) in
      var matching = RowMatching(
        keyColumns: key.count, comparisons, limit: share, keepsPlaces: keepsPlaces,
        comparesSingles: comparesSingles)
      try theirs?.forEach(with: prefix) { record, place throws(ScanError) in matching.add(there: record, at: place) }
      guard !matching.hasOutgrown else { return false }
      if comparesSingles {
        try mine?.forEach(with: prefix) { record, _ throws(ScanError) in matching.count(here: record) }
      }
      try mine?.forEach(with: prefix) { record, place throws(ScanError) in matching.add(here: record, at: place) }
      guard !matching.hasOutgrown else { return false }
      matching.finish()
      found.merge(matching.match)
      try found.places.checkMemory(memory)
      return true
    }
  }

  package var places: RowSet { match.places }

  /// This table's rows.
  package var here: KeyedRows { rows }
  /// The other table's rows.
  package var there: KeyedRows { specification.there }
}
