/// Time cut into periods of one length that follow one another, numbered in their order.
package struct Period: Hashable, Sendable {
  /// In microseconds, above zero.
  package let length: Int64
  /// When the period number 0 begins, less than a length after 1970.
  private let origin: Int64

  /// - Parameter start: A point in time at which a period begins. Without one they begin where those of the calendar
  ///   do: at midnight, at the full hour, in UTC; weeks on Monday.
  package init(length: Int64, from start: Int64? = nil) {
    precondition(length > 0, "a period has a length")
    self.length = length
    // 1970-01-05 was a Monday.
    let start = start ?? (length % (7 * Instant.perDay) == 0 ? 4 * Instant.perDay : 0)
    let rest = start % length
    origin = rest < 0 ? rest + length : rest
  }

  /// The number of the period in which a point in time lies.
  @inline(__always)
  package func number(of instant: Int64) -> Int64 {
    let (quotient, rest) = instant.quotientAndRemainder(dividingBy: length)
    // Rounded down, and one less before the beginning of the period that is shifted by the origin.
    let isBefore = rest < 0 ? rest &+ length < origin : rest < origin
    return quotient &- (rest < 0 ? 1 : 0) &- (isBefore ? 1 : 0)
  }

  /// When a period begins; the earliest or latest point in time for one that lies beyond it.
  package func start(of number: Int64) -> Int64 {
    Int64(clamping: Int128(number) * Int128(length) + Int128(origin))
  }

  /// When a period begins, as people write it: a date where all periods begin at midnight.
  package func text(of number: Int64) -> String {
    let start = start(of: number)
    let isOfDays = length % Instant.perDay == 0 && origin % Instant.perDay == 0
    return isOfDays
      ? Literal.text(Instant.value(notAfter: start, as: .date), as: .date) : Literal.text(start, as: .timestamp)
  }
}
