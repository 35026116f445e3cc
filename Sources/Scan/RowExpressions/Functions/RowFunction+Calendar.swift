/// Dates and times, in UTC.
extension RowFunction {
  static let calendar: [RowFunction] = [
    field("year", "The year.", "year(date '2013-01-31') = 2013") { Int64(CivilDate($0).year) },
    field("quarter", "The quarter of the year, 1 to 4.", "quarter(date '2013-04-01') = 2") {
      Int64(CivilDate($0).month + 2) / 3
    },
    field("month", "The month, 1 to 12.", "month(timestamp '2013-01-31T23:59') = 1") { Int64(CivilDate($0).month) },
    field("week", "The ISO week of the year, 1 to 53.", "week(date '2013-12-30') = 1", CalendarUnit.week),
    field("day", "The day of the month, 1 to 31.", "day(date '2013-01-31') = 31") { Int64(CivilDate($0).day) },
    field(
      "day_of_week", "The day of the week, from 1 for Monday to 7 for Sunday.", "day_of_week(date '2013-01-31') = 4",
      CalendarUnit.dayOfWeek),
    field(
      "day_of_year", "The day of the year, 1 to 366.", "day_of_year(date '2012-12-31') = 366", CalendarUnit.dayOfYear),
    time("hour", "The hour, 0 to 23.", "hour(timestamp '2013-01-31T23:59') = 23", unit: .hour, 24),
    time("minute", "The minute, 0 to 59.", "minute(timestamp '2013-01-31T23:59') = 59", unit: .minute, 60),
    time("second", "The second, 0 to 59.", "second(timestamp '2013-01-31T23:59:58.5') = 58", unit: .second, 60),
    RowFunction(
      "epoch", "The seconds since 1970-01-01; of an interval, its seconds.",
      "epoch(timestamp '2013-01-31T01:00' - timestamp '2013-01-31T00:00') = 3600",
      [
        .of(.timestamp, to: .number) { (time: Int64) in Double(time) / 1e6 },
        .of(.date, to: .number) { (date: Int64) in Double(date) * 86400 },
        .of(.interval, to: .number) { (length: Int64) in Double(length) / 1e6 },
      ]),
    RowFunction(
      "date_diff", "How many whole units pass from the first to the second.",
      "date_diff('month', date '2013-01-31', date '2013-03-30') = 1",
      [
        Overload([.unit(ofDays: true), .value(.date), .value(.date)], to: .integer) { arguments in
          units(arguments) { unit in
            .zip(arguments[1].integers, arguments[2].integers) { unit.between(dates: $0, $1) }
          }
        },
        Overload([.unit(ofDays: false), .value(.timestamp), .value(.timestamp)], to: .integer) { arguments in
          units(arguments) { unit in
            .zip(arguments[1].integers, arguments[2].integers) { unit.between(times: $0, $1) }
          }
        },
      ]),
    RowFunction(
      "date_add", "So many units later; of months, the last day where the same one does not exist.",
      "date_add('month', 1, date '2013-01-31') = '2013-02-28'",
      [
        Overload([.unit(ofDays: true), .value(.integer), .value(.date)], to: .date) { arguments in
          units(arguments) { unit in .zip(arguments[1].integers, arguments[2].integers) { unit.add($0, toDate: $1) } }
        },
        Overload([.unit(ofDays: false), .value(.integer), .value(.timestamp)], to: .timestamp) { arguments in
          units(arguments) { unit in .zip(arguments[1].integers, arguments[2].integers) { unit.add($0, toTime: $1) } }
        },
      ]),
    RowFunction(
      "date_trunc", "Where the unit began in which it lies.", "date_trunc('quarter', date '2013-06-05') = '2013-04-01'",
      [
        Overload([.unit(ofDays: true), .value(.date)], to: .date) { arguments in
          units(arguments) { unit in arguments[1].integers.map { unit.beginning(ofDate: $0) } }
        },
        Overload([.unit(ofDays: false), .value(.timestamp)], to: .timestamp) { arguments in
          units(arguments) { unit in arguments[1].integers.map { unit.beginning(ofTime: $0) } }
        },
      ]),
  ]

  /// A number that a day has, and so has every point in time in it.
  @inline(__always)
  private static func field(
    _ name: String, _ summary: String, _ example: String, _ value: @escaping @Sendable (Int64) -> Int64
  ) -> RowFunction {
    RowFunction(
      name, summary, example,
      [
        .of(.date, to: .integer) { (date: Int64) in value(date) },
        .of(.timestamp, to: .integer) { (time: Int64) in value(CalendarUnit.day(of: time).date) },
      ])
  }

  /// How many of a unit have passed since a longer one began, which has `count` of them.
  private static func time(
    _ name: String, _ summary: String, _ example: String, unit: CalendarUnit, _ count: Int64
  ) -> RowFunction {
    let length = unit.microseconds ?? 1
    return RowFunction(
      name, summary, example,
      [
        .of(.timestamp, to: .integer) { (time: Int64) in CalendarUnit.day(of: time).rest / length % count },
        .of(.time, to: .integer) { (time: Int64) in time / 1000 / length % count },
      ])
  }

  /// The values of a function whose first argument is a unit.
  private static func units(_ arguments: [RowValues], _ values: (CalendarUnit) -> Column<Int64>) -> RowValues {
    let name = arguments[0].texts
    let unit = name.range(0).flatMap { CalendarUnit(String(decoding: name.bytes[$0], as: UTF8.self)) }
    return .integers(unit.map(values) ?? Column(nil))
  }
}
