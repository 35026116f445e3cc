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
    var json = ArrowJSONBudget(bodyBytes: self.body.length)
    batch.lines = []
    batch.defects = []
    batch.lineCount = 0
    var step = Self.rowsPerBatch
    var first = rows.lowerBound
    while first < rows.upperBound {
      let part = first..<min(first + step, rows.upperBound)
      do throws(ArrowFault) {
        batch.stored.removeAll(keepingCapacity: true)
        for column in columns { batch.stored.append(try load(column, part, &loader, &json)) }
      } catch {
        // Nested values may become much text: then fewer rows are read at once.
        guard error.kind == .limit, part.count > 1, !json.isSpent else { throw error.at(offset, of: name) }
        step = max(1, part.count / 8)
        continue
      }
      batch.firstRow = first - rows.lowerBound
      batch.rowCount = part.count
      try body(&batch)
      first = part.upperBound
      step = min(2 * step, Self.rowsPerBatch)
    }
  }

  private func load(
    _ column: ArrowSchema.Column, _ part: Range<Int>, _ loader: inout ArrowLoader, _ json: inout ArrowJSONBudget
  ) throws(ArrowFault) -> StoredColumn {
    do throws(ArrowFault) {
      var slot = slots[column.path[0]]
      var ancestors: [UInt8]?
      for index in column.path.dropFirst() {
        ancestors = ArrowArray.both(try loader.validity(slot, part), ancestors)
        slot = slot.children[index]
      }
      let array = try loader.load(slot, part)
      let column = try array.stored(among: ancestors)
      if array.isNested { try json.spend(column) }
      return column
    } catch {
      throw ArrowFault("column \(column.name): \(error.what)", like: error)
    }
  }

  /// The chunks of a record batch: parts of it where parts can be read.
  static func ranges(of batch: ArrowRecordBatch) -> [Range<Int>] {
    let step = batch.codec == nil ? maximumRows : max(1, batch.rowCount)
    return stride(from: 0, to: batch.rowCount, by: step).map { $0..<min($0 + step, batch.rowCount) }
  }
}
