/// A table in which the codes that mean no value are none.
///
/// What is asked of the table afterwards, and every statistic of it, knows nothing of the codes. Only the columns that
/// have some pay for them.
struct MissingCodeReader: TableReader {
  private var base: any TableReader
  /// By the names of the columns.
  private let codes: [String: MissingCodes]

  init(_ base: any TableReader, _ codes: [String: MissingCodes]) {
    self.base = base
    self.codes = codes
  }

  var name: String { base.name }
  var fields: [Field] { base.fields }

  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    guard let chunk = try base.nextChunk(of: columns) else { return nil }
    let coded = columns.indices.compactMap { slot in
      codes[base.fields[columns[slot]].name].map { (slot, base.fields[columns[slot]].type, $0) }
    }
    return coded.isEmpty ? chunk : MissingCodeChunk(chunk: chunk, names: Set(codes.keys), coded: coded)
  }
}

private struct MissingCodeChunk: TableChunk {
  var chunk: any TableChunk
  let names: Set<String>
  /// The columns that have codes, by their places in the batch.
  var coded: [(slot: Int, type: StoredType, codes: MissingCodes)]

  var file: Int { chunk.file }

  /// What the file says of a column with codes counts the codes as values.
  var statistics: ChunkStatistics? { chunk.statistics.map(trusted) }

  private func trusted(_ statistics: ChunkStatistics) -> ChunkStatistics {
    var known = statistics
    known.columns = known.columns.filter { !names.contains($0.key) }
    return known
  }

  func omitting(_ columns: Set<Int>) -> MissingCodeChunk {
    MissingCodeChunk(
      chunk: chunk.omitting(columns), names: names, coded: coded.filter { !columns.contains($0.slot) })
  }

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    try decode(into: &batch, omitting: { _ in [] }, body)
  }

  func decode(
    into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
    _ body: (inout Batch) throws(ScanError) -> Void
  ) throws(ScanError) {
    var omitted: Set<Int> = []
    try chunk.decode(
      into: &batch,
      omitting: { known throws(ScanError) in
        omitted = try omitting(trusted(known))
        return omitted
      }
    ) { batch throws(ScanError) in
      let stored = batch.stored
      for (slot, type, codes) in coded where !omitted.contains(slot) {
        batch.coded[slot] = stored[slot]
        batch.stored[slot] = codes.removed(from: stored[slot], type)
      }
      try body(&batch)
      // The base reuses what it filled.
      batch.stored = stored
      batch.coded.removeAll(keepingCapacity: true)
    }
  }
}
