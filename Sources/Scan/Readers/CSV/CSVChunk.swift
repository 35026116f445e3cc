internal import CKernels

/// Bytes that are whole records.
struct CSVBlock {
  var bytes: [UInt8]
  var mayHaveQuotes: Bool
  /// Whether all bytes are known to be ASCII.
  var isASCII: Bool
}

/// Some blocks of whole records, cut into fields by the kernel when they are decoded.
struct CSVChunk: TableChunk {
  let name: String
  let dialect: CSVDialect
  let fieldCount: Int
  /// The fields that are needed, in the order of their columns in the batch.
  let columns: [Int]
  let blocks: [CSVBlock]
  /// How many lines the chunk begins with that are no records of it.
  let firstLine: Int

  /// Rows in a batch: what is read of each column stays in the processor's cache until it is summarised. No power of two,
  /// so that the columns, which are written side by side, do not share their places in the cache.
  private static let batchRows = 8208
  private static let batchDefects = 1024
  /// Bounds the room of a batch, however many columns there are.
  private static let valuesPerBatch = 1 << 20

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    let rows = max(16, min(Self.batchRows, Self.valuesPerBatch / max(1, columns.count)))
    var cutter = FieldCutter(dialect, fieldCount: fieldCount, columns: columns, rows: rows)
    batch.firstRow = 0
    batch.rowCount = 0
    batch.lineCount = firstLine
    for whole in blocks {
      if let problem = FileSignature.problem(of: whole.bytes, in: name, chunkLine: batch.lineCount) { throw problem }
      var block = whole.bytes
      var position = 0
      let isText = whole.isASCII || ck_is_utf8(block, block.count)
      while position < block.count {
        // The columns point into the block, in which the kernel makes doubled quotes single: they must have let go of it.
        batch.stored.removeAll(keepingCapacity: true)
        let cut = cutter.cut(
          &block, from: position, line: batch.lineCount, isText: isText, mayHaveQuotes: whole.mayHaveQuotes)
        guard !cut.open_quote else {
          throw CSVReader.neverClosed(name, chunkLine: Int(cut.quote_line))
        }
        position = cut.position
        batch.firstRow += batch.rowCount
        batch.rowCount = Int(cut.rows)
        batch.lineCount = Int(cut.line)
        batch.lines = Array(cutter.lines[..<batch.rowCount])
        batch.defects = cutter.defects[..<Int(cut.defects)].map { defect in
          RecordDefect(line: Int(defect.line), what: what(defect))
        }
        for slot in columns.indices {
          batch.stored.append(.texts(cutter.column(slot, rows: batch.rowCount, of: block)))
        }
        try body(&batch)
      }
    }
  }

  private func what(_ defect: ck_csv_defect) -> String {
    switch Int(defect.kind) {
    case CK_CSV_BROKEN_TEXT: return CSVReader.brokenText(dialect)
    case CK_CSV_TEXT_AFTER_QUOTE: return CSVReader.textAfterQuote
    default: return "\(defect.fields) \(defect.fields == 1 ? "field" : "fields") instead of \(fieldCount)"
    }
  }

  /// The kernel's tables, reused from batch to batch.
  private struct FieldCutter {
    private let delimiter: UInt8
    private let fieldCount: Int32
    private let slots: [Int32]
    private let nulls: [UInt8]
    private let nullEnds: [Int32]
    private let rows: Int
    private var starts: [Int32]
    private var ends: [Int32]
    private(set) var lines: [Int32]
    private(set) var defects: [ck_csv_defect]

    init(_ dialect: CSVDialect, fieldCount: Int, columns: [Int], rows: Int) {
      delimiter = dialect.delimiter
      self.fieldCount = Int32(clamping: fieldCount)
      var slots = [Int32](repeating: -1, count: fieldCount)
      for (slot, column) in columns.enumerated() { slots[column] = Int32(slot) }
      self.slots = slots
      nulls = dialect.nullValues.flatMap { Array($0.utf8) }
      var end = 0
      nullEnds = dialect.nullValues.map { value in
        end += value.utf8.count
        return Int32(clamping: end)
      }
      self.rows = rows
      starts = [Int32](repeating: 0, count: rows * columns.count)
      ends = starts
      lines = [Int32](repeating: 0, count: rows)
      defects = [ck_csv_defect](repeating: ck_csv_defect(), count: CSVChunk.batchDefects)
    }

    mutating func cut(
      _ block: inout [UInt8], from position: Int, line: Int, isText: Bool, mayHaveQuotes: Bool
    ) -> ck_csv_cursor {
      var cursor = ck_csv_cursor()
      cursor.position = position
      cursor.line = Int32(clamping: line)
      // Safe because: the pointers do not outlive the call, and the kernel writes at most `rows` rows of each slot.
      slots.withUnsafeBufferPointer { slots in
        nulls.withUnsafeBufferPointer { nulls in
          nullEnds.withUnsafeBufferPointer { nullEnds in
            var format = ck_csv_format()
            format.delimiter = delimiter
            format.checks_text = !isText
            format.field_count = fieldCount
            format.slots = slots.baseAddress
            format.nulls = nulls.baseAddress
            format.null_ends = nullEnds.baseAddress
            format.null_count = Int32(clamping: nullEnds.count)
            func cut(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int) {
              ck_csv_fields(
                bytes, count, &format, &cursor, &starts, &ends, &lines, Int32(rows), &defects, Int32(defects.count))
            }
            if mayHaveQuotes {
              block.withUnsafeMutableBufferPointer { cut($0.baseAddress, $0.count) }
            } else {
              // Safe because: without a quote there is none to make single, and the kernel changes nothing. So the
              // block is not copied, although the chunk holds it too.
              block.withUnsafeBufferPointer { cut(UnsafeMutablePointer(mutating: $0.baseAddress), $0.count) }
            }
          }
        }
      }
      return cursor
    }

    /// The ranges that were written to a slot.
    func column(_ slot: Int, rows count: Int, of block: [UInt8]) -> TextColumn {
      let first = slot * rows
      return TextColumn(coding: block, starts[first..<first + count], ends[first..<first + count])
    }
  }
}
