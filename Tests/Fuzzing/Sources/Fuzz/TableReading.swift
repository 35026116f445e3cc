@testable import Scan

/// What a table was read as: two readings of the same bytes must be equal, however they were cut into blocks.
struct TableReading: Equatable {
  /// A tiny file may say that it has any number of nulls, and be right: so a reading ends here.
  static let maximumRows = 1 << 18

  private(set) var fields: [Field] = []
  private(set) var rows = 0
  private(set) var lines = 0
  /// With the lines of the file.
  private(set) var defects: [RecordDefect] = []
  /// Of every column as it is stored and in every reading.
  private(set) var columns: [Digest] = []
  private(set) var rowLines = Digest()
  private(set) var error: ScanError?

  /// Reads all columns of a table to its end in every reading.
  static func read(_ reader: some TableReader) throws(ScanError) {
    var reading = TableReading()
    try reading.takeAll(reader)
  }

  /// The same, with the error as the result: how many rows come before it depends on the blocks.
  init<Reader: TableReader>(_ open: () throws(ScanError) -> Reader) {
    do throws(ScanError) {
      try takeAll(try open())
    } catch {
      self = TableReading()
      self.error = error
    }
  }

  private init() {}

  private mutating func takeAll<Reader: TableReader>(_ reader: Reader) throws(ScanError) {
    var reader = reader
    fields = reader.fields
    columns = [Digest](repeating: Digest(), count: fields.count * (1 + ValueType.allCases.count))
    var batch = Batch()
    while rows < Self.maximumRows, let chunk = try reader.nextChunk(of: Array(fields.indices)) {
      let (rowsBefore, linesBefore) = (rows, lines)
      takeStatistics(chunk)
      do throws(ScanError) {
        try chunk.decode(into: &batch) { batch throws(ScanError) in
          take(batch, after: linesBefore)
          rows = rowsBefore + batch.firstRow + batch.rowCount
          lines = linesBefore + batch.lineCount
          guard rows < Self.maximumRows else { throw ScanError(.limit, "enough rows were read") }
        }
      } catch {
        throw error.moved(byLines: linesBefore)
      }
    }
  }

  /// What the file says of its values may be wrong, but it must never be more than can be.
  private func takeStatistics(_ chunk: any TableChunk) {
    guard let statistics = chunk.statistics else { return }
    for column in statistics.columns.values {
      require(0...statistics.rowCount ~= column.nullCount, "there are more nulls than rows")
      for type in ValueType.allCases { _ = column.integers(as: type) }
      _ = column.numbers
    }
  }

  private mutating func take(_ batch: Batch, after linesBefore: Int) {
    require(batch.stored.count == fields.count, "a column is missing")
    var next = columns.startIndex
    for (field, values) in zip(fields, batch.stored) {
      require(values.rowCount == batch.rowCount, "a column has too few or too many rows")
      columns[next].add(values)
      next += 1
      for type in ValueType.allCases {
        let vector = values.read(field.type, as: type)
        require(vector.rowCount == batch.rowCount, "a reading has too few or too many rows")
        columns[next].add(vector)
        next += 1
      }
    }
    for line in batch.lines { rowLines.add(UInt64(linesBefore + Int(line))) }
    for defect in batch.defects {
      defects.append(RecordDefect(line: defect.line + linesBefore, what: defect.what))
    }
  }
}

extension ColumnVector {
  fileprivate var rowCount: Int {
    switch self {
    case .text(let column): column.rowCount
    case .number(let column): column.states.count
    case .integer(let column): column.states.count
    }
  }
}
