/// Reads Apache Parquet files (github.com/apache/parquet-format, version 2.12).
///
/// Fields of structs are columns named by their path, `a.b`; a list, map or repeated field is one column of JSON.
package struct ParquetReader: TableReader {
  /// Row groups with more rows than this are read in several chunks, so that many threads find work.
  private static let wholeGroupRows = 786_432
  /// The most rows of a chunk that is a part of a row group.
  private static let partRows = 524_288

  private let file: RandomAccessFile
  private let footer: ParquetFooter
  private let maximumPageBytes: Int
  private var group = 0
  private var row = 0

  /// Reads the footer of a file.
  ///
  /// - Parameter maximumPageBytes: how many bytes a page may have once it is decompressed, and the texts of a column in
  ///   one batch; at most 1 GiB.
  package init(_ file: RandomAccessFile, maximumPageBytes: Int = 256 << 20) throws(ScanError) {
    self.file = file
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
    let required = columns.map { footer.schema.columns[$0] }
    try refuseUnsupported(required)
    let isFlat = required.allSatisfy { $0.nested == nil }
    var end = rowCount
    if isFlat, rowCount > Self.wholeGroupRows {
      let parts = (rowCount + Self.partRows - 1) / Self.partRows
      end = min(rowCount, row + (rowCount + parts - 1) / parts)
    }
    let chunks = try footer.chunks(of: required, in: group, fileName: name)
    defer { row = end }
    return ParquetChunk(
      file: file, rowGroup: group, rows: row..<end, of: rowCount, columns: required, chunks: chunks,
      maximumPageBytes: maximumPageBytes)
  }

  private func refuseUnsupported(_ columns: [ParquetColumn]) throws(ScanError) {
    for column in columns {
      guard case .unsupported(let type) = column.field.type else { continue }
      throw ScanError(
        .unreadable, "\(name): column \(column.field.name) has the type \(type), which is not supported",
        hint: "leave the column out of the rules")
    }
  }
}
