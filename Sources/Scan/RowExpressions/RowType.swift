/// The type of a part of an expression: those that columns have, and the time between two points in time.
package enum RowType: String, Hashable, Sendable, CaseIterable {
  case string
  case integer
  case number
  case boolean
  case date
  /// Nanoseconds since midnight.
  case time
  case timestamp
  /// Microseconds.
  case interval

  package init(_ type: ValueType) {
    switch type {
    case .string: self = .string
    case .integer: self = .integer
    case .number: self = .number
    case .boolean: self = .boolean
    case .date: self = .date
    case .time: self = .time
    case .timestamp: self = .timestamp
    }
  }

  /// The type of a column that holds such values; nil for intervals, which no column holds.
  package var ofColumn: ValueType? { ValueType(rawValue: rawValue) }
}
