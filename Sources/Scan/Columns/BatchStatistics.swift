internal import CKernels

/// Finds out once what many tests of a batch would each look for in its rows: that no value lies outside their limits.
///
/// The same statistics that a file may have of its rows, made of the rows; tests answer from both alike.
struct BatchStatistics: Sendable {
  /// Fewer tests than this are faster when each looks at the rows itself.
  private static let worthwhile = 3

  /// The readings that are asked for often.
  private let readings: [ColumnReading]

  init(for specifications: [any AggregateSpecification]) {
    var uses: [ColumnReading: Int] = [:]
    var order: [ColumnReading] = []
    for reading in specifications.flatMap({ Set($0.readings) }) where !reading.isCounted {
      if uses[reading] == nil { order.append(reading) }
      uses[reading, default: 0] += 1
    }
    readings = order.filter { uses[$0, default: 0] >= Self.worthwhile }
  }

  /// Nil when no reading is worth it. Readings that the values do not say as stored are made in the batch; of a
  /// dictionary its entries say enough.
  func statistics(of batch: inout Batch) -> ChunkStatistics? {
    guard !readings.isEmpty else { return nil }
    var columns: [String: ColumnStatistics] = [:]
    for reading in readings {
      guard let (field, values) = batch.stored(reading.column) else { continue }
      var column = columns[reading.column] ?? ColumnStatistics(field.type, nullCount: values.nullCount)
      switch Self.vector(reading, of: &batch) {
      case .number(let values)?: column.numberRange = values.range
      case .integer(let values)?: column.integerRanges[reading.type] = values.range
      case .text(let text)?: column.texts = TextFacts(text)
      case nil: break
      }
      columns[reading.column] = column
    }
    return ChunkStatistics(rowCount: batch.rowCount, columns: columns)
  }

  /// The values of a column in a reading, in any order; nil when it is read as it is stored.
  private static func vector(_ reading: ColumnReading, of batch: inout Batch) -> ColumnVector? {
    guard let type = reading.type else { return nil }
    if case (let field, .texts(let texts))? = batch.stored(reading.column), texts.hasDictionary {
      return StoredColumn.texts(texts.dictionary).read(field.type, as: type)
    }
    batch.derive(reading)
    return batch.derived[reading]
  }
}

extension StoredColumn {
  fileprivate var nullCount: Int {
    switch self {
    case .texts(let text), .tokens(let text, _): text.nullCount
    case .numbers(let column): MarkCounts(column.states)[CellState.null.rawValue]
    case .integers(let column): MarkCounts(column.states)[CellState.null.rawValue]
    }
  }
}

extension TextColumn {
  fileprivate var nullCount: Int {
    guard let codes else { return Self.negatives(among: ends) }
    guard Self.negatives(among: ends) > 0 else { return Self.negatives(among: codes) }
    // Entries are texts; one that is none makes a null of every row that has it.
    return codes.count { $0 < 0 || ends[Int($0)] < 0 }
  }

  /// The highest bits are added: there is no branch, and the compiler makes vectors of it.
  private static func negatives(among numbers: [Int32]) -> Int {
    Int(numbers.reduce(UInt32(0)) { $0 &+ (UInt32(bitPattern: $1) >> 31) })
  }
}

extension Column<Double> {
  /// Between which numbers all present values lie; nil when there are none, or some that are malformed or NaN.
  fileprivate var range: ClosedRange<Double>? {
    var (low, high) = (0.0, 0.0)
    return ck_range_of_doubles(values, states, states.count, &low, &high) ? low...high : nil
  }
}

extension Column<Int64> {
  /// Between which integers all present values lie; nil when there are none, or some that are malformed.
  fileprivate var range: ClosedRange<Int64>? {
    var (low, high) = (Int64(0), Int64(0))
    return ck_range_of_integers(values, states, states.count, &low, &high) ? low...high : nil
  }
}
