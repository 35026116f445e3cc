/// Goes through one column of a chunk, batch by batch.
protocol ColumnCursor {
  /// Decodes the next rows, using the memory of the column again.
  mutating func fill(_ count: Int, into column: inout StoredColumn) throws(ScanError)
  /// Passes over whole pages of the next rows; returns how many rows of the page at hand are left to be passed over.
  mutating func skip(_ rows: Int) throws(ScanError) -> Int
}

extension ColumnCursor {
  /// Passes over the next rows; those of a page that is not passed over as a whole are decoded for nothing.
  mutating func drop(_ rows: Int, batchRows: Int) throws(ScanError) {
    var waste = StoredColumn.texts(TextColumn())
    var left = try skip(rows)
    while left > 0 {
      try fill(min(left, batchRows), into: &waste)
      left -= min(left, batchRows)
    }
  }
}

/// A column whose values have a fixed width: integers, booleans, dates, timestamps.
struct IntegerCursor: ColumnCursor {
  private var pages: ColumnPages<FixedValues>
  /// INT96 timestamps may lie outside of what 64 bits of nanoseconds can say.
  private let canOverflow: Bool

  init(_ pages: ColumnPages<FixedValues>, _ leaf: ParquetLeaf) {
    self.pages = pages
    canOverflow = leaf.physical == .int96
  }

  mutating func fill(_ count: Int, into column: inout StoredColumn) throws(ScanError) {
    var integers = Column<Int64>()
    if case .integers(let used) = exchange(&column, with: .texts(TextColumn())) { integers = used }
    try pages.fill(count, &integers)
    if canOverflow {
      for row in 0..<count where integers.values[row] == FixedValues.unrepresentable && integers.states[row] != 0 {
        integers.states[row] = CellState.malformed.rawValue
      }
    }
    column = .integers(integers)
  }

  mutating func skip(_ rows: Int) throws(ScanError) -> Int { try pages.skip(rows) }
}

/// A column of floating-point numbers.
struct NumberCursor: ColumnCursor {
  private var pages: ColumnPages<FixedValues>
  private let bits: Int
  private var patterns = Column<Int64>()

  init(_ pages: ColumnPages<FixedValues>, bits: Int) {
    self.pages = pages
    self.bits = bits
  }

  mutating func fill(_ count: Int, into column: inout StoredColumn) throws(ScanError) {
    var numbers = Column<Double>()
    if case .numbers(let used) = exchange(&column, with: .texts(TextColumn())) { numbers = used }
    // The states are lent to the patterns, so that they are written once.
    swap(&patterns.states, &numbers.states)
    try pages.fill(count, &patterns)
    swap(&patterns.states, &numbers.states)
    numbers.values.resize(to: count, filler: 0)
    PageKernels.numbers(patterns.values, bits: bits, into: &numbers.values)
    column = .numbers(numbers)
  }

  mutating func skip(_ rows: Int) throws(ScanError) -> Int { try pages.skip(rows) }
}

extension ColumnPages<FixedValues> {
  /// Decodes the next rows into a column of 64-bit patterns.
  fileprivate mutating func fill(_ count: Int, _ column: inout Column<Int64>) throws(ScanError) {
    column.values.resize(to: count, filler: 0)
    column.states.resize(to: count, filler: 0)
    var filled = 0
    while filled < count {
      try load()
      let step = min(left, count - filled)
      let present = try readStates(step, into: &column.states, at: filled)
      try readValues(present, into: &column.values, at: filled)
      if present < step {
        PageKernels.spread(
          &column.values, present: present, states: column.states, range: filled..<filled + step, filler: 0)
      }
      filled += step
    }
  }

  private mutating func readValues(_ count: Int, into patterns: inout [Int64], at start: Int) throws(ScanError) {
    do {
      try values.read(count, from: page, into: &patterns, at: start)
    } catch {
      throw fault(error)
    }
  }
}

/// A column without values.
struct NullCursor: ColumnCursor {
  mutating func fill(_ count: Int, into column: inout StoredColumn) {
    let nulls = [Int32](repeating: -1, count: count)
    column = .texts(TextColumn(bytes: [], starts: nulls, ends: nulls))
  }

  mutating func skip(_ rows: Int) -> Int { 0 }
}
