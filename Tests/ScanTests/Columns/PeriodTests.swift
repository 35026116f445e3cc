import TestSupport
import Testing

@testable import Scan

@Suite struct PeriodTests {
  private static func instant(_ text: String) -> Int64 { Literal.integer(text, as: .timestamp) ?? 0 }

  @Test(
    arguments: [
      (Instant.perDay, nil, "1969-12-31T23:59:59.999999Z", "1969-12-31"),
      (Instant.perDay, nil, "1970-01-01", "1970-01-01"),
      (7 * Instant.perDay, nil, "2013-01-06T23:00Z", "2012-12-31"),
      (7 * Instant.perDay, nil, "2013-01-07", "2013-01-07"),
      (3600 * Instant.perSecond, nil, "2013-01-06T23:59:59Z", "2013-01-06T23:00:00Z"),
      (Instant.perDay, "2013-01-01T06:00Z", "2013-01-05T05:59Z", "2013-01-04T06:00:00Z"),
      (Instant.perDay, "2013-01-01T06:00Z", "1950-01-05T06:00Z", "1950-01-05T06:00:00Z"),
      (2 * Instant.perDay, "2013-01-02", "2013-01-05", "2013-01-04"),
    ] as [(Int64, String?, String, String)])
  func aPeriodBeginsWhereThoseOfTheCalendarDo(length: Int64, start: String?, time: String, text: String) {
    let period = Period(length: length, from: start.map(Self.instant))
    #expect(period.text(of: period.number(of: Self.instant(time))) == text)
  }

  /// Every point in time lies in the period of its number, and the next begins where it ends.
  @Test(arguments: 0..<300)
  func periodsFollowOneAnother(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let length = Int64.random(in: 1...(1 << Int64.random(in: 1...60, using: &generator)), using: &generator)
    let start = Bool.random(using: &generator) ? nil : Int64.random(in: .min ... .max, using: &generator)
    let period = Period(length: length, from: start)
    for _ in 0..<50 {
      let instant = Int64.random(in: .min / 2 ... .max / 2, using: &generator)
      let number = period.number(of: instant)
      #expect(period.start(of: number) <= instant && instant < period.start(of: number + 1))
    }
    if let start { #expect(period.start(of: period.number(of: start)) == start || start.magnitude > UInt64.max / 4) }
    for extreme in [Int64.min, .max] { #expect(period.start(of: period.number(of: extreme)) <= extreme) }
  }
}
