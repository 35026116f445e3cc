@testable import Scan

/// Dates by counting: no formula but the rule for leap years. Days and microseconds since 1970-01-01.
enum SlowCalendar {
  struct Day: Equatable {
    var year: Int64
    var month: Int64
    var day: Int64
  }

  private static let dayLength: Int64 = 86_400_000_000
  private static let lastDay = Int64.max / dayLength

  static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func length(_ month: Int64, _ year: Int64) -> Int64 {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
  }

  static func day(_ date: Int64) -> Day {
    var (year, left): (Int64, Int64) = (1970, date)
    // In 400 years the calendar repeats itself.
    year += 400 * (left / 146_097)
    left %= 146_097
    while left < 0 {
      year -= 1
      left += isLeap(year) ? 366 : 365
    }
    while left >= (isLeap(year) ? 366 : 365) {
      left -= isLeap(year) ? 366 : 365
      year += 1
    }
    var month: Int64 = 1
    while left >= length(month, year) {
      left -= length(month, year)
      month += 1
    }
    return Day(year: year, month: month, day: left + 1)
  }

  static func date(_ day: Day) -> Int64 {
    var (date, year): (Int64, Int64) = (0, 1970)
    let cycles = (day.year - 1970) / 400
    date += cycles * 146_097
    year += cycles * 400
    while year < day.year {
      date += isLeap(year) ? 366 : 365
      year += 1
    }
    while year > day.year {
      year -= 1
      date -= isLeap(year) ? 366 : 365
    }
    for month in 1..<max(day.month, 1) { date += length(month, day.year) }
    return date + day.day - 1
  }

  private static func within(_ date: Int64?) -> Int64? { date.flatMap { $0 >= -lastDay && $0 <= lastDay ? $0 : nil } }

  private static func checked(_ a: Int64, _ b: Int64, _ operation: (Int64, Int64) -> (Int64, Bool)) -> Int64? {
    let (value, overflowed) = operation(a, b)
    return overflowed ? nil : value
  }

  static func sum(_ a: Int64, _ b: Int64) -> Int64? { checked(a, b) { $0.addingReportingOverflow($1) } }
  static func difference(_ a: Int64, _ b: Int64) -> Int64? { checked(a, b) { $0.subtractingReportingOverflow($1) } }
  static func product(_ a: Int64, _ b: Int64) -> Int64? { checked(a, b) { $0.multipliedReportingOverflow(by: $1) } }

  /// The day of a time, and the rest.
  private static func split(_ time: Int64) -> (Int64, Int64) {
    let date = Int64((Double(time) / Double(dayLength)).rounded(.down))
    // The quotient of doubles may be one off.
    for candidate in [date - 1, date, date + 1] {
      if let start = product(candidate, dayLength), start <= time, time - start < dayLength {
        return (candidate, time - start)
      }
    }
    return (-lastDay - 1, time &- (-lastDay - 1) &* dayLength)
  }

  static func add(months: Int64, _ date: Int64) -> Int64? {
    guard (-8_400_000...8_400_000).contains(months) else { return nil }
    var day = day(date)
    day.year += months / 12
    day.month += months % 12
    if day.month > 12 { (day.month, day.year) = (day.month - 12, day.year + 1) }
    if day.month < 1 { (day.month, day.year) = (day.month + 12, day.year - 1) }
    guard abs(day.year) < 299_000 else { return nil }
    day.day = min(day.day, length(day.month, day.year))
    return within(Self.date(day))
  }

  private static func months(_ unit: String) -> Int64? { ["month": 1, "quarter": 3, "year": 12][unit] }
  private static func length(_ unit: String) -> Int64 {
    [
      "week": 7 * dayLength, "day": dayLength, "hour": 3_600_000_000, "minute": 60_000_000, "second": 1_000_000,
      "millisecond": 1000, "microsecond": 1,
    ][unit] ?? 1
  }

  static func between(_ unit: String, _ a: Int64, _ b: Int64) -> Int64? {
    guard let months = months(unit) else { return difference(b, a).map { $0 / length(unit) } }
    // As many whole units as fit, one by one from a guess that is too small.
    let sign: Int64 = b >= a ? 1 : -1
    let (first, second) = (day(split(a).0), day(split(b).0))
    var count = max(0, abs((second.year - first.year) * 12 + second.month - first.month) - 14) / months
    func reached(_ count: Int64) -> Int64? {
      add(months: sign * count * months, split(a).0).flatMap { product($0, dayLength) }.flatMap { sum($0, split(a).1) }
    }
    while let next = reached(count + 1), sign > 0 ? next <= b : next >= b { count += 1 }
    return sign * count
  }

