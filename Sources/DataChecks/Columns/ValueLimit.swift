internal import Language
internal import Scan
package import Verdict

/// A limit of a value check as it is written: it reads as a number, a date, a time of day, a timestamp or a text, by the
/// column's type.
package struct ValueLimit: Sendable, Hashable {
  package var text: String
  package var location: SourceLocation
  /// Whether the limit itself is beyond the limit.
  package var isExclusive = false

  static var shape: Shape<ValueLimit> { shape(isExclusive: false) }

  static func shape(isExclusive: Bool) -> Shape<ValueLimit> {
    Shape<String>.string.located.map {
      ValueLimit(text: $0.value, location: $0.location, isExclusive: isExclusive)
    }
  }

  /// The test for values between two limits, of which either may be missing.
  static func test(
    _ low: ValueLimit?, _ high: ValueLimit?, on column: ColumnContext
  ) throws(Diagnostic) -> RangeTest {
    // As numbers, with their digits: the reading as integers has no place for those of 64 bits without a sign.
    let declared = column.hasIntegersBeyondReading ? .number : column.type?.value
    let type = declared ?? inferredType(low, high, of: column.stored)
    if type == .string {
      let limits = (low?.firstText, high?.firstTextBeyond)
      if let low, let high, let first = limits.0, let end = limits.1, !first.lexicographicallyPrecedes(end) {
        throw impossible(low, high)
      }
      return RangeTest(column.name, as: type, .text(limits.0, below: limits.1))
    }
    if type == .timestamp { return try momentTest(low, high, on: column) }
    let lowest = try low?.checked(as: type, column)
    let highest = try high?.checked(as: type, column)
    if let low, let high, let lowest, let highest {
      let isEmpty = lowest == highest && (low.isExclusive || high.isExclusive)
      if lowest > highest || isEmpty { throw impossible(low, high) }
    }
    if type == .number {
      if let limits = decimals(low, high, on: column) { return RangeTest(column.name, as: type, limits) }
      return RangeTest(
        column.name, as: type,
        .number(
          try low?.moved(lowest.map(column.stored.nearest), past: .infinity) { column.stored.next($0, up: true) },
          try high?.moved(highest.map(column.stored.nearest), past: -.infinity) { column.stored.next($0, up: false) }))
    }
    if type == .integer, column.stored == nil, let low, low.needsUnsignedIntegers {
      // Only the file tells whether it stores such integers; until then nothing is wrong with the limit.
      return RangeTest(column.name, as: .number, .number(lowest, highest))
    }
    return RangeTest(
      column.name, as: type,
      .integer(
        try low?.integer(as: type, rounding: .up, past: .max) { $0 + 1 },
        try high?.integer(as: type, rounding: .down, past: .min) { $0 - 1 }))
  }

  /// The limits with all their digits, where doubles leave some numbers of the column apart that they do not; nil where
  /// doubles do.
  private static func decimals(
    _ low: ValueLimit?, _ high: ValueLimit?, on column: ColumnContext
  ) -> RangeTest.Limits? {
    let given = [low, high].compactMap { $0 }
    let limits = given.compactMap { DecimalLimit($0.text, isExclusive: $0.isExclusive) }
    guard let stored = column.stored, limits.count == given.count,
      limits.contains(where: { stored.hasDigits(beyond: $0.double) })
    else { return nil }
    return .decimal(low == nil ? nil : limits.first, high == nil ? nil : limits.last)
  }

  /// Points in time have more digits than a double.
  private static func momentTest(
    _ low: ValueLimit?, _ high: ValueLimit?, on column: ColumnContext
  ) throws(Diagnostic) -> RangeTest {
    _ = try (low?.checked(as: .timestamp, column), high?.checked(as: .timestamp, column))
    let first = try low?.moment { $0.next }
    let last = try high?.moment { $0.previous }
    if let low, let high, let first, let last, first > last { throw impossible(low, high) }
    return RangeTest(column.name, as: .timestamp, .moment(first, last))
  }

  /// The limit as a point in time, or the one next to it when the limit itself is not allowed.
  private func moment(_ next: (Moment) -> Moment?) throws(Diagnostic) -> Moment? {
    guard isExclusive, let limit = Literal.moment(text) else { return Literal.moment(text) }
    guard let next = next(limit) else { throw Diagnostic("no value lies beyond \(text)", at: location) }
    return next
  }

  private static func impossible(_ low: ValueLimit, _ high: ValueLimit) -> Diagnostic {
    Diagnostic(
      "no value can be \(low.isExclusive ? "above" : "at least") \(low.text) and "
        + "\(high.isExclusive ? "below" : "at most") \(high.text)",
      at: low.location, label: low.isExclusive || high.isExclusive ? nil : "larger than the upper limit")
  }

  /// Whether it is a lower limit that integers of 64 bits keep only when they have no sign.
  private var needsUnsignedIntegers: Bool {
    guard let limit = Int128(text), limit >= Int64.max, limit <= UInt64.max else { return false }
    return isExclusive ? limit < UInt64.max : limit > Int64.max
  }

  // MARK: - Texts

  /// The first text in the order of scalars that is not below this limit: the next one after a text has a zero more.
  private var firstText: [UInt8] { Array(text.utf8) + (isExclusive ? [0] : []) }

  /// The first text that is above this limit.
  private var firstTextBeyond: [UInt8] { Array(text.utf8) + (isExclusive ? [] : [0]) }

  // MARK: - Numbers, dates, timestamps

  /// The limit's value on an axis of numbers, for comparing two limits.
  private func position(as type: ValueType) -> Double? {
    switch type {
    case .number, .integer: Literal.number(text).flatMap { $0.isNaN ? nil : $0 }
    case .date, .time, .timestamp, .boolean: Literal.integer(text, as: type).map(Double.init)
    case .string: nil
    }
  }

  private func checked(as type: ValueType, _ column: ColumnContext) throws(Diagnostic) -> Double {
    if let position = position(as: type) { return position }
    throw Diagnostic(
      "\"\(text)\" is no \(type.rawValue), which the type of \"\(column.name)\" asks for", at: location,
      help: [type.spelling])
  }

  /// The limit, or the value next to it when the limit itself is not allowed.
  private func moved<Value: Equatable>(
    _ limit: Value?, past end: Value, _ next: (Value) -> Value
  ) throws(Diagnostic) -> Value? {
    guard isExclusive, let limit else { return limit }
    if limit == end { throw Diagnostic("no value lies beyond \(text)", at: location) }
    return next(limit)
  }

  /// A limit in the arithmetic of 64-bit integers; a fraction moves inwards, and one that all of them keep is no limit.
  private func integer(
    as type: ValueType, rounding: FloatingPointRoundingRule, past end: Int64, _ next: (Int64) -> Int64
  ) throws(Diagnostic) -> Int64? {
    if let exact = Literal.integer(text, as: type) { return try moved(exact, past: end, next) }
    guard let number = Literal.number(text) else { return nil }
    let whole = number.rounded(rounding)
    if whole >= 0x1p63 || whole < -0x1p63 {
      guard (whole > 0) == (rounding == .up) else { return nil }
      throw Diagnostic("no 64-bit integer keeps the limit \(text)", at: location)
    }
    return whole == number ? try moved(Int64(whole), past: end, next) : Int64(whole)
  }

  /// Without a declared type the limits themselves say what they bound. A day bounds the points in time of a file that
  /// stores such: it is its midnight.
  static func inferredType(_ low: ValueLimit?, _ high: ValueLimit?, of stored: StoredType? = nil) -> ValueType {
    let limits = [low, high].compactMap { $0 }
    let candidates: [ValueType] = [.number, .date, .time, .timestamp]
    let type = candidates.first { type in limits.allSatisfy { $0.position(as: type) != nil } } ?? .number
    return type == .date && stored?.meaning == .timestamp ? .timestamp : type
  }
}
