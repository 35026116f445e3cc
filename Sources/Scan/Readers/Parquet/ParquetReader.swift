/// Reads Apache Parquet files (github.com/apache/parquet-format, version 2.12).
///
/// Fields of structs are columns named by their path, `a.b`; a list, map or repeated field is one column of JSON. What
/// the statistics of a row group or the index of its pages prove is not read; both are the file's own claims, and
/// believed like its values.
package struct ParquetReader: TableReader {
  /// The most rows of a chunk that is a part of a row group, unless a large page has more. A row group with half as many
  /// again is read in several chunks, so that many threads find work.
  private let partRows: Int
  /// Into how many chunks a row group with nested columns is cut at most.
  private static let nestedParts = 4
  /// A page with more bytes than this is large.
  private static let largePageBytes = 4 << 20

  private let file: RandomAccessFile
  private let footer: ParquetFooter
  private let maximumPageBytes: Int
  private var group = 0
  private var row = 0
  /// The most rows of the chunks of the row group at hand.
  private var chunkRows = 0

  /// Reads the footer of a file.
  ///
  /// - Parameters:
  ///   - maximumPageBytes: how many bytes a page may have once it is decompressed, and the texts of a column in one
  ///     batch; at most 1 GiB.
  ///   - partRows: how many rows a chunk has at most when it is a part of a row group.
  package init(
    _ file: RandomAccessFile, maximumPageBytes: Int = 256 << 20, partRows: Int = 524_288
  ) throws(ScanError) {
    self.file = file
    self.partRows = max(1, partRows)
    self.maximumPageBytes = max(1, min(maximumPageBytes, 1 << 30 - 1))
    footer = try ParquetFooter(file)
    fields = footer.schema.columns.map(\.field)
  }

  package var name: String { file.name }

  package let fields: [Field]

  package mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    while group < footer.groups.count, row >= footer.groups[group].rowCount {
      group += 1
      row = 0
    }
    guard group < footer.groups.count else { return nil }
    let rowCount = footer.groups[group].rowCount
    try refuseUnread(columns)
    let required = columns.map { footer.schema.columns[$0] }
    let chunks = try footer.chunks(of: required, in: group, fileName: name)
    if row == 0 { chunkRows = chunkRows(of: rowCount, required, chunks) }
    let end = min(rowCount, row + chunkRows)
    defer { row = end }
    return ParquetChunk(
      file: file, rowGroup: group, rows: row..<end, of: rowCount, columns: required, chunks: chunks,
      maximumPageBytes: maximumPageBytes)
  }

  /// How many rows a chunk has of a row group. A page is decompressed as a whole by every chunk that has rows of it, so
  /// no chunk is smaller than large pages are: one huge page is decoded by one thread, a batch at a time. To enter a
  /// nested column in the middle, the levels of all pages before may have to be read, so that it is cut less often.
  private func chunkRows(of rowCount: Int, _ columns: [ParquetColumn], _ chunks: [[ColumnChunk]]) -> Int {
    guard rowCount > partRows + partRows / 2 else { return rowCount }
    let isNested = columns.contains { $0.nested != nil }
    var most = isNested ? max(partRows, (rowCount + Self.nestedParts - 1) / Self.nestedParts) : partRows
    for (column, chunks) in zip(columns, chunks) {
      let place = PagePlace(file: name, column: column.field.name, rowGroup: group)
      // What is wrong with the pages is told by whoever needs them.
      let stream = try? PageStream(file, chunks[0], place: place, pieceBytes: 0, maximumPageBytes: maximumPageBytes)
      guard var stream, let page = try? stream.nextDataPage() else { continue }
      if page.uncompressedSize > Self.largePageBytes { most = max(most, page.valueCount) }
    }
    let parts = (rowCount + most - 1) / most
    return (rowCount + parts - 1) / parts
  }
}
