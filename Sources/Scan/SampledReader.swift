/// A part of a table's chunks: a look at a large table for a part of the work of reading it.
///
/// Which chunks are read follows from their numbers and the share alone, and the first always is, so that a sample of a
/// small table is the table. The others are not decoded but for where their rows and lines end: every place in a
/// sample is the place in the file.
struct SampledReader: TableReader {
  private var base: any TableReader
  private let share: Double
  private var number: UInt64 = 0

  /// - Parameter share: about which part of the chunks is read, above 0 and at most 1.
  init(_ base: any TableReader, share: Double) {
    self.base = base
    self.share = share
  }

  var name: String { base.name }
  var fields: [Field] { base.fields }

  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    defer { number += 1 }
    guard let chunk = try base.nextChunk(of: columns) else { return nil }
    if Self.isRead(number, share) { return SampledChunk(chunk: chunk) }
    return SkippedChunk(chunk: chunk.omitting(Set(columns.indices)), columnCount: columns.count)
  }

  /// Whether the hash of a chunk's number lies in the share.
  private static func isRead(_ number: UInt64, _ share: Double) -> Bool {
    guard number > 0 else { return true }
    return Double(SplitMix64.mix(number &* SplitMix64.step) >> 11) * 0x1p-53 < share
  }
}

/// A chunk that is read. Its statistics may be those of chunks that are not, too: nothing is concluded from them.
private struct SampledChunk: TableChunk {
  let chunk: any TableChunk

  var file: Int { chunk.file }

  func omitting(_ columns: Set<Int>) -> SampledChunk { SampledChunk(chunk: chunk.omitting(columns)) }

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    try chunk.decode(into: &batch, body)
  }

  func decode(
    into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
    _ body: (inout Batch) throws(ScanError) -> Void
  ) throws(ScanError) {
    try chunk.decode(into: &batch, omitting: omitting, body)
  }
}

/// A chunk whose rows are left out: only how many rows and lines it has, and how its file differs from the first.
private struct SkippedChunk: TableChunk {
  let chunk: any TableChunk
  let columnCount: Int

  var file: Int { chunk.file }

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    var skipped = Batch()
    var differences: [RecordDefect] = []
    var late = LateColumns()
    var (rows, lines) = (0, 0)
    try chunk.decode(into: &skipped) { skipped in
      differences += skipped.defects.filter { $0.kind == .file }
      late = skipped.lateColumns
      (rows, lines) = (skipped.firstRow + skipped.rowCount, skipped.lineCount)
    }
    batch.rowCount = 0
    batch.stored = [StoredColumn](repeating: .texts(TextColumn()), count: columnCount)
    batch.lines = []
    batch.defects = differences
    batch.lateColumns = late
    batch.firstRow = rows
    batch.rowsLeftOut = rows
    batch.lineCount = lines
    try body(&batch)
    batch.rowsLeftOut = 0
  }
}
