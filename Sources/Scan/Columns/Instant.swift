/// Points in time as microseconds since 1970-01-01T00:00:00Z. A date is its midnight in UTC.
package enum Instant {
  package static let perSecond: Int64 = 1_000_000
  package static let perDay: Int64 = 86_400 * perSecond

  /// A date or timestamp as a point in time; nil for a day that is too far from 1970.
  @inline(__always)
  package static func of(_ value: Int64, as type: ValueType) -> Int64? {
    guard type == .date else { return value }
    let (instant, isTooFar) = value.multipliedReportingOverflow(by: perDay)
    return isTooFar ? nil : instant
  }

  /// How many microseconds the values of a reading count: those of a day for dates.
  static func unit(of reading: ColumnReading) -> Int128 { reading.type == .date ? Int128(perDay) : 1 }

  /// The last date or timestamp that is not after a point in time.
  package static func value(notAfter instant: Int64, as type: ValueType) -> Int64 {
    guard type == .date else { return instant }
    return instant / perDay - (instant % perDay < 0 ? 1 : 0)
  }
}

extension Batch {
  /// A column of dates or timestamps as points in time.
  func instants(_ reading: ColumnReading) -> Column<Int64> {
    let column = integers(reading)
    return reading.type == .date ? column.mapped { Instant.of($0, as: .date) } : column
  }
}
