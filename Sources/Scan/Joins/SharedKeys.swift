/// The rows of a table whose key others have, too. Exact, at any size.
///
/// A row without a key is in none of them. O(rows) time; the memory is as `KeyedRows` says, and all keys are looked
/// through together, whatever the number of tables.
package struct SharedKeys: CollectedRows {
  private let specification: Specification
  var rows: KeyedRows
  private var found = SharedRows()
  var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    /// What makes the key, here and there.
    package var rows: KeyedRows.Specification
    /// The other tables.
    package var tables: [String]
    let there: [KeyedRows]
    /// Whether the places of all rows are asked for whose key is there, too.
    var keepsPlaces = false

    package init(_ rows: KeyedRows.Specification, with there: [KeyedRows], of tables: [String]) {
      self.rows = rows
      self.there = there
      self.tables = tables
    }

    package var readings: [ColumnReading] { rows.readings }
    package var empty: SharedKeys { SharedKeys(specification: self, rows: rows.empty) }
    package var growsWithData: Bool { true }

    // The rows of a table are the same whenever it is read in one run.
    package static func == (a: Self, b: Self) -> Bool {
      a.rows == b.rows && a.tables == b.tables && a.keepsPlaces == b.keepsPlaces
    }
    package func hash(into hasher: inout Hasher) {
      hasher.combine(rows)
      hasher.combine(tables)
    }
  }

  private init(specification: Specification, rows: KeyedRows) {
    self.specification = specification
    self.rows = rows
  }

  mutating func judge() async throws(ScanError) {
    let (form, keepsPlaces, memory) = (specification.rows, specification.keepsPlaces, resources.memory / 3)
    let (mine, theirs) = (rows.partitions, specification.there.map(\.partitions))
    let share = memory / resources.threads
    found = try await .inPartitions(threads: resources.threads) { prefix, found throws(ScanError) in
      var tables: [PlacedKeys] = []
      for others in theirs {
        var keys = PlacedKeys(limit: share - tables.reduce(0) { $0 + $1.footprint })
        try others?.forEach(with: prefix) { record, place throws(ScanError) in keys.insert(record, at: place) }
        guard !keys.hasOutgrown else { return false }
        tables.append(keys)
      }
      let known = tables
      var part = SharedRows()
      try mine?.forEach(with: prefix) { record, place throws(ScanError) in
        let places = known.map { $0.place(of: record) }
        guard places.contains(where: { $0 != nil }) else { return }
        part.add(at: place, there: places) {
          BatchKeys.values(
            of: [UInt8](record.extracting(KeyRecord.row.key(record))), count: form.key.count,
            nullsAreValues: form.nullsAreValues)
        }
        if keepsPlaces { part.places.insert(place) }
      }
      found.merge(part)
      try found.places.checkMemory(memory)
      return true
    }
  }

  /// The counts of rows, of those that have no key, and of those whose key one of the other tables has, with the first of
  /// these.
  package var summary: ViolationSummary {
    var summary = ViolationSummary()
    summary.count(rows: rows.rows, present: rows.keys)
    summary.violating = found.rows.count
    summary.first = found.rows.first.map { ViolatingRow(place: $0.place, values: $0.row.values) }
    return summary
  }

  /// Of each row that the summary shows, for every other table where its key comes first.
  package var others: [[RowPlace?]] { found.rows.first.map(\.row.there) }

  /// Of every other table, how many rows of this one have a key of its.
  package var counts: [Int] {
    specification.tables.indices.map { found.counts.indices.contains($0) ? found.counts[$0] : 0 }
  }

  package var places: RowSet { found.places }
}

/// The rows of some keys that other tables have, too.
private struct SharedRows: PartitionFindings {
  var rows = FirstRows<SharedRow>()
  /// Of every other table how many rows have a key of its; empty when there are none.
  var counts: [Int] = []
  var places = RowSet()

  struct SharedRow: Sendable {
    var values: [String?]
    /// Where the key comes first in each of the other tables.
    var there: [RowPlace?]
  }

  mutating func add(at place: RowPlace, there: [RowPlace?], _ values: () -> [String?]) {
    if counts.isEmpty { counts = there.map { _ in 0 } }
    for (index, place) in there.enumerated() where place != nil { counts[index] += 1 }
    rows.add(at: place, SharedRow(values: values(), there: there))
  }

  mutating func merge(_ other: SharedRows) {
    rows.merge(other.rows)
    if counts.isEmpty {
      counts = other.counts
    } else {
      for (index, count) in other.counts.enumerated() { counts[index] += count }
    }
    places.formUnion(other.places)
  }
}

/// Keys with where each comes first.
private struct PlacedKeys: Sendable {
  private var table = KeyTable()
  private var places: [RowPlace] = []
  private let limit: Int
  /// Whether the keys are more than the memory holds; then nothing else can be said.
  private(set) var hasOutgrown = false

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(limit: Int) { self.limit = limit }

  var footprint: Int { table.footprint + places.capacity * MemoryLayout<RowPlace>.stride }

  mutating func insert(_ record: Span<UInt8>, at place: RowPlace) {
    guard !hasOutgrown, table.insert(record.extracting(KeyRecord.row.key(record))).isNew else { return }
    places.append(place)
    // Few keys are not worth a look at the memory, unless they are large.
    let isDue = places.count & 0xFFF == 0 || record.count > 1 << 12
    hasOutgrown = isDue && places.count > 1 && footprint > max(limit, 1 << 16)
  }

  /// Where the key of a record comes first; nil when it does not.
  func place(of record: Span<UInt8>) -> RowPlace? {
    table.index(of: record.extracting(KeyRecord.row.key(record))).map { places[$0] }
  }
}
