/// What is known about some rows beside their values, so that these need not be read, or not once for every question.
package struct ChunkStatistics: Sendable {
  /// How many rows it is about.
  package var rowCount: Int
  /// By their names, the columns of which enough is known.
  package var columns: [String: ColumnStatistics]
  /// Whether what follows from the statistics is counted with this chunk: of several chunks that share the statistics
  /// of all their rows, only the first counts.
  package var isCounted: Bool

  package init(rowCount: Int, columns: [String: ColumnStatistics], isCounted: Bool = true) {
    self.rowCount = rowCount
    self.columns = columns
    self.isCounted = isCounted
  }
}

/// What is known about the values of a column in some rows. It may be less than is true, never more.
package struct ColumnStatistics: Sendable {
  package var type: StoredType
  /// How many rows have no value.
  package var nullCount: Int
  /// The least and the greatest value as a column of two rows, or bounds beyond them. Nil where the order of the type
  /// leaves values out, as that of floating-point numbers does NaN.
  package var extremes: StoredColumn?
  /// What the values themselves said when they were read as numbers, and as integers of a type.
  var numberRange: ClosedRange<Double>?
  var integerRanges: [ValueType?: ClosedRange<Int64>] = [:]
  /// What the texts said when they were looked at together.
  var texts: TextFacts?

  package init(_ type: StoredType, nullCount: Int, extremes: StoredColumn? = nil) {
    self.type = type
    self.nullCount = nullCount
    self.extremes = extremes
  }

  /// Between which integers, booleans, dates or timestamps all values lie, read as the type; nil when that is not
  /// known, or not known of every value that it reads as the type at all.
  func integers(as target: ValueType) -> ClosedRange<Int64>? {
    if let known = integerRanges[target] { return known }
    guard isOrdered(as: target), case .integer(let ends)? = extremes?.read(type, as: target) else { return nil }
    return Self.range(ends)
  }

  /// Between which numbers all values lie; nil as for integers.
  var numbers: ClosedRange<Double>? {
    if let numberRange { return numberRange }
    guard case .number(let ends)? = extremes?.read(type, as: .number) else { return nil }
    return Self.range(ends)
  }

  private static func range<Value: Comparable>(_ ends: Column<Value>) -> ClosedRange<Value>? {
    guard ends.states == [CellState.valid.rawValue, CellState.valid.rawValue] else { return nil }
    return ends.values[0] <= ends.values[1] ? ends.values[0]...ends.values[1] : nil
  }

  /// Whether all that lies between two values of the type lies between them in the reading, too, and can be read at
  /// all: between two midnights there is no date, and between two whole decimals a fraction.
  private func isOrdered(as target: ValueType) -> Bool {
    switch (type, target) {
    case (.timestamp, .date): false
    case (.decimal(_, let scale), .integer): scale == 0
    default: true
    }
  }
}