  static func call(_ function: RowFunction.Overload, _ values: [SlowValue]) -> SlowValue? {
    let types = function.parameters.map { if case .value(let type) = $0 { type } else { RowType.string } }
    let a = values[0].integer ?? 0
    let b = values.count > 1 ? values[1].integer ?? 0 : 0
    let c = values.count > 2 ? values[2].integer ?? 0 : 0
    let unit = values[0].text ?? ""
    func integer(_ value: Int64?) -> SlowValue? { value.map { .integer($0) } }
    let date = types[0] == .timestamp ? split(a).0 : a
    let clock = types[0] == .time ? a / 1000 : split(a).1
    switch function.name {
    case "+":
      if types == [.date, .integer] { return integer(within(sum(a, b))) }
      return integer(types[0] == .date ? product(a, dayLength).flatMap { sum($0, b) } : sum(a, b))
    case "-":
      if types == [.time, .time] { return integer(a / 1000 - b / 1000) }
      if types.count == 1 { return integer(difference(0, a)) }
      if types == [.date, .integer] { return b == .min ? nil : integer(within(sum(a, -b))) }
      return integer(
        types == [.date, .interval] ? product(a, dayLength).flatMap { difference($0, b) } : difference(a, b))
    case "/": return b == 0 ? nil : .number(Double(a) / Double(b))
    case "year": return integer(day(date).year)
    case "quarter": return integer((day(date).month - 1) / 3 + 1)
    case "month": return integer(day(date).month)
    case "day": return integer(day(date).day)
    case "day_of_week": return integer(weekday(date))
    case "day_of_year": return integer(date - Self.date(Day(year: day(date).year, month: 1, day: 1)) + 1)
    case "week":
      // The week belongs to the year that has its Thursday; count the Thursdays of that year.
      let thursday = date - weekday(date) + 4
      let first = Self.date(Day(year: day(thursday).year, month: 1, day: 1))
      return integer((thursday - first) / 7 + 1)
    case "hour": return integer(clock / 3_600_000_000)
    case "minute": return integer(clock / 60_000_000 % 60)
    case "second": return integer(clock / 1_000_000 % 60)
    case "epoch": return .number(types[0] == .date ? Double(a) * 86400 : Double(a) / 1_000_000)
    case "date_diff":
      if types[1] == .timestamp { return integer(between(unit, b, c)) }
      guard let b = product(b, dayLength), let c = product(c, dayLength) else { return nil }
      return integer(between(unit, b, c))
    case "date_add":
      guard let amount = product(b, months(unit) ?? (types[2] == .date ? length(unit) / dayLength : length(unit)))
      else { return nil }
      if types[2] == .date { return integer(months(unit) != nil ? add(months: amount, c) : within(sum(c, amount))) }
      guard months(unit) != nil else { return integer(sum(c, amount)) }
      return integer(
        add(months: amount, split(c).0).flatMap { product($0, dayLength) }.flatMap { sum($0, split(c).1) })
    case "date_trunc":
      if types[1] == .date { return integer(beginning(unit, b)) }
      if months(unit) != nil || length(unit) >= dayLength {
        return integer(product(beginning(unit, split(b).0), dayLength))
      }
      return integer(difference(b, split(b).1 % length(unit)))
    default:
      return .text("there is no oracle for \(function.name)")
    }
  }

  private static func weekday(_ date: Int64) -> Int64 { (((date % 7) + 7 + 3) % 7) + 1 }

  private static func beginning(_ unit: String, _ date: Int64) -> Int64 {
    var candidate = date
    // Back, day by day, to the first of the unit.
    while true {
      let day = day(candidate)
      switch unit {
      case "year" where day.month == 1 && day.day == 1, "quarter" where day.month % 3 == 1 && day.day == 1,
        "month" where day.day == 1, "week" where weekday(candidate) == 1, "day":
        return candidate
      default: candidate -= 1
      }
    }
  }

  static func cast(_ value: Int64, from source: RowType, to target: ValueType) -> SlowValue? {
    switch (source, target) {
    case (.date, .timestamp): return product(value, dayLength).map { .integer($0) }
    case (.timestamp, .date): return .integer(split(value).0)
    case (.timestamp, .time): return .integer(split(value).1 * 1000)
    case (.time, .string):
      func digits(_ number: Int64, _ width: Int) -> String { String(String(number + 10_000_000_000).suffix(width)) }
      let (seconds, rest) = value.quotientAndRemainder(dividingBy: 1_000_000_000)
      let width = rest == 0 ? 0 : rest % 1_000_000 == 0 ? 3 : rest % 1000 == 0 ? 6 : 9
      let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { digits($0, 2) }.joined(separator: ":")
      return .text(clock + (width == 0 ? "" : "." + digits(rest, 9).prefix(width)))
    default:
      let (date, rest) = source == .date ? (value, 0) : split(value)
      let day = day(date)
      func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number.magnitude)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
      }
      let text = "\(day.year < 0 ? "-" : "")\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
      guard source == .timestamp else { return .text(text) }
      let seconds = rest / 1_000_000
      let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
      let fraction = rest % 1_000_000 == 0 ? "" : "." + padded(rest % 1_000_000, 6)
      return .text("\(text)T\(clock)\(fraction)Z")
    }
  }
}
