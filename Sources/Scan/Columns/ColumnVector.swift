/// A column of a batch in one reading.
package enum ColumnVector: Sendable {
  case text(TextColumn)
  case number(Column<Double>)
  /// Integers, booleans (0 and 1), dates (days since 1970), times of day (nanoseconds since midnight) and timestamps
  /// (microseconds since 1970).
  case integer(Column<Int64>)
}

extension StoredColumn {
  /// The column read as values of a type.
  ///
  /// A value reads as a type when nothing is lost by it: an integer is a number, 3.0 is an integer and 3.5 is none, a
  /// timestamp at midnight is a date. Text is read only where the format has nothing better to write a value with:
  /// in CSV everything, in JSON dates and times, in typed files times of day. In a typed file the text "42" is no number.
  /// O(values).
  func read(_ stored: StoredType, as type: ValueType) -> ColumnVector {
    switch self {
    case .texts(let text): Self.read(text, stored, as: type)
    case .tokens(let text, let kinds): Self.read(text, kinds, as: type)
    case .numbers(let column): Self.read(column, stored, as: type)
    case .integers(let column): Self.read(column, stored, as: type)
    }
  }

  private static func read(_ text: TextColumn, _ stored: StoredType, as type: ValueType) -> ColumnVector {
    switch (stored, type) {
    case (_, .string), (.untyped, _), (.decimal, .number), (.time, .time): text.decoded(as: type)
    case (.decimal(_, let scale), .integer): text.wholes(scale: scale).decoded(as: type)
    default: text.rejected(as: type)
    }
  }

  private static func read(_ text: TextColumn, _ kinds: [UInt8], as type: ValueType) -> ColumnVector {
    guard type != .string else { return .text(text) }
    let accepted: TokenKind =
      switch type {
      case .integer, .number: .number
      case .boolean: .boolean
      default: .string
      }
    var vector = text.decoded(as: type)
    vector.reject { kinds[$0] != accepted.rawValue && kinds[$0] != TokenKind.null.rawValue }
    return vector
  }

  private static func read(_ column: Column<Double>, _ stored: StoredType, as type: ValueType) -> ColumnVector {
    switch type {
    case .number: .number(column)
    case .string: .text(StoredColumn.numbers(column).texts(of: nil, stored))
    case .integer: .integer(column.mapped { Int64(exactly: $0) })
    case .boolean, .date, .time, .timestamp: .integer(column.mapped { _ in nil })
    }
  }

  private static func read(_ column: Column<Int64>, _ stored: StoredType, as type: ValueType) -> ColumnVector {
    switch (stored, type) {
    case (_, .string): .text(StoredColumn.integers(column).texts(of: nil, stored))
    case (.integer(64, isSigned: false), .number): .number(column.mapped { Double(UInt64(bitPattern: $0)) })
    case (.integer(64, isSigned: false), .integer): .integer(column.mapped { $0 < 0 ? nil : $0 })
    case (.integer, .number): .number(column.mapped { Double($0) })
    case (.integer, .integer), (.boolean, .boolean), (.date, .date): .integer(column)
    case (.integer, .boolean): .integer(column.mapped { $0 == 0 || $0 == 1 ? $0 : nil })
    case (.date, .timestamp): .integer(column.mapped { product($0, 86_400_000_000) })
    case (.timestamp(let unit, _), .timestamp): .integer(unit.microseconds(column))
    case (.timestamp(let unit, _), .date):
      .integer(column.mapped { $0 % unit.ticksPerDay == 0 ? $0 / unit.ticksPerDay : nil })
    case (_, .number): .number(column.mapped { _ in nil })
    default: .integer(column.mapped { _ in nil })
    }
  }

  package func isNull(_ row: Int) -> Bool {
    switch self {
    case .texts(let text), .tokens(let text, _): text.isNull(row)
    case .numbers(let column): column.states[row] == CellState.null.rawValue
    case .integers(let column): column.states[row] == CellState.null.rawValue
    }
  }

  /// Whether the value is a string by its own kind.
  func isString(_ row: Int) -> Bool {
    if case .tokens(_, let kinds) = self { return kinds[row] == TokenKind.string.rawValue }
    return false
  }

  package var rowCount: Int {
    switch self {
    case .texts(let text), .tokens(let text, _): text.rowCount
    case .numbers(let column): column.states.count
    case .integers(let column): column.states.count
    }
  }
}

extension Column {
  /// Every valid value through `transform`; malformed where it gives nil.
  @inline(__always)
  func mapped<Result: Sendable & ExpressibleByIntegerLiteral>(_ transform: (Value) -> Result?) -> Column<Result> {
    var result = Column<Result>(values: [Result](repeating: 0, count: states.count), states: states)
    for row in states.indices where states[row] == CellState.valid.rawValue {
      if let value = transform(values[row]) {
        result.values[row] = value
      } else {
        result.states[row] = CellState.malformed.rawValue
      }
    }
    return result
  }
}

extension ColumnVector {
  /// Marks present values as malformed where `isRejected` says so.
  fileprivate mutating func reject(where isRejected: (Int) -> Bool) {
    func marked(_ states: [UInt8]) -> [UInt8] {
      var states = states
      for row in states.indices where isRejected(row) { states[row] = CellState.malformed.rawValue }
      return states
    }
    switch self {
    case .text: break
    case .number(var column):
      column.states = marked(column.states)
      self = .number(column)
    case .integer(var column):
      column.states = marked(column.states)
      self = .integer(column)
    }
  }
}

extension StoredType.TimeUnit {
  var ticksPerDay: Int64 { Int64(perSecond) * 86400 }

  /// Points in time as microseconds; digits below a microsecond are dropped, towards the past.
  func microseconds(_ column: Column<Int64>) -> Column<Int64> {
    switch self {
    case .microsecond: column
    case .nanosecond: column.mapped { $0 >= 0 ? $0 / 1000 : ($0 + 1) / 1000 - 1 }
    case .second, .millisecond:
      column.mapped { product($0, 1_000_000 / Int64(perSecond)) }
    }
  }
}

/// The product, or nil when it does not fit.
private func product(_ a: Int64, _ b: Int64) -> Int64? {
  let (value, overflowed) = a.multipliedReportingOverflow(by: b)
  return overflowed ? nil : value
}
