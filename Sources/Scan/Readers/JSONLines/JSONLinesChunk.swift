/// Some blocks of lines that are not decoded yet.
struct JSONLinesChunk: TableChunk {
  /// The paths to decode, and all that the table has.
  let paths: [String]
  let known: [String]
  let blocks: [LineBlocks.Block]
  let maximumRows: Int

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    let decoder = try JSONLinesDecoder(paths: paths, known: known, rowCapacity: maximumRows)
    batch.firstRow = 0
    batch.rowCount = 0
    var line = 0
    for (index, block) in blocks.enumerated() {
      var offset = block.start
      while offset < block.end {
        let step = try decoder.decode(block, from: offset, line: line)
        batch.firstRow += batch.rowCount
        batch.rowCount = step.rowCount
        batch.stored = paths.indices.map { decoder.column($0, of: step) }
        batch.lines = step.lines
        batch.defects = step.defects
        batch.lineCount = step.line
        (offset, line) = (step.offset, step.line)
        let isLast = index == blocks.count - 1 && offset == block.end
        batch.lateColumns = isLast ? decoder.noted : LateColumns()
        try body(&batch)
      }
    }
  }
}
