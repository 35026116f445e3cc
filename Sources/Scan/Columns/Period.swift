/// Time cut into periods that follow one another, numbered in their order: of one length each, or of so many months of
/// the calendar, in UTC.
package struct Period: Hashable, Sendable {
  /// In the units below, above zero.
  private let length: Int64
  private let unit: Unit
  /// Where the period number 0 begins, less than a length after 1970.
  private let origin: Int64

  private enum Unit: Hashable, Sendable {
    case microseconds, months

    /// How many units lie between 1970 and a point in time, rounded down.
    @inline(__always)
    func place(of instant: Int64) -> Int64 {
      guard self == .months else { return instant }
      let date = CivilDate(CalendarUnit.day(of: instant).date)
      return Int64((date.year - 1970) * 12 + date.month - 1)
    }

    /// The point in time that is so many units after 1970.
    func instant(of place: Int64) -> Int64 {
      guard self == .months else { return place }
      let end: Int64 = place < 0 ? .min : .max
      return CalendarUnit.months(0, place).flatMap(CalendarUnit.midnight) ?? end
    }
  }

  /// - Parameter start: A point in time at which a period begins. Without one they begin where those of the calendar
  ///   do: at midnight, at the full hour, in UTC; weeks on Monday.
  package init(length: Int64, from start: Int64? = nil) {
    // 1970-01-05 was a Monday.
    self.init(length, .microseconds, from: start ?? (length % (7 * Instant.perDay) == 0 ? 4 * Instant.perDay : 0))
  }

  /// - Parameter start: A point in time in the first month of a period. Without one that is a January where the months
  ///   of a year are cut evenly.
  package init(months: Int64, from start: Int64? = nil) {
    self.init(months, .months, from: start.map { Unit.months.place(of: $0) } ?? 0)
  }

  private init(_ length: Int64, _ unit: Unit, from start: Int64) {
    precondition(length > 0, "a period has a length")
    self.length = length
    self.unit = unit
    let rest = start % length
    origin = rest < 0 ? rest + length : rest
  }

  /// The number of the period in which a point in time lies.
  @inline(__always)
  package func number(of instant: Int64) -> Int64 {
    let (quotient, rest) = unit.place(of: instant).quotientAndRemainder(dividingBy: length)
    // Rounded down, and one less before the beginning of the period that is shifted by the origin.
    let isBefore = rest < 0 ? rest &+ length < origin : rest < origin
    return quotient &- (rest < 0 ? 1 : 0) &- (isBefore ? 1 : 0)
  }

  /// When a period begins; the earliest or latest point in time for one that lies beyond it.
  package func start(of number: Int64) -> Int64 {
    unit.instant(of: Int64(clamping: Int128(number) * Int128(length) + Int128(origin)))
  }

  /// When a period begins, as people write it: a date where all periods begin at midnight.
  package func text(of number: Int64) -> String {
    let start = start(of: number)
    let isOfDays = unit == .months || length % Instant.perDay == 0 && origin % Instant.perDay == 0
    return isOfDays
      ? Literal.text(Instant.value(notAfter: start, as: .date), as: .date) : Literal.text(start, as: .timestamp)
  }
}
