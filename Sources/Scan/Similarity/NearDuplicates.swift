/// The rows of a table that are almost an earlier one, or almost one of other tables.
///
/// Rows that MinHash brings together are compared exactly; so no row is said to be alike that is not, and one that is
/// just as similar as asked for is found with a probability of 99 %, more similar ones almost surely. At most some rows
/// of those that meet by one key are compared with each further one. O(rows) time and the memory of `SketchedRows`.
package struct NearDuplicates: CollectedRows {
  private let specification: Specification
  var rows: SketchedRows
  private var found = SimilarRows()
  var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    package var rows: SketchedRows.Specification
    /// The other tables; without any the rows are compared with each other.
    package var tables: [String]
    let there: [SketchedRows]

    package init(_ rows: SketchedRows.Specification, with there: [SketchedRows] = [], of tables: [String] = []) {
      self.rows = rows
      self.there = there
      self.tables = tables
    }

    package var readings: [ColumnReading] { rows.readings }
    package var empty: NearDuplicates { NearDuplicates(self) }
    package var growsWithData: Bool { true }

    // The rows of a table are the same whenever it is read in one run.
    package static func == (a: Self, b: Self) -> Bool {
      a.rows == b.rows && a.tables == b.tables
    }
    package func hash(into hasher: inout Hasher) {
      hasher.combine(rows)
      hasher.combine(tables)
    }
  }

  private init(_ specification: Specification) {
    self.specification = specification
    rows = specification.rows.empty
  }

  mutating func judge() async throws(ScanError) {
    let (sketches, mine, theirs) = (specification.rows, rows, specification.there)
    let memory = resources.memory / 3
    let share = memory / resources.threads
    found = try await .inPartitions(threads: resources.threads) { prefix, found throws(ScanError) in
      var search = SimilaritySearch(sketches, mine, theirs, limit: share)
      for (table, others) in theirs.enumerated() {
        try others.partitions?.forEach(with: prefix) { record, place throws(ScanError) in
          search.add(record, others.text(record, at: place), of: table)
        }
      }
      try mine.partitions?.forEach(with: prefix) { record, place throws(ScanError) in
        try search.look(up: record, mine.text(record, at: place))
      }
      guard !search.hasOutgrown else { return false }
      found.merge(search.found)
      // A bit for each row: a little is always there for that.
      try found.places.checkMemory(max(memory, 1 << 20))
      return true
    }
  }

  /// The counts of rows, of those that have nothing to compare, and of those that are almost another one, with the first
  /// of these.
  package var summary: ViolationSummary {
    var summary = ViolationSummary()
    summary.count(rows: rows.rows, present: rows.texts)
    summary.violating = found.places.count
    summary.first = found.first.map { ViolatingRow(place: $0.place, values: []) }
    return summary
  }

  /// Of each row that the summary shows, which other row it resembles.
  package var others: [SimilarRow] { found.first.map(\.other) }
  package var places: RowSet { found.places }
}

/// A row that another one resembles.
package struct SimilarRow: Sendable, Hashable {
  /// Which of the other tables it is of; 0 when there are none.
  package var table: Int
  package var place: RowPlace
  /// The share of what both consist of that both have.
  package var similarity: Double
}

/// The rows that resemble others.
private struct SimilarRows: PartitionFindings {
  var places = RowSet()
  /// The first of them, each with the first row that it was found to resemble.
  private(set) var first: [(place: RowPlace, other: SimilarRow)] = []

  mutating func add(_ place: RowPlace, _ other: SimilarRow) {
    places.insert(place)
    let index = first.firstIndex { $0.place >= place } ?? first.count
    // A row is found by several keys.
    if index < first.count, first[index].place == place {
      let known = first[index].other
      if (other.table, other.place) < (known.table, known.place) { first[index].other = other }
      return
    }
    guard index < ViolationSummary.sampleLimit else { return }
    first.insert((place, other), at: index)
    if first.count > ViolationSummary.sampleLimit { first.removeLast() }
  }

  mutating func merge(_ other: SimilarRows) {
    places.formUnion(other.places)
    for (place, row) in other.first { add(place, row) }
  }
}

/// Compares the rows that have a key in common.
private struct SimilaritySearch {
  private let rows: SketchedRows.Specification
  private let here: SketchedRows
  private let there: [SketchedRows]
  private let limit: Int
  private var keys = KeyTable()
  /// Of every key the rows that have it, up to some.
  private var members: [[Member]] = []
  private(set) var found = SimilarRows()
  private(set) var hasOutgrown = false

  private struct Member {
    var table: Int
    var text: SketchedText
  }

  /// More rows of one key are not compared with a further one.
  private static let compared = 16

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(_ rows: SketchedRows.Specification, _ here: SketchedRows, _ there: [SketchedRows], limit: Int) {
    (self.rows, self.here, self.there, self.limit) = (rows, here, there, limit)
  }

  /// Takes in a row of another table; all of them come before the first of this one.
  mutating func add(_ record: Span<UInt8>, _ text: SketchedText, of table: Int) {
    guard !hasOutgrown else { return }
    let (index, isNew) = keys.insert(record.extracting(KeyRecord.row.key(record)))
    if isNew { members.append([]) }
    if members[index].count < Self.compared { members[index].append(Member(table: table, text: text)) }
    guard keys.count & 0xFFF == 0, isNew else { return }
    let held = keys.footprint + keys.count * (MemoryLayout<Member>.stride + Footprint.block)
    hasOutgrown = held > max(limit, 1 << 16)
  }

  mutating func look(up record: Span<UInt8>, _ text: SketchedText) throws(ScanError) {
    guard !hasOutgrown else { return }
    if let index = keys.index(of: record.extracting(KeyRecord.row.key(record))) {
      let own = try here.read(text)
      let elements = rows.shingles(own)
      for member in members[index] {
        let other = try (there.isEmpty ? here : there[member.table]).read(member.text)
        let similarity = own == other ? 1 : Shingles.similarity(elements, rows.shingles(other))
        guard similarity >= rows.similarity else { continue }
        found.add(
          text.place, SimilarRow(table: member.table, place: member.text.place, similarity: similarity))
        break
      }
    }
    if there.isEmpty { add(record, text, of: 0) }
  }
}
