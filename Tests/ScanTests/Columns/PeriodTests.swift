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

  @Test(
    arguments: [
      (1, nil, "2012-02-29T23:59:59Z", "2012-02-01"), (1, nil, "2012-03-01", "2012-03-01"),
      (1, nil, "1969-12-31T23:59:59Z", "1969-12-01"), (1, "2013-01-17T05:00Z", "2013-02-01", "2013-02-01"),
      (3, nil, "2013-03-31", "2013-01-01"), (3, nil, "1969-12-31", "1969-10-01"),
      (3, "2013-02-28", "2013-01-31", "2012-11-01"),
      (12, nil, "2000-12-31", "2000-01-01"), (12, "2013-07-01", "2013-06-30", "2012-07-01"),
      (12, "2013-07-01", "1950-01-01", "1949-07-01"),
    ] as [(Int64, String?, String, String)])
  func monthsAreThoseOfTheCalendar(months: Int64, start: String?, time: String, text: String) {
    let period = Period(months: months, from: start.map(Self.instant))
    #expect(period.text(of: period.number(of: Self.instant(time))) == text)
  }

  /// Held against the days of 800 years, one by one.
  @Test(arguments: [1, 3, 12, 5] as [Int64])
  func everyDayLiesInItsMonths(months: Int64) {
    let period = Period(months: months, from: Self.instant("1600-01-01"))
    var number = period.number(of: Self.instant("1600-01-01"))
    var day = Self.instant("1600-01-01")
    for year in 1600..<2400 {
      for month in 1...12 {
        if (year, month) != (1600, 1), ((year - 1600) * 12 + month - 1) % Int(months) == 0 { number += 1 }
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        for instant in [day, day + Int64(days) * Instant.perDay - 1] where period.number(of: instant) != number {
          Issue.record("\(year)-\(month): \(period.number(of: instant)), not \(number)")
        }
        day += Int64(days) * Instant.perDay
      }
    }
    for extreme in [Int64.min, .max] { #expect(period.start(of: period.number(of: extreme)) <= extreme) }
    #expect(period.start(of: .max) == .max && period.start(of: .min) == .min)
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
