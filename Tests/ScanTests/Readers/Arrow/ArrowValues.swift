@testable import Scan

/// All values of all columns that are read, as texts; nil for nulls.
func arrowValues(_ reader: some TableReader) throws -> [[String?]] {
  var reader = reader
  let columns = reader.fields.indices.filter { if case .unsupported = reader.fields[$0].type { false } else { true } }
  var values = [[String?]](repeating: [], count: columns.count)
  var batch = Batch()
  while let chunk = try reader.nextChunk(of: columns) {
    let first = values.first?.count ?? 0
    try chunk.decode(into: &batch) { batch throws(ScanError) in
      for (index, column) in batch.stored.enumerated() {
        guard batch.firstRow + first == values[index].count else { throw ScanError(.malformed, "rows are missing") }
        for row in 0..<batch.rowCount { values[index].append(text(column, row)) }
      }
    }
  }
  return values
}

private func text(_ column: StoredColumn, _ row: Int) -> String? {
  switch column {
  case .texts(let texts), .tokens(let texts, _):
    texts.range(row).map { String(decoding: texts.bytes[$0], as: UTF8.self) }
  case .numbers(let column): column.states[row] == 0 ? nil : "\(column.values[row])"
  case .integers(let column): column.states[row] == 0 ? nil : "\(column.values[row])"
  }
}
