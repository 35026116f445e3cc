/// The values of a part of an expression in the rows of a batch: unknown where the state is not `valid`.
///
/// What is the same in every row, as a constant is, is there once: a column of one row goes with one of any length.
package enum RowValues: Sendable {
  case booleans(Column<Bool>)
  /// Integers, dates, times of day, timestamps and intervals.
  case integers(Column<Int64>)
  case numbers(Column<Double>)
  case texts(TextColumn)

  /// The same value in every row.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    self = .texts(TextColumn(bytes: bytes, starts: [0], ends: [Int32(clamping: bytes.count)]))
  }

  static func unknown(_ type: RowType) -> RowValues {
    switch type {
    case .string: .texts(TextColumn(bytes: [], starts: [0], ends: [-1]))
    case .boolean: .booleans(Column(nil))
    case .number: .numbers(Column(nil))
    case .integer, .date, .time, .timestamp, .interval: .integers(Column(nil))
    }
  }

  /// How many rows there are; 1 for the same value in every row.
  var rowCount: Int {
    switch self {
    case .booleans(let column): column.states.count
    case .integers(let column): column.states.count
    case .numbers(let column): column.states.count
    case .texts(let text): text.rowCount
    }
  }

  /// How many rows there are of operands that go together.
  static func rowCount(_ counts: Int...) -> Int { counts.first { $0 != 1 } ?? 1 }

  /// Whether a field holds something that the expression cannot read: what it would be nobody knows, and it is no null.
  func isUnread(_ row: Int) -> Bool {
    func isUnread(_ states: [UInt8]) -> Bool {
      states[states.count == 1 ? 0 : row] == CellState.malformed.rawValue
    }
    return switch self {
    case .booleans(let column): isUnread(column.states)
    case .integers(let column): isUnread(column.states)
    case .numbers(let column): isUnread(column.states)
    case .texts: false
    }
  }

  /// What is computed from values that are there: where there is no result, it is null.
  var computed: RowValues {
    func computed(_ states: [UInt8]) -> [UInt8] {
      guard MarkCounts(states)[CellState.malformed.rawValue] > 0 else { return states }
      return states.map { $0 == CellState.malformed.rawValue ? CellState.null.rawValue : $0 }
    }
    switch self {
    case .booleans(let column): return .booleans(Column(values: column.values, states: computed(column.states)))
    case .integers(let column): return .integers(Column(values: column.values, states: computed(column.states)))
    case .numbers(let column): return .numbers(Column(values: column.values, states: computed(column.states)))
    case .texts: return self
    }
  }

  /// Whether a value is known, in every row.
  var presence: Column<Bool> {
    switch self {
    case .booleans(let column): column.presence
    case .integers(let column): column.presence
    case .numbers(let column): column.presence
    case .texts(let text): Column(count: text.rowCount) { !text.isNull($0) }
    }
  }
}

/// A value of fixed width that functions compute with.
protocol RowValue: Sendable {
  /// What stands where nothing is known.
  static var placeholder: Self { get }
  /// The values, converted when nothing is lost by it; unknown when they are of another kind altogether.
  static func column(_ values: RowValues) -> Column<Self>
  static func values(_ column: Column<Self>) -> RowValues
}

extension Bool: RowValue {
  static var placeholder: Bool { false }
  static func values(_ column: Column<Bool>) -> RowValues { .booleans(column) }
  static func column(_ values: RowValues) -> Column<Bool> {
    switch values {
    case .booleans(let column): column
    case .integers(let column): column.map { $0 == 0 || $0 == 1 ? $0 == 1 : nil }
    case .numbers, .texts: Column(nil)
    }
  }
}

extension Int64: RowValue {
  static var placeholder: Int64 { 0 }
  static func values(_ column: Column<Int64>) -> RowValues { .integers(column) }
  static func column(_ values: RowValues) -> Column<Int64> {
    switch values {
    case .integers(let column): column
    case .booleans(let column): column.map { $0 ? 1 : 0 }
    case .numbers(let column): column.map { Int64(exactly: $0) }
    case .texts: Column(nil)
    }
  }
}

extension Double: RowValue {
  static var placeholder: Double { 0 }
  static func values(_ column: Column<Double>) -> RowValues { .numbers(column) }
  static func column(_ values: RowValues) -> Column<Double> {
    switch values {
    case .numbers(let column): column
    case .integers(let column): column.map { Double($0) }
    case .booleans(let column): column.map { $0 ? 1 : 0 }
    case .texts: Column(nil)
    }
  }
}

extension RowValues {
  var booleans: Column<Bool> { Bool.column(self) }
  var integers: Column<Int64> { Int64.column(self) }
  var numbers: Column<Double> { Double.column(self) }
  var texts: TextColumn {
    if case .texts(let text) = self { return text }
    return TextColumn(bytes: [], starts: [0], ends: [-1])
  }
}
