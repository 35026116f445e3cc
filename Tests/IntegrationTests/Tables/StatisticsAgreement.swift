import Testing

@testable import Scan

/// Whether what Parquet files say of their values is true of them.
struct StatisticsAgreement {
  /// Of how many columns in how many row groups something is known, and of how many the bounds, by who wrote them.
  private(set) var known: [String: Int] = [:]
  private(set) var bounded: [String: Int] = [:]

  mutating func compare(_ file: RandomAccessFile) throws {
    var reader = try ParquetReader(file)
    let fields = reader.fields
    let columns = fields.indices.filter { if case .unsupported = fields[$0].type { false } else { true } }
    let writer = ["duckdb", "polars"].first { file.name.hasPrefix($0) } ?? "pyarrow"
    while let chunk = try reader.nextChunk(of: columns) {
      let statistics = try #require(chunk.statistics)
      var claims = columns.enumerated().compactMap { place, index in
        statistics.columns[fields[index].name].map { ColumnClaims(fields[index], at: place, $0) }
      }
      var rows = 0
      var batch = Batch()
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        rows += batch.rowCount
        for index in claims.indices { claims[index].take(batch) }
      }
      for claim in claims {
        known[writer, default: 0] += 1
        if claim.isBounded { bounded[writer, default: 0] += 1 }
        #expect(claim.isTrue, "\(file.name), \(claim.field.name)")
        // Of a part of a row group only the bounds can be compared.
        guard rows == statistics.rowCount else { continue }
        #expect(claim.nulls == claim.statistics.nullCount, "\(file.name), \(claim.field.name)")
      }
    }
  }
}

/// The statistics of a column in some rows, and its values there.
private struct ColumnClaims {
  let field: Field
  let place: Int
  let statistics: ColumnStatistics
  private(set) var nulls = 0
  private(set) var isTrue = true

  init(_ field: Field, at place: Int, _ statistics: ColumnStatistics) {
    self.field = field
    self.place = place
    self.statistics = statistics
  }

  private static let types: [ValueType] = [.integer, .boolean, .date, .time, .timestamp]

  var isBounded: Bool { statistics.numbers != nil || Self.types.contains { statistics.integers(as: $0) != nil } }

  mutating func take(_ batch: Batch) {
    let values = batch.stored[place]
    nulls += (0..<values.rowCount).count { values.isNull($0) }
    if let range = statistics.numbers, case .number(let read) = values.read(field.type, as: .number) {
      isTrue = isTrue && Self.isTrue(read, range)
    }
    for type in Self.types {
      guard let range = statistics.integers(as: type), case .integer(let read) = values.read(field.type, as: type)
      else { continue }
      isTrue = isTrue && Self.isTrue(read, range)
    }
  }

  private static func isTrue<Value>(_ column: Column<Value>, _ range: ClosedRange<Value>) -> Bool {
    zip(column.values, column.states).allSatisfy { value, state in
      state == CellState.null.rawValue || state == CellState.valid.rawValue && range.contains(value)
    }
  }
}
