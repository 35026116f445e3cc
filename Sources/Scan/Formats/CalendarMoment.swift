/// What a text says of a day, so far.
struct CalendarMoment {
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var dayOfYear: Int?
  /// Monday is 0.
  private var weekday: Int?

  mutating func set(_ part: StrftimeDirective.Part, to value: Int) {
    switch part {
    case .year: year = value
    case .month: month = value
    case .day: day = value
    case .dayOfYear: dayOfYear = value
    case .weekday: weekday = value
    // Every time of day exists.
    case .hour, .minute, .second, .fraction, .zone, .half: break
    }
  }

  /// Whether there is such a day. Without a year there is a 29 February.
  var exists: Bool {
    if let day, let month, day > CivilDate.daysInMonth(month, of: year ?? 2000) { return false }
    guard let year else { return true }
    if let dayOfYear, dayOfYear > 337 + CivilDate.daysInMonth(2, of: year) { return false }
    let newYear = CivilDate(year: year, month: 1, day: 1).days
    var date: Int64?
    if let month, let day { date = CivilDate(year: year, month: month, day: day).days }
    if let dayOfYear {
      let numbered = newYear + Int64(dayOfYear - 1)
      guard date ?? numbered == numbered else { return false }
      date = numbered
    }
    guard let date, let weekday else { return true }
    // 1970 began on a Thursday.
    return ((date + 3) % 7 + 7) % 7 == Int64(weekday)
  }
}
