internal import Synchronization

/// What is done with each batch of a table whose rows are written.
final class ExportWork: Sendable {
  /// A row violates when it violates one of these.
  let tests: [any RowTest]
  /// Where chunks begin, when an earlier pass depends on it.
  let origins: [RowPlace]?
  let fields: [Field]
  let writer: any RowWriter
  let sink: any RowSink
  let wantsViolating: Bool
  let hidden: Set<String>
  /// A chunk's text beyond so many bytes goes to disk until its turn comes.
  let heldBytes: Int
  let temporaryFolder: String
  /// Of how many chunks all rows are written, so that those of the next one need not wait.
  let chunksWritten = Atomic(0)

  init(
    _ export: RowExport, _ tests: [any RowTest], origins: [RowPlace]?, _ fields: [Field], _ dialect: CSVDialect,
    _ resources: ScanResources
  ) {
    self.tests = tests
    self.origins = origins
    self.fields = fields
    writer = export.format.writer(fields, dialect)
    sink = export.sink
    wantsViolating = export.wantsViolating
    hidden = export.hidden
    heldBytes = max(1 << 20, resources.memory / (4 * resources.threads))
    temporaryFolder = resources.temporaryFolder
  }
}

/// The rows of a chunk as text; the whole hands them on in the order of the table and keeps none.
struct ExportedRows: Aggregate {
  private(set) var rows = 0
  private(set) var written = 0
  /// Rows that are on neither side: a test could not read what it needs of them, and none is violated.
  private(set) var undecided = 0
  /// How many chunks there were.
  private(set) var chunks = 0
  private let work: ExportWork
  /// Rows that wait until those of earlier chunks are written, batch by batch.
  private var waiting: [[UInt8]] = []
  private var waitingBytes = 0
  /// The beginning of what waits, when all of it is too long to be held.
  private var spilled: SpillFile?
  private var spilledBytes = 0
  private var problem: ScanError?
  private var verdicts: [RowVerdict] = []
  private var chunk = 0

  struct Specification: AggregateSpecification {
    let work: ExportWork

    var readings: [ColumnReading] { work.tests.flatMap(\.readings) + work.fields.map { ColumnReading($0.name) } }
    var empty: ExportedRows { ExportedRows(work) }

    /// A chunk of which no row violates a test need not be read when only violating rows are written.
    func summary(from statistics: ChunkStatistics) -> ExportedRows? {
      guard work.wantsViolating, work.tests.allSatisfy({ $0.summary(from: statistics) != nil }) else { return nil }
      var rows = empty
      rows.rows = statistics.rowCount
      return rows
    }

    static func == (a: Specification, b: Specification) -> Bool { a.work === b.work }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(work)) }
  }

  private init(_ work: ExportWork) { self.work = work }

  mutating func update(_ batch: Batch) {
    chunk = batch.chunk
    rows += batch.rowCount
    guard problem == nil, batch.rowCount > 0 else { return }
    if verdicts.count != batch.rowCount { verdicts = [RowVerdict](repeating: .null, count: batch.rowCount) }
    let wanted = rows(of: batch)
    guard !wanted.isEmpty else { return }
    let columns = work.fields.compactMap { field in
      batch.written(field.name).map {
        RowColumn(type: field.type, values: $0, isHidden: work.hidden.contains(field.name))
      }
    }
    let text = work.writer.text(wanted, of: columns)
    guard !work.writer.isPlainText || !text.contains(0) else {
      problem = ScanError(
        .malformed, "a value holds a NUL byte, with which a CSV file cannot be read again",
        hint: "write JSON Lines: --format jsonl")
      return
    }
    waiting.append(text)
    waitingBytes += text.count
    written += wanted.count
    do throws(ScanError) {
      // What an earlier pass says of a chunk is believed when it is known where the chunk begins.
      if work.origins == nil, work.chunksWritten.load(ordering: .acquiring) == chunk {
        try write()
      } else if waitingBytes > work.heldBytes {
        try spill()
      }
    } catch {
      problem = error
    }
  }

  /// The rows that are wanted.
  private mutating func rows(of batch: Batch) -> [Int32] {
    var fates = [RowVerdict](repeating: .holds, count: batch.rowCount)
    for test in work.tests {
      test.judge(batch, into: &verdicts)
      for row in fates.indices where fates[row] != .violated {
        if verdicts[row] == .violated || verdicts[row] == .malformed { fates[row] = verdicts[row] }
      }
    }
    undecided += fates.count { $0 == .malformed }
    let wanted: RowVerdict = work.wantsViolating ? .violated : .holds
    return fates.indices.filter { fates[$0] == wanted }.map { Int32($0) }
  }

  private mutating func spill() throws(ScanError) {
    let file: SpillFile
    if let spilled { file = spilled } else { file = try SpillFile(in: work.temporaryFolder) }
    spilled = file
    for text in waiting {
      try file.write(text, at: spilledBytes)
      spilledBytes += text.count
    }
    (waiting, waitingBytes) = ([], 0)
  }

  /// Hands on what waits.
  private mutating func write() throws(ScanError) {
    var position = 0
    while let file = spilled, position < spilledBytes {
      let piece = min(1 << 20, spilledBytes - position)
      try work.sink.write(try file.read(position, piece))
      position += piece
    }
    for text in waiting { try work.sink.write(text) }
    (spilled, spilledBytes, waiting, waitingBytes) = (nil, 0, [], 0)
  }

  mutating func move(after origin: RowPlace) {
    chunks = 1
    guard let origins = work.origins, problem == nil else { return }
    if !origins.indices.contains(chunk) || origins[chunk] != origin { problem = .changed("the table") }
  }

  mutating func merge(_ other: ExportedRows) throws(ScanError) {
    if let problem = other.problem { throw problem }
    rows += other.rows
    written += other.written
    undecided += other.undecided
    chunks += other.chunks
    var other = other
    try other.write()
    if other.chunks > 0 { work.chunksWritten.store(chunks, ordering: .releasing) }
  }
}
