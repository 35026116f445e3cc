@testable import Scan

/// A source that gives its bytes in pieces of the same size, whatever is asked for.
struct ChoppedSource: ByteSource {
  let name = "table.csv"
  let piece: Int
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8], piece: Int) {
    self.bytes = bytes[...]
    self.piece = piece
  }

  mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    let chunk = bytes.prefix(min(count, piece))
    buffer += chunk
    bytes = bytes.dropFirst(chunk.count)
    return chunk.count
  }
}

extension PlainTable {
  /// The table as the reader reads it, all columns.
  init(
    reading bytes: [UInt8], _ dialect: CSVDialect = CSVDialect(), chunk: Int = 1 << 20, piece: Int = .max
  ) throws(ScanError) {
    var reader = try CSVReader(ChoppedSource(bytes, piece: piece), dialect: dialect, chunkBytes: chunk)
    self.init(columns: reader.columns)
    let readings = Set(columns).map { ColumnReading($0, as: .string) }
    var batch = Batch()
    while try reader.read(into: &batch, readings: readings) {
      for row in 0..<batch.rowCount {
        if batch.firstRow + row != rows.count { failure = "row \(rows.count) says it is \(batch.firstRow + row)" }
        rows.append(columns.map { batch.string($0, row: row) })
      }
      lines += batch.lines
      defects += batch.defects
    }
  }

  init(columns: [String]) { self.columns = columns }
}

/// A table written in a test, from which batches of any size are cut.
struct TestTable {
  var columns: [(name: String, values: [String?])]
  /// Rows before which a record stands that is none.
  var defectsBefore: Set<Int> = []

  var rowCount: Int { columns.first?.values.count ?? 0 }

  func line(of row: Int) -> Int { row + 2 + defectsBefore.count { $0 <= row } }

  /// The rows as a batch in every reading.
  func batch(_ range: Range<Int>) -> Batch {
    var batch = Batch()
    batch.rowCount = range.count
    batch.firstRow = range.lowerBound
    batch.lines = range.map(line)
    batch.defects = range.filter(defectsBefore.contains).map {
      RecordDefect(line: line(of: $0) - 1, what: "no row")
    }
    for (name, values) in columns {
      var column = TextColumn()
      for value in values[range] {
        column.starts.append(Int32(batch.bytes.count))
        batch.bytes += Array((value ?? "").utf8)
        column.ends.append(value == nil ? -1 : Int32(batch.bytes.count))
      }
      batch.text[name] = column
    }
    for (name, _) in columns {
      for type in ValueType.allCases where type != .string {
        batch.vectors[ColumnReading(name, as: type)] = decode(batch.texts(name), of: batch.bytes, as: type)
      }
    }
    return batch
  }

  /// The whole table in batches of at most that many rows.
  func batches(of size: Int, in range: Range<Int>? = nil) -> [Batch] {
    let range = range ?? 0..<rowCount
    return stride(from: range.lowerBound, to: range.upperBound, by: size).map {
      batch($0..<min($0 + size, range.upperBound))
    }
  }
}
