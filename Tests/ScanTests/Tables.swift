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
    var reader = try CSVReader(ChoppedSource(bytes, piece: piece), dialect: dialect, blockBytes: chunk)
    self.init(columns: reader.columns)
    let places = columns.map { name in columns.firstIndex(of: name) ?? 0 }
    var linesBefore = 1
    while let chunk = try reader.nextChunk(of: Array(columns.indices)) {
      var batch = Batch()
      var firstRow = 0
      do {
        try chunk.decode(into: &batch) { batch in
          if batch.firstRow != firstRow { failure = "row \(firstRow) of a chunk says it is \(batch.firstRow)" }
          firstRow += batch.rowCount
          for row in 0..<batch.rowCount {
            rows.append(places.map { batch.text($0, row) })
            lines.append(linesBefore + Int(batch.lines[row]))
          }
          defects += batch.defects.map { RecordDefect(line: linesBefore + $0.line, what: $0.what) }
        }
      } catch {
        throw error.moved(byLines: linesBefore - 1)
      }
      linesBefore += batch.lineCount
    }
  }

  init(columns: [String]) { self.columns = columns }
}

/// A table written in a test, from which batches of any size are cut.
struct TestTable {
  var columns: [(name: String, values: [String?])]
  /// Rows before which a record stands that is none.
  var defectsBefore: Set<Int> = []
  /// Columns that are none of the table's, and the rows that have them.
  var lateColumns: [(name: String, row: Int)] = []

  var rowCount: Int { columns.first?.values.count ?? 0 }

  func line(of row: Int) -> Int { row + 2 + defectsBefore.count { $0 <= row } }

  /// The rows as a file has them.
  var csv: [UInt8] {
    let rows = (0..<rowCount).map { row in columns.map { $0.values[row].map { "\"\($0)\"" } ?? "" } }
    return Array(([columns.map(\.name)] + rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }

  /// The rows as a batch in every reading.
  func batch(_ range: Range<Int>) -> Batch {
    var batch = Batch()
    batch.rowCount = range.count
    batch.firstRow = range.lowerBound
    batch.lines = range.map { Int32(line(of: $0)) }
    batch.defects = range.filter(defectsBefore.contains).map {
      RecordDefect(line: line(of: $0) - 1, what: "no row")
    }
    let late = lateColumns.filter { range.contains($0.row) }
    batch.lateColumns = LateColumns(late.map { ($0.name, line(of: $0.row)) }, areAll: true)
    for (slot, (name, values)) in columns.enumerated() {
      var column = TextColumn()
      for value in values[range] {
        column.starts.append(Int32(column.bytes.count))
        column.bytes += Array((value ?? "").utf8)
        column.ends.append(value == nil ? -1 : Int32(column.bytes.count))
      }
      batch.add(Field(name, .untyped), .texts(column), at: slot)
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

extension Batch {
  /// A column in every reading.
  mutating func add(_ field: Field, _ values: StoredColumn, at slot: Int) {
    fields.append(field)
    stored.append(values)
    slots[field.name] = slot
    rowCount = values.rowCount
    for type in ValueType.allCases {
      derived[ColumnReading(field.name, as: type)] = values.read(field.type, as: type)
    }
  }

  /// A text as it is stored.
  func text(_ slot: Int, _ row: Int) -> String? {
    guard case .texts(let text) = stored[slot], let range = text.range(row) else { return nil }
    return String(decoding: text.bytes[range], as: UTF8.self)
  }
}

extension AggregateSpecification {
  /// The summary of parts, each made of some batches, merged in their order as a scan does it.
  func summary(of parts: [[Batch]], _ resources: ScanResources = ScanResources()) async throws(ScanError) -> Result {
    var whole = empty
    whole.prepare(resources)
    for batches in parts {
      var part = empty
      for batch in batches { part.update(batch) }
      part.move(after: RowPlace(number: 0))
      try whole.merge(part)
    }
    try await whole.finish()
    return whole
  }
}
