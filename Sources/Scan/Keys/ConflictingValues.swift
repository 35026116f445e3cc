/// The rows whose key comes with different values: the same features with different labels. Exact, at any size.
///
/// In keys a null is a value, equal to other nulls; a row that has nothing but nulls has no key, and one without the
/// value in question has none either. O(rows) time; the memory is as `KeyedRows` says.
package struct ConflictingValues: CollectedRows {
  private let specification: Specification
  var rows: KeyedRows
  private var found = ConflictingRows()
  var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    /// The columns that make the key.
    package var key: [String]
    /// The column whose values are compared.
    package var value: String
    /// The declared types of columns, by which texts are compared.
    package var types: [String: ValueType]
    /// Whether the places of all such rows are asked for, too.
    var keepsPlaces = false

    package init(of value: String, for key: [String], as types: [String: ValueType] = [:]) {
      self.key = key
      self.types = types
      self.value = value
    }

    fileprivate var rows: KeyedRows.Specification {
      KeyedRows.Specification(key: key, as: types, values: [value], nullsAreValues: true, beside: [value])
    }
    package var readings: [ColumnReading] { rows.readings }
    package var empty: ConflictingValues { ConflictingValues(specification: self, rows: rows.empty) }
    package var growsWithData: Bool { true }
  }

  private init(specification: Specification, rows: KeyedRows) {
    self.specification = specification
    self.rows = rows
  }

  mutating func judge() async throws(ScanError) {
    let (all, columns, keepsPlaces) = (rows.partitions, specification.key.count, specification.keepsPlaces)
    let memory = resources.memory / 3
    let share = memory / resources.threads
    found = try await .inPartitions(threads: resources.threads) { prefix, found throws(ScanError) in
      var search = ConflictSearch(limit: share)
      try all?.forEach(with: prefix) { record, place throws(ScanError) in search.note(record, at: place) }
      guard !search.hasOutgrown else { return false }
      var part = ConflictingRows()
      (part.keys, part.repeated) = (search.conflicts, search.repeated)
      // A key is known to conflict when all its rows were seen.
      if search.conflicts > 0 {
        let known = search
        try all?.forEach(with: prefix) { record, place throws(ScanError) in
          guard let other = known.conflict(of: record) else { return }
          part.rows.add(at: place, ConflictingRow(record, other, columns: columns))
          if keepsPlaces { part.places.insert(place) }
        }
      }
      found.merge(part)
      try found.places.checkMemory(memory)
      return true
    }
  }

  /// The counts of rows, of those without a key or without the value, and of those whose key comes with another value,
  /// too; of the first of these the values of the key, then the value itself, and where another one stands.
  package var summary: ViolationSummary {
    var summary = ViolationSummary()
    summary.count(rows: rows.rows, present: rows.keys)
    summary.violating = found.rows.count
    summary.first = found.rows.first.map {
      ViolatingRow(place: $0.place, values: $0.row.values, earlier: $0.row.other)
    }
    return summary
  }

  /// How many different keys come with different values.
  package var conflictingKeys: Int { found.keys }
  /// How many rows repeat the key of an earlier one, whatever their value.
  package var repeatedRows: Int { found.repeated }
  package var places: RowSet { found.places }
}

/// The rows of some keys whose values differ.
private struct ConflictingRows: PartitionFindings {
  var rows = FirstRows<ConflictingRow>()
  var keys = 0
  var repeated = 0
  var places = RowSet()

  mutating func merge(_ other: ConflictingRows) {
    rows.merge(other.rows)
    keys += other.keys
    repeated += other.repeated
    places.formUnion(other.places)
  }
}

private struct ConflictingRow: Sendable {
  var values: [String?]
  /// Where another value stands.
  var other: RowPlace

  init(_ record: Span<UInt8>, _ other: RowPlace, columns: Int) {
    let key = [UInt8](record.extracting(KeyRecord.row.key(record)))
    // The one value that stands behind the key has its length before it.
    let value = [UInt8](record.extracting(KeyRecord.row.rest(record))).dropFirst(4)
    values = BatchKeys.values(of: key, count: columns, nullsAreValues: true) + [Batch.display(value)]
    self.other = other
  }
}

/// Notes of every key which values it comes with.
private struct ConflictSearch: Sendable {
  private var keys = KeyTable()
  private var values = KeyTable()
  private var entries: [Entry] = []
  private let limit: Int
  private(set) var hasOutgrown = false
  private(set) var conflicts = 0
  private(set) var repeated = 0

  private struct Entry: Sendable {
    /// The first row of the key, and which value it has.
    var first: RowPlace
    var value: Int32
    /// The first row of the key that has another value.
    var other: RowPlace?
  }

  /// - Parameter limit: the memory, in bytes, that keys and values may take.
  init(limit: Int) { self.limit = limit }

  mutating func note(_ record: Span<UInt8>, at place: RowPlace) {
    guard !hasOutgrown else { return }
    let value = Int32(truncatingIfNeeded: values.insert(record.extracting(KeyRecord.row.rest(record))).index)
    let (index, isNew) = keys.insert(record.extracting(KeyRecord.row.key(record)))
    if isNew {
      entries.append(Entry(first: place, value: value))
    } else {
      repeated += 1
      if entries[index].other == nil, entries[index].value != value {
        entries[index].other = place
        conflicts += 1
      }
    }
    // Few keys are not worth a look at the memory, unless they are large.
    guard isNew, entries.count > 1, entries.count & 0xFFF == 0 || record.count > 1 << 12 else { return }
    let held = keys.footprint + values.footprint + entries.capacity * MemoryLayout<Entry>.stride
    hasOutgrown = held > max(limit, 1 << 16)
  }

  /// Where another value of the record's key stands; nil when there is none.
  func conflict(of record: Span<UInt8>) -> RowPlace? {
    guard let index = keys.index(of: record.extracting(KeyRecord.row.key(record))), let other = entries[index].other
    else { return nil }
    let value = values.index(of: record.extracting(KeyRecord.row.rest(record)))
    return value == Int(entries[index].value) ? other : entries[index].first
  }
}
