import TestSupport

@testable import Scan

/// A table in memory whose chunks can say something about their values, as a typed file does.
struct KnownTable: TableReader {
  struct Column {
    var field: Field
    var values: [Value]
  }

  enum Value: Equatable {
    case null
    /// As `StoredColumn.integers` has it; of decimals the unscaled value.
    case integer(Int64)
    case number(Double)
    case text(String)
  }

  let name = "table"
  let columns: [Column]
  /// Where chunks begin and end.
  let borders: [Int]
  /// The statistics of the rows of every chunk, or of the chunks that share them; nil when nothing is known.
  var statistics: [ChunkStatistics?]
  /// What is known of batches, by their first rows in the table.
  var parts: [Int: ChunkStatistics] = [:]
  private var next = 0

  /// How many rows a batch has, unless its chunk ends.
  static let batchRows = 5

  init(_ columns: [Column], borders: [Int], statistics: [ChunkStatistics?]) {
    self.columns = columns
    self.borders = borders
    self.statistics = statistics
  }

  var fields: [Field] { columns.map(\.field) }

  /// The same rows, of which nothing is known.
  var unknown: KnownTable { KnownTable(columns, borders: borders, statistics: statistics.map { _ in nil }) }

  mutating func nextChunk(of columns: [Int]) -> (any TableChunk)? {
    guard next + 1 < borders.count else { return nil }
    defer { next += 1 }
    return Chunk(
      columns: columns.map { self.columns[$0] }, rows: borders[next]..<borders[next + 1],
      statistics: statistics[next], parts: parts)
  }

  private struct Chunk: TableChunk {
    let columns: [Column]
    let rows: Range<Int>
    let statistics: ChunkStatistics?
    let parts: [Int: ChunkStatistics]
    var omitted: Set<Int> = []

    func omitting(_ columns: Set<Int>) -> Chunk {
      var chunk = self
      chunk.omitted = columns
      return chunk
    }

    func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
      try decode(into: &batch, omitting: { _ in [] }, body)
    }

    func decode(
      into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
      _ body: (inout Batch) throws(ScanError) -> Void
    ) throws(ScanError) {
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: KnownTable.batchRows) {
        let part = first..<min(first + KnownTable.batchRows, rows.upperBound)
        let known = parts[first] ?? ChunkStatistics(rowCount: part.count, columns: [:])
        let omitted = try omitting(known).union(omitted)
        (batch.firstRow, batch.rowCount) = (first - rows.lowerBound, part.count)
        batch.stored = columns.indices.map { index in
          omitted.contains(index) ? .texts(TextColumn()) : columns[index].stored(part)
        }
        try body(&batch)
      }
    }
  }
}

extension KnownTable.Column {
  /// The values of some rows as a reader gives them.
  func stored(_ rows: Range<Int>) -> StoredColumn {
    let states = values[rows].map { $0 == .null ? CellState.null.rawValue : CellState.valid.rawValue }
    switch field.type {
    case .text, .decimal:
      var column = TextColumn()
      for value in values[rows] {
        column.starts.append(Int32(column.bytes.count))
        column.bytes += Array(text(value).utf8)
        column.ends.append(value == .null ? -1 : Int32(column.bytes.count))
      }
      return .texts(column)
    case .float:
      return .numbers(
        Column(values: values[rows].map { if case .number(let value) = $0 { value } else { 7 } }, states: states))
    default:
      return .integers(
        Column(values: values[rows].map { if case .integer(let value) = $0 { value } else { 7 } }, states: states))
    }
  }

  private func text(_ value: KnownTable.Value) -> String {
    switch (value, field.type) {
    case (.text(let text), _): return text
    case (.integer(let value), .decimal(_, let scale)) where scale > 0:
      let digits = String(value.magnitude)
      let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      return (value < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
    case (.integer(let value), _): return String(value)
    default: return ""
    }
  }

  /// What a file might say about some rows: bounds that are exact or too wide, or none.
  func statistics(of rows: Range<Int>, using dice: inout SeededGenerator) -> ColumnStatistics? {
    guard Int.random(in: 0..<8, using: &dice) > 0 else { return nil }
    let nulls = values[rows].count { $0 == .null }
    var statistics = ColumnStatistics(field.type, nullCount: nulls)
    var integers = values[rows].compactMap { if case .integer(let value) = $0 { value } else { nil } }
    guard !integers.isEmpty, Int.random(in: 0..<8, using: &dice) > 0 else { return statistics }
    let slack: Int64 = Int.random(in: 0..<4, using: &dice) == 0 ? 2 : 0
    if field.type == .integer(bits: 64, isSigned: false) {
      integers.sort { UInt64(bitPattern: $0) < UInt64(bitPattern: $1) }
    } else {
      integers.sort()
      let (low, high) = (
        integers[0].subtractingReportingOverflow(slack), integers[integers.count - 1].addingReportingOverflow(slack)
      )
      if field.type != .boolean, !low.overflow, !high.overflow { integers = [low.partialValue, high.partialValue] }
    }
    let ends = KnownTable.Column(field: field, values: [.integer(integers[0]), .integer(integers[integers.count - 1])])
    statistics.extremes = ends.stored(0..<2)
    return statistics
  }
}
