/// The rows of a chunk cut where pages begin of which something is known.
struct PageSpans {
  /// Spans with fewer rows are joined to the next: pages of many columns may begin anywhere.
  private static let minimumRows = 1024
  /// How many bytes the indexes of all columns may have; those of further columns are not read. A page takes some twenty
  /// to two hundred.
  private static let maximumBytes = 4 << 20

  /// The rows of each span, counted within the row group.
  let spans: [Range<Int>]
  private let known: [(name: String, leaf: ParquetLeaf, index: PageIndex)]

  /// - Parameter columns: the flat columns that are needed, each with its column chunk.
  init(_ columns: [(ParquetColumn, ColumnChunk)], of file: RandomAccessFile, rows: Range<Int>, groupRowCount: Int) {
    var budget = Self.maximumBytes
    known = columns.compactMap { column, chunk in
      let size = (chunk.offsetIndex?.count ?? 0).addingReportingOverflow(chunk.columnIndex?.count ?? 0)
      guard !size.overflow, size.partialValue <= budget else { return nil }
      budget -= size.partialValue
      return PageIndex(file, chunk, rowCount: groupRowCount).map { (column.field.name, column.leaves[0], $0) }
    }
    var borders = Set(known.flatMap(\.index.borders)).filter(rows.contains).sorted()[...]
    var spans: [Range<Int>] = []
    var start = rows.lowerBound
    while let border = borders.popFirst() {
      guard border - start >= Self.minimumRows else { continue }
      spans.append(start..<border)
      start = border
    }
    if start < rows.upperBound { spans.append(start..<rows.upperBound) }
    self.spans = spans
  }

  /// What the page indexes say of a span; nil when they say nothing.
  func statistics(of rows: Range<Int>) -> ChunkStatistics? {
    guard !known.isEmpty else { return nil }
    var columns: [String: ColumnStatistics] = [:]
    for (name, leaf, index) in known { columns[name] = index.column(leaf, rows: rows) }
    return ChunkStatistics(rowCount: rows.count, columns: columns)
  }
}
