/// Rows of one record batch that are not decoded yet.
struct ArrowChunk: TableChunk {
  let name: String
  /// Where the message begins.
  let offset: Int
  let columns: [ArrowSchema.Column]
  /// Of the fields that the columns are in, where their buffers are.
  let slots: [ArrowSlot]
  let body: ArrowBody
  let dictionaries: [Int64: ArrowDictionary]
  let rows: Range<Int>

  private static let rowsPerBatch = 16_384
  /// How many rows a chunk has, unless buffers must be decompressed as a whole. A multiple of 8 and of batches.
  static let maximumRows = 8 * rowsPerBatch

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    var loader = ArrowLoader(body: self.body, dictionaries: dictionaries)
    batch.lines = []
    batch.defects = []
    batch.lineCount = 0
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsPerBatch) {
      let part = first..<min(first + Self.rowsPerBatch, rows.upperBound)
      batch.firstRow = first - rows.lowerBound
      batch.rowCount = part.count
      batch.stored.removeAll(keepingCapacity: true)
      for column in columns { batch.stored.append(try load(column, part, &loader)) }
      try body(&batch)
    }
  }

  private func load(
    _ column: ArrowSchema.Column, _ part: Range<Int>, _ loader: inout ArrowLoader
  ) throws(ScanError) -> StoredColumn {
    do throws(ArrowFault) {
      var slot = slots[column.path[0]]
      var ancestors: [UInt8]?
      for index in column.path.dropFirst() {
        ancestors = ArrowArray.both(try loader.validity(slot, part), ancestors)
        slot = slot.children[index]
      }
      return try loader.load(slot, part).stored(among: ancestors)
    } catch {
      throw ArrowFault("column \(column.name): \(error.what)", like: error).at(offset, of: name)
    }
  }

  /// The chunks of a record batch: parts of it where parts can be read.
  static func ranges(of batch: ArrowRecordBatch) -> [Range<Int>] {
    let step = batch.codec == nil ? maximumRows : max(1, batch.rowCount)
    return stride(from: 0, to: batch.rowCount, by: step).map { $0..<min($0 + step, batch.rowCount) }
  }
}
