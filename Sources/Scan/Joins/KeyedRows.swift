/// The rows of a table by their keys: one side of a comparison row by row.
///
/// Of every row that has a key its record is kept, in memory up to the limit and on disk beyond it: the key, then every
/// compared value with its length (see `RecordValues`). Values are written so that types can meet, and
/// keys of declared types so that values can (see `BatchKeys`).
package struct KeyedRows: Aggregate {
  private let specification: Specification
  package private(set) var rows = 0
  /// How many rows have a key: all but those that lack a value in one of its columns. Where nulls are values, all but
  /// those that have nothing else.
  package private(set) var keys = 0
  private var notes = NotedKeys(of: .row)
  /// The rows of all chunks. Complete once the scan has ended.
  private(set) var partitions: KeyPartitions?

  package struct Specification: AggregateSpecification {
    package var key: [String]
    package var values: [String]
    /// Whether a null in the key is a value, equal to other nulls: for whole rows rather than keys.
    package var nullsAreValues: Bool
    /// Columns without whose values a row has no key.
    package var companions: [String]

    /// The declared types of columns, by which texts are told apart: all of the key, and of values where that is asked for.
    package var types: [String: ValueType]

    package init(
      key: [String], as types: [String: ValueType] = [:], values: [String], nullsAreValues: Bool = false,
      beside companions: [String] = []
    ) {
      self.key = key
      self.types = types
      self.values = values
      self.nullsAreValues = nullsAreValues
      self.companions = companions
    }

    fileprivate var form: BatchKeys.Form {
      BatchKeys.Form(joinsTypes: true, nullsAreValues: nullsAreValues, types: types)
    }
    package var readings: [ColumnReading] { (key + values + companions).map { ColumnReading($0) } }
    package var empty: KeyedRows { KeyedRows(specification: self) }
    package var growsWithData: Bool { true }
  }

  private init(specification: Specification) { self.specification = specification }

  /// The declared types of columns of the key.
  var types: [String: ValueType] { specification.types }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    let form = specification.form
    let keyColumns = KeyColumn.columns(specification.key, batch, form)
    let valueColumns = KeyColumn.columns(specification.values, batch, form)
    let companions = KeyColumn.columns(specification.companions, batch, .joined)
    var (records, ends, keyed): ([UInt8], [Int32], [Int32]) = ([], [], [])
    for row in 0..<batch.rowCount {
      let start = records.count
      records.append(contentsOf: [0, 0, 0, 0])
      let isEmpty = form.nullsAreValues && !keyColumns.contains { $0.values.isPresent(row) }
      guard !isEmpty, KeyColumn.append(row, keyColumns, form, beside: companions, to: &records) else {
        records.removeSubrange(start...)
        continue
      }
      records.setLength(UInt32(clamping: records.count - start - 4), at: start)
      RecordValues.append(row, valueColumns, to: &records)
      ends.append(Int32(clamping: records.count))
      keyed.append(Int32(clamping: row))
    }
    rows += batch.rowCount
    keys += keyed.count
    notes.note(.scattered(KeySegment(keys: records, ends: ends, rows: keyed, batch: batch, of: .row)))
  }

  package mutating func prepare(_ resources: ScanResources) { notes.prepare(resources) }
  package mutating func move(after origin: RowPlace) { notes.move(after: origin) }

  package mutating func merge(_ other: KeyedRows) throws(ScanError) {
    rows += other.rows
    keys += other.keys
    try notes.merge(other.notes)
  }

  package mutating func finish() async throws(ScanError) {
    partitions = notes.take()
    try partitions?.settle()
  }

  /// Gives the memory back, and keeps the counts.
  mutating func release() { partitions = nil }
}
