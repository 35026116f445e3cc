/// What the text of a field means: the types of the rule language.
package enum ValueType: String, Sendable, Hashable, CaseIterable {
  /// Any text.
  case string
  /// A whole number that fits in 64 bits, signed.
  case integer
  /// A double; `NaN` and the infinities are values.
  case number
  /// `true` or `false` in any case, `1` or `0`.
  case boolean
  /// `YYYY-MM-DD`, a day that exists.
  case date
  /// A time of day, `HH:MM[:SS[.fraction]]`, without a zone. In nanoseconds since midnight.
  case time
  /// ISO 8601 date and time; without a zone it is read as UTC. In microseconds, rounded down: limits, sets and orders are
  /// compared with the digits behind them too (`Moment`), expressions and durations are computed without.
  case timestamp
}

/// A column in one reading: the requirement that makes a reader parse it, once for all who require it.
package struct ColumnReading: Hashable, Sendable {
  package var column: String
  /// The type to read it as; nil requires the column as it is stored and nothing else.
  package var type: ValueType?
  /// Whether nothing is asked but which numbers there are and how many rows hold each (`CountedNumbers`): not in which
  /// rows they stand.
  package private(set) var isCounted = false

  package init(_ column: String, as type: ValueType? = nil) {
    self.column = column
    self.type = type
  }

  /// The numbers of a column for a summary of them.
  package static func counted(_ column: String) -> ColumnReading {
    var reading = ColumnReading(column, as: .number)
    reading.isCounted = true
    return reading
  }

  /// The same for rows that are to be told from others.
  var byRow: ColumnReading { ColumnReading(column, as: type) }
}

/// What became of one field in a reading.
package enum CellState: UInt8, Sendable {
  case null = 0
  case valid = 1
  /// Present, but not a value of the reading's type.
  case malformed = 2
}
