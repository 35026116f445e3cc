/// A unit in which time is counted, in UTC and the proleptic Gregorian calendar. Weeks begin on Monday (ISO 8601).
package enum CalendarUnit: String, CaseIterable, Sendable {
  case year, quarter, month, week, day, hour, minute, second, millisecond, microsecond

  /// The unit that is called so, also in the plural.
  package init?(_ name: String) {
    let name = name.lowercased()
    guard
      let unit = CalendarUnit(rawValue: name) ?? (name.last == "s" ? CalendarUnit(rawValue: "\(name.dropLast())") : nil)
    else { return nil }
    self = unit
  }

  /// How many months it has; nil for units of a fixed length.
  package var months: Int64? {
    switch self {
    case .year: 12
    case .quarter: 3
    case .month: 1
    default: nil
    }
  }

  /// Its length; nil for months, which differ.
  package var microseconds: Int64? {
    switch self {
    case .year, .quarter, .month: nil
    case .week: 7 * Self.microsecondsPerDay
    case .day: Self.microsecondsPerDay
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second: 1_000_000
    case .millisecond: 1000
    case .microsecond: 1
    }
  }

  /// Whether it is a day or longer.
  package var isOfDays: Bool { (microseconds ?? .max) >= Self.microsecondsPerDay }

  package static let microsecondsPerDay: Int64 = 86_400_000_000
}

/// Days since 1970-01-01 and microseconds since its midnight; nil where a result does not fit.
extension CalendarUnit {
  /// Some days later; nil beyond what a timestamp reaches, some 292,000 years.
  @Sendable static func days(_ date: Int64, _ days: Int64) -> Int64? {
    let (sum, overflowed) = date.addingReportingOverflow(days)
    return overflowed || sum.magnitude > UInt64(Int64.max / microsecondsPerDay) ? nil : sum
  }

  /// When a day begins.
  static func midnight(_ date: Int64) -> Int64? {
    let (time, overflowed) = date.multipliedReportingOverflow(by: microsecondsPerDay)
    return overflowed ? nil : time
  }

  /// The day of a point in time, and the microseconds since its midnight.
  @inline(__always)
  static func day(of time: Int64) -> (date: Int64, rest: Int64) {
    let (date, rest) = time.quotientAndRemainder(dividingBy: microsecondsPerDay)
    return rest < 0 ? (date - 1, rest + microsecondsPerDay) : (date, rest)
  }

  /// 1 for Monday to 7 for Sunday.
  static func dayOfWeek(_ date: Int64) -> Int64 { remainder(date % 7 + 3, 7) + 1 }

  static func dayOfYear(_ date: Int64) -> Int64 {
    date - CivilDate(year: CivilDate(date).year, month: 1, day: 1).days + 1
  }

  /// The number of the ISO week: that of its Thursday in the Thursday's year.
  static func week(_ date: Int64) -> Int64 { (dayOfYear(date - dayOfWeek(date) + 4) - 1) / 7 + 1 }

  /// The same day some months later, or the last of that month.
  static func months(_ date: Int64, _ months: Int64) -> Int64? {
    let civil = CivilDate(date)
    let (month, overflowed) = Int64(civil.year * 12 + civil.month - 1).addingReportingOverflow(months)
    // No timestamp reaches further, and no product overflows.
    guard !overflowed, month.magnitude < 12 * 300_000 else { return nil }
    let monthOfYear = Int(remainder(month, 12))
    let year = (Int(month) - monthOfYear) / 12
    let day = min(civil.day, CivilDate.daysInMonth(monthOfYear + 1, of: year))
    return days(CivilDate(year: year, month: monthOfYear + 1, day: day).days, 0)
  }

  /// So many units later.
  func add(_ count: Int64, toDate date: Int64) -> Int64? {
    let (amount, overflowed) = count.multipliedReportingOverflow(
      by: months ?? (microseconds ?? 0) / Self.microsecondsPerDay)
    guard !overflowed else { return nil }
    return months != nil ? Self.months(date, amount) : Self.days(date, amount)
  }

  /// So many units later.
  func add(_ count: Int64, toTime time: Int64) -> Int64? {
    let (amount, overflowed) = count.multipliedReportingOverflow(by: months ?? microseconds ?? 0)
    guard !overflowed else { return nil }
    guard months != nil else { return Self.sum(time, amount) }
    let (date, rest) = Self.day(of: time)
    return Self.months(date, amount).flatMap(Self.midnight).flatMap { Self.sum($0, rest) }
  }

  /// How many whole units pass from one point in time to another; negative when it is the earlier.
  func between(times a: Int64, _ b: Int64) -> Int64? {
    guard months != nil else {
      let (difference, overflowed) = b.subtractingReportingOverflow(a)
      return overflowed ? nil : difference / (microseconds ?? 1)
    }
    let (first, second) = (CivilDate(Self.day(of: a).date), CivilDate(Self.day(of: b).date))
    var count = Int64((second.year - first.year) * 12 + second.month - first.month)
    // The last month may not be over, and so it is when it ends beyond what a timestamp reaches.
    let reached = Self.month.add(count, toTime: a)
    if count > 0, reached.map({ $0 > b }) ?? true {
      count -= 1
    } else if count < 0, reached.map({ $0 < b }) ?? true {
      count += 1
    }
    return count / (months ?? 1)
  }

  func between(dates a: Int64, _ b: Int64) -> Int64? {
    guard let a = Self.midnight(a), let b = Self.midnight(b) else { return nil }
    return between(times: a, b)
  }

  /// The first day of the unit in which a day lies.
  func beginning(ofDate date: Int64) -> Int64 {
    var civil = CivilDate(date)
    switch self {
    case .year: civil.month = 1
    case .quarter: civil.month -= (civil.month - 1) % 3
    case .month: break
    case .week: return date - Self.dayOfWeek(date) + 1
    default: return date
    }
    civil.day = 1
    return civil.days
  }

  /// When the unit in which a point in time lies began.
  func beginning(ofTime time: Int64) -> Int64? {
    if isOfDays { return Self.midnight(beginning(ofDate: Self.day(of: time).date)) }
    let (beginning, overflowed) = time.subtractingReportingOverflow(Self.remainder(time, microseconds ?? 1))
    return overflowed ? nil : beginning
  }

  private static func sum(_ a: Int64, _ b: Int64) -> Int64? {
    let (sum, overflowed) = a.addingReportingOverflow(b)
    return overflowed ? nil : sum
  }

  /// What a division that rounds down leaves.
  private static func remainder(_ a: Int64, _ b: Int64) -> Int64 {
    let rest = a % b
    return rest < 0 ? rest + b : rest
  }
}
