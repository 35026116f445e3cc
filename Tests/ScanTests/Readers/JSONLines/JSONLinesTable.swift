import Testing

@testable import Scan

/// What a reader makes of JSON Lines: every value with its kind, and every defect, with their lines.
struct JSONLinesTable: Equatable {
  var columns: [String]
  var rows: [[String]] = []
  var rowLines: [Int] = []
  var defectLines: [Int] = []
  var defects: [String] = []
  var lineCount = 0
  /// The lines where late columns first occur.
  var late: [String: Int] = [:]

  init(columns: [String]) { self.columns = columns }

  /// Reads all chunks, of all columns or of those with some indices; lines are counted through from the beginning of the
  /// file.
  init(_ reader: some TableReader, reading indices: [Int]? = nil) throws {
    var reader = reader
    let indices = indices ?? Array(reader.fields.indices)
    self.init(columns: indices.map { reader.fields[$0].name })
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: indices) {
      let (firstLine, firstRow) = (lineCount, rows.count)
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        #expect(firstRow + batch.firstRow == rows.count)
        #expect(batch.lines.count == batch.rowCount)
        for row in 0..<batch.rowCount {
          rows.append(batch.stored.map { Self.text($0, row) })
          rowLines.append(firstLine + Int(batch.lines[row]))
        }
        defectLines += batch.defects.map { firstLine + $0.line }
        defects += batch.defects.map(\.what)
        lineCount = firstLine + batch.lineCount
        for column in batch.lateColumns.columns where late[column.name] == nil {
          late[column.name] = firstLine + column.place.number
        }
      }
    }
  }

  private static func text(_ column: StoredColumn, _ row: Int) -> String {
    guard case .tokens(let texts, let kinds) = column, let kind = TokenKind(rawValue: kinds[row]) else { return "?" }
    guard let range = texts.range(row) else { return kind == .null ? "null" : "?" }
    return "\(kind):" + String(decoding: texts.bytes[range], as: UTF8.self)
  }
}

/// A source that gives its bytes in pieces of some size.
struct PiecewiseSource: ByteSource {
  var name = "pieces"
  var bytes: ArraySlice<UInt8>
  var piece: Int

  init(_ bytes: [UInt8], piece: Int) {
    self.bytes = bytes[...]
    self.piece = piece
  }

  mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    let part = bytes.prefix(min(count, piece))
    buffer.append(contentsOf: part)
    bytes = bytes.dropFirst(part.count)
    return part.count
  }
}
