/// The rows of a table, each with keys by which rows meet that are alike: one side of a search for near duplicates.
///
/// Both the keys and the texts are in memory up to the limit and on disk beyond it.
package struct SketchedRows: Aggregate {
  private let specification: Specification
  package private(set) var rows = 0
  /// How many rows have something to compare.
  package private(set) var texts = 0
  private var notes = NotedKeys(of: .row)
  /// The texts of one chunk.
  private var chunk: [UInt8] = []
  private var chunkStart: RowPlace?
  /// The texts of all chunks that were merged, and for each of these its first row and where its texts begin.
  private var store: TextStore?
  private var chunks: [(first: RowPlace, base: Int)] = []
  /// The keys of all rows. Complete once the scan has ended.
  private(set) var partitions: KeyPartitions?
  private var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    /// One column is compared as a text, several cell by cell.
    package var columns: [String]
    /// How similar rows are that shall meet, above 0.
    package var similarity: Double

    package init(_ columns: [String], similarity: Double) {
      self.columns = columns
      self.similarity = similarity
    }

    fileprivate var isText: Bool { columns.count == 1 }
    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: SketchedRows { SketchedRows(self) }
    package var growsWithData: Bool { true }

    /// What a text consists of.
    func shingles(_ text: [UInt8]) -> [UInt64] { isText ? Shingles.ofText(text.span) : Shingles.ofCells(text.span) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    let columns = KeyColumn.columns(specification.columns, batch, .joined)
    let bands = MinHashBands(similarity: specification.similarity)
    var (records, ends, keyed): ([UInt8], [Int32], [Int32]) = ([], [], [])
    for row in 0..<batch.rowCount {
      let start = chunk.count
      append(row, columns)
      let elements = specification.shingles(Array(chunk[start...]))
      guard !elements.isEmpty else {
        chunk.removeSubrange(start...)
        continue
      }
      texts += 1
      if chunkStart == nil { chunkStart = batch.place(row) }
      for key in bands.keys(of: elements) {
        records.append(contentsOf: [8, 0, 0, 0])
        records.append(word: key)
        records.append(word: UInt64(start))
        records.append(word: UInt64(chunk.count - start))
        ends.append(Int32(clamping: records.count))
        keyed.append(Int32(clamping: row))
      }
    }
    rows += batch.rowCount
    notes.note(.scattered(KeySegment(keys: records, ends: ends, rows: keyed, batch: batch, of: .row)))
  }

  private mutating func append(_ row: Int, _ columns: [KeyColumn]) {
    guard specification.isText else { return RecordValues.append(row, columns, to: &chunk) }
    var text: [UInt8] = []
    guard let column = columns.first, column.append(row, to: &text) else { return }
    Shingles.append(normalized: text, to: &chunk)
  }

  package mutating func prepare(_ resources: ScanResources) {
    self.resources = resources
    var part = resources
    part.memory = resources.memory / 2
    notes.prepare(part)
  }

  package mutating func move(after origin: RowPlace) {
    notes.move(after: origin)
    chunkStart?.move(after: origin)
  }

  package mutating func merge(_ other: SketchedRows) throws(ScanError) {
    rows += other.rows
    texts += other.texts
    try keep()
    chunk = other.chunk
    chunkStart = other.chunkStart
    try keep()
    try notes.merge(other.notes)
  }

  /// Adds the texts of the chunk to those of all.
  private mutating func keep() throws(ScanError) {
    guard let first = chunkStart else { return }
    // Taken out, so that it is changed where it is and not copied.
    var whole = store ?? TextStore(limit: resources.memory / 4, folder: resources.temporaryFolder)
    store = nil
    chunks.append((first, whole.end))
    try whole.append(chunk)
    store = whole
    (chunk, chunkStart) = ([], nil)
  }

  package mutating func finish() async throws(ScanError) {
    partitions = notes.take()
    try partitions?.settle()
  }

  /// What stands behind a key: where the text of a row is.
  func text(_ record: Span<UInt8>, at place: RowPlace) -> SketchedText {
    let rest = record.extracting(KeyRecord.row.rest(record))
    // The chunks are in the order of their rows.
    var (low, high) = (0, chunks.count)
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle].first <= place { low = middle + 1 } else { high = middle }
    }
    let base = low > 0 ? chunks[low - 1].base : 0
    return SketchedText(place: place, offset: base + Int(rest.word(0)), count: Int(rest.word(8)))
  }

  func read(_ text: SketchedText) throws(ScanError) -> [UInt8] { try store?.read(text.offset, text.count) ?? [] }

  /// Gives the memory back, and keeps the counts.
  mutating func release() { (partitions, store, chunks) = (nil, nil, []) }
}

/// Where the text of a row is kept.
struct SketchedText: Sendable {
  var place: RowPlace
  var offset: Int
  var count: Int
}

extension Array<UInt8> {
  fileprivate mutating func append(word: UInt64) {
    for byte in 0..<8 { append(UInt8(truncatingIfNeeded: word >> UInt64(8 * byte))) }
  }
}

extension Span<UInt8> {
  fileprivate func word(_ position: Int) -> UInt64 {
    guard position + 8 <= count else { return 0 }
    return (0..<8).reduce(0) { $0 | UInt64(self[position + $1]) << UInt64(8 * $1) }
  }
}
