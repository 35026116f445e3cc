extension CSVReader {
  /// All records of a small file as texts, the header first: for tables of settings and metrics, not of data.
  ///
  /// A null is the empty text. Ragged records are an error that names the line.
  package static func records(
    of source: any ByteSource, dialect: CSVDialect = CSVDialect()
  ) throws(ScanError) -> [[String]] {
    var reader = try CSVReader(source, dialect: dialect)
    let columns = reader.columns
    var records = [columns]
    var lines = 0
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: Array(columns.indices)) {
      do {
        try chunk.decode(into: &batch) { batch throws(ScanError) in
          if let defect = batch.defects.first {
            throw ScanError(.malformed, in: reader.name, chunkLine: defect.line, defect.what)
          }
          for row in 0..<batch.rowCount {
            records.append(
              batch.stored.map { column in
                guard case .texts(let text) = column, let range = text.range(row) else { return "" }
                return String(decoding: text.bytes[range], as: UTF8.self)
              })
          }
        }
      } catch {
        throw error.moved(byLines: lines)
      }
      lines += batch.lineCount
    }
    return records
  }
}
