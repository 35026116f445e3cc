/// A run of rows of one row group. Every decoding opens the pages anew, so a chunk is a value like any other.
struct ParquetChunk: TableChunk {
  /// The most rows of a batch.
  static let batchRows = 16_384
  private static let minimumBatchRows = 16
  /// What a batch shall take, as far as the sizes of the column chunks tell.
  private static let batchBytes = 16 << 20
  /// What is read of all columns at once, and the least and the most of one.
  private static let pieceBytes = 32 << 20
  private static let piece = 1 << 16...1 << 20

  let file: RandomAccessFile
  let rowGroup: Int
  /// The rows, counted within the row group.
  let rows: Range<Int>
  /// How many rows the row group has.
  private let groupRowCount: Int
  let columns: [ParquetColumn]
  /// The column chunks of each column's leaves.
  let chunks: [[ColumnChunk]]
  let maximumPageBytes: Int
  /// How many rows a batch has: fewer when there are many columns or long texts.
  private let batchRows: Int
  /// How much is read at once of each column.
  private let pieceBytes: Int
  /// The columns that are not decoded.
  private var omitted: Set<Int> = []

  init(
    file: RandomAccessFile, rowGroup: Int, rows: Range<Int>, of groupRowCount: Int, columns: [ParquetColumn],
    chunks: [[ColumnChunk]], maximumPageBytes: Int
  ) {
    self.file = file
    self.rowGroup = rowGroup
    self.rows = rows
    self.groupRowCount = groupRowCount
    self.columns = columns
    self.chunks = chunks
    self.maximumPageBytes = maximumPageBytes
    var leafCount = 1
    var bytesPerRow = 1
    for (column, chunks) in zip(columns, chunks) {
      leafCount += chunks.count
      for (leaf, chunk) in zip(column.leaves, chunks) {
        let isByteArray = leaf.physical == .byteArray || leaf.physical == .fixedLengthByteArray
        let isLong = column.nested != nil || isByteArray
        let average = max(0, chunk.uncompressedSize) / max(1, chunk.statistics.rowCount)
        // A value of a fixed width takes eight bytes and its state one.
        bytesPerRow += isLong ? 9 + min(maximumPageBytes, average) : 9
      }
    }
    batchRows = max(Self.minimumBatchRows, min(Self.batchRows, Self.batchBytes / bytesPerRow))
    pieceBytes = max(Self.piece.lowerBound, min(Self.piece.upperBound, Self.pieceBytes / leafCount))
  }

  /// What the row group says about its columns; its first part counts it.
  var statistics: ChunkStatistics? {
    var known: [String: ColumnStatistics] = [:]
    for (column, chunks) in zip(columns, chunks) where column.nested == nil {
      known[column.field.name] = chunks[0].statistics.column(column.leaves[0])
    }
    return ChunkStatistics(rowCount: groupRowCount, columns: known, isCounted: rows.lowerBound == 0)
  }

  func omitting(_ columns: Set<Int>) -> ParquetChunk {
    var chunk = self
    chunk.omitted = columns
    return chunk
  }

  func decode(
    into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
    _ body: (inout Batch) throws(ScanError) -> Void
  ) throws(ScanError) {
    let needed = columns.indices.filter { !omitted.contains($0) }
    let flat = needed.filter { columns[$0].nested == nil }.map { (columns[$0], chunks[$0][0]) }
    let pages = PageSpans(flat, of: file, rows: rows, groupRowCount: groupRowCount)
    var cursors: [PlacedCursor] = []
    for index in needed {
      cursors.append(
        PlacedCursor(column: index, cursor: try cursor(columns[index], chunks[index]), skipped: rows.lowerBound))
    }
    batch.stored.resize(to: columns.count, filler: .texts(TextColumn()))
    batch.lines = []
    batch.defects = []
    batch.lineCount = 0
    for span in pages.spans {
      let omitted = try pages.statistics(of: span).map(omitting) ?? []
      var row = span.lowerBound
      while row < span.upperBound {
        let count = min(batchRows, span.upperBound - row)
        batch.firstRow = row - rows.lowerBound
        batch.rowCount = count
        for index in cursors.indices {
          let column = cursors[index].column
          if omitted.contains(column) {
            cursors[index].skipped += count
          } else {
            try cursors[index].fill(count, into: &batch.stored[column], batchRows: batchRows)
          }
        }
        try body(&batch)
        row += count
      }
    }
  }

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    try decode(into: &batch, omitting: { _ in [] }, body)
  }

  private func cursor(_ column: ParquetColumn, _ chunks: [ColumnChunk]) throws(ScanError) -> any ColumnCursor {
    if let nested = column.nested {
      var leaves: [NestedLeaf] = []
      for (leaf, chunk) in zip(column.leaves, chunks) {
        let values = TextValues(leaf, isJSON: true, limit: maximumPageBytes)
        leaves.append(NestedLeaf(ColumnPages(try stream(leaf, chunk), leaf, values), leaf))
      }
      return NestedCursor(nested, leaves, limit: maximumPageBytes)
    }
    let leaf = column.leaves[0]
    let stream = try stream(leaf, chunks[0])
    switch leaf.type {
    case .boolean, .integer, .date, .timestamp, .duration:
      return IntegerCursor(ColumnPages(stream, leaf, FixedValues(leaf)), leaf)
    case .float(let bits):
      return NumberCursor(ColumnPages(stream, leaf, FixedValues(leaf)), bits: bits)
    case .null, .unsupported:
      return NullCursor()
    case .text, .binary, .decimal, .time, .untyped, .tokens, .nested:
      let values = TextValues(leaf, isJSON: false, limit: maximumPageBytes)
      return TextCursor(ColumnPages(stream, leaf, values), limit: maximumPageBytes)
    }
  }

  private func stream(_ leaf: ParquetLeaf, _ chunk: ColumnChunk) throws(ScanError) -> PageStream {
    try PageStream(
      file, chunk, place: PagePlace(file: file.name, column: leaf.name, rowGroup: rowGroup),
      pieceBytes: pieceBytes, maximumPageBytes: maximumPageBytes)
  }
}

/// A column of a batch and the cursor that fills it.
private struct PlacedCursor {
  let column: Int
  var cursor: any ColumnCursor
  /// How many rows the cursor is behind: they are passed over when the next ones are needed.
  var skipped: Int

  mutating func fill(_ count: Int, into column: inout StoredColumn, batchRows: Int) throws(ScanError) {
    if skipped > 0 { try cursor.drop(skipped, batchRows: batchRows) }
    skipped = 0
    try cursor.fill(count, into: &column)
  }
}
