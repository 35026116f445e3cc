extension CSVReader {
  /// All records of a small file as texts, the header first: for tables of settings and metrics, not of data.
  ///
  /// A null is the empty text. Ragged records are an error that names the line.
  package static func records(
    of source: any ByteSource, dialect: CSVDialect = CSVDialect()
  ) throws(ScanError) -> [[String]] {
    var reader = try CSVReader(source, dialect: dialect)
    let readings = reader.columns.map { ColumnReading($0, as: .string) }
    var records = [reader.columns]
    var batch = Batch()
    while try reader.read(into: &batch, readings: readings) {
      if let defect = batch.defects.first {
        throw ScanError(.malformed, "\(reader.name):\(defect.line): \(defect.what)")
      }
      for row in 0..<batch.rowCount {
        records.append(reader.columns.map { batch.string($0, row: row) ?? "" })
      }
    }
    return records
  }
}
