/// Reads a table in memory: one chunk, whose places are row numbers.
struct MemoryReader: TableReader {
  let name: String
  private let table: MemoryTable
  private var isRead = false

  init(_ table: MemoryTable, named name: String) {
    self.table = table
    self.name = name
  }

  var fields: [Field] { table.fields }

  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    if isRead { return nil }
    isRead = true
    return MemoryChunk(table: table, columns: columns)
  }
}

private struct MemoryChunk: TableChunk {
  let table: MemoryTable
  let columns: [Int]

  private static let batchRows = 4096

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    var start = 0
    repeat {
      let rows = start..<min(table.rowCount, start + Self.batchRows)
      batch.rowCount = rows.count
      batch.firstRow = start
      batch.stored = columns.map { table.stored($0, rows) }
      try body(&batch)
      start = rows.upperBound
    } while start < table.rowCount
  }
}

extension MemoryTable {
  /// A reader of the table as that of a source would be: what means no value there is none here.
  package func reader(like source: TableSource) -> any TableReader {
    let reader = MemoryReader(self, named: source.name)
    return source.options.missingCodes.isEmpty ? reader : MissingCodeReader(reader, source.options.missingCodes)
  }

  /// The first rows of a source, with all columns and the values as they are stored, and whether they are all.
  ///
  /// - Parameter cells: at most how many values, which comes before the number of rows.
  package static func beginning(
    of source: TableSource, rows: Int, cells: Int
  ) throws(ScanError) -> (table: MemoryTable, isWhole: Bool) {
    var reader = try source.open()
    var table = MemoryTable(fields: reader.fields)
    let limit = max(1, min(rows, cells / max(1, reader.fields.count)))
    var isWhole = true
    var (file, lines) = (0, 0)
    while isWhole, let chunk = try reader.nextChunk(of: Array(reader.fields.indices)) {
      if chunk.file != file { (file, lines) = (chunk.file, 0) }
      var batch = Batch()
      var defects = DefectCount()
      var chunkLines = 0
      do throws(ScanError) {
        try chunk.decode(into: &batch) { batch throws(ScanError) in
          let room = limit - table.rowCount
          table.append(batch, atMost: room)
          isWhole = batch.rowCount <= room
          // What stands behind the last row that is wanted was not asked about.
          if !isWhole, room < batch.lines.count { batch.defects.removeAll { $0.line > batch.lines[room] } }
          defects.update(batch)
          chunkLines = batch.lineCount
          if !isWhole { throw ScanError(.cancelled, "enough") }
        }
      } catch {
        if isWhole { throw error.moved(byLines: lines) }
      }
      // Places are counted from 1.
      defects.move(after: RowPlace(file: file, number: lines + 1))
      table.defects.merge(defects)
      lines += chunkLines
    }
    return (table, isWhole)
  }
}
