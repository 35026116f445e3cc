/// A calendar that counts day by day from 0000-01-01, by the rule of leap years alone.
struct NaiveCalendar {
  /// Days since 1970-01-01 of every day from the year 0 to 9999, by its ten characters.
  let days: [String: Int64]

  init() {
    var days: [String: Int64] = [:]
    days.reserveCapacity(3_700_000)
    var day: Int64 = -719_528  // 0000-01-01, as 1970-01-01 is 719,528 days after it (ISO 8601, proleptic)
    for year in 0...9999 {
      let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for date in 1...length {
          days[Self.text(year, month + 1, date)] = day
          day += 1
        }
      }
    }
    self.days = days
  }

  static func text(_ year: Int, _ month: Int, _ day: Int) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }
}
