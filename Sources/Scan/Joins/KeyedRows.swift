/// The rows of a table by their keys: one side of a comparison row by row.
///
/// Of every row that has a key its record is kept, in memory up to the limit and on disk beyond it: the key, then every
/// compared value with its length (see `RecordValues`). Values are written so that types can meet (see `BatchKeys`).
package struct KeyedRows: Aggregate {
  private let specification: Specification
  package private(set) var rows = 0
  /// How many rows have a key: all but those that lack a value in one of its columns.
  package private(set) var keys = 0
  /// The rows of one chunk, batch by batch.
  private var noted: [KeySegment] = []
  /// The rows of all chunks that were merged.
  private(set) var partitions: KeyPartitions?
  private var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    package var key: [String]
    package var values: [String]

    package init(key: [String], values: [String]) {
      self.key = key
      self.values = values
    }

    package var readings: [ColumnReading] { (key + values).map { ColumnReading($0) } }
    package var empty: KeyedRows { KeyedRows(specification: self) }
    package var growsWithData: Bool { true }
  }

  private init(specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    let keyColumns = KeyColumn.columns(specification.key, batch, .joined)
    let valueColumns = KeyColumn.columns(specification.values, batch, .joined)
    var (records, ends, keyed): ([UInt8], [Int32], [Int32]) = ([], [], [])
    for row in 0..<batch.rowCount {
      let start = records.count
      records.append(contentsOf: [0, 0, 0, 0])
      guard KeyColumn.append(row, keyColumns, .joined, to: &records) else {
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
    noted.append(KeySegment(keys: records, ends: ends, rows: keyed, batch: batch, of: .row))
  }

  package mutating func prepare(_ resources: ScanResources) { self.resources = resources }

  package mutating func move(after origin: RowPlace) {
    for index in noted.indices { noted[index].origin = noted[index].origin.moved(after: origin) }
  }

  package mutating func merge(_ other: KeyedRows) throws(ScanError) {
    rows += other.rows
    keys += other.keys
    // Taken out, so that it is changed where it is and not copied.
    var whole =
      partitions ?? KeyPartitions(limit: resources.memory, folder: resources.temporaryFolder, of: .row)
    partitions = nil
    for segment in noted { try whole.append(.scattered(segment)) }
    for segment in other.noted { try whole.append(.scattered(segment)) }
    noted = []
    partitions = whole
  }

  package mutating func finish() async throws(ScanError) { try partitions?.settle() }

  /// Gives the memory back, and keeps the counts.
  mutating func release() { partitions = nil }
}
