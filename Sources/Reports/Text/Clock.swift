/// Times and durations as text, without a calendar library.
enum Clock {
  /// UTC without a zone, `2026-11-20T23:54:53`: the one form that Jenkins, Azure and the Ant schema all read alike.
  ///
  /// The date comes from Howard Hinnant's `civil_from_days`; years outside 0 to 9999 are clamped.
  static func timestamp(_ secondsSince1970: Int64) -> String {
    let seconds = min(max(secondsSince1970, -62_167_219_200), 253_402_300_799)
    let days = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    let time = Int(seconds) - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
  }

  /// Seconds with three decimals, never negative, never with an exponent: what every reader of JUnit accepts.
  static func seconds(_ duration: Duration) -> String {
    let count = milliseconds(duration)
    return "\(count / 1000).\(padded(count % 1000, 3))"
  }

  /// The same number, rounded to milliseconds.
  static func secondsValue(_ duration: Duration) -> Double { Double(milliseconds(duration)) / 1000 }

  /// A duration for a person: `12ms`, `1.3s`, `2m 5s`.
  static func brief(_ duration: Duration) -> String {
    let count = milliseconds(duration)
    switch count {
    case ..<100: return "\(count)ms"
    case ..<60_000: return "\(count / 1000).\(count % 1000 / 100)s"
    default: return "\(count / 60_000)m \(count / 1000 % 60)s"
    }
  }

  /// Whole milliseconds from 0 to a year, which is where Jenkins clamps too.
  private static func milliseconds(_ duration: Duration) -> Int {
    let year: Int64 = 365 * 86_400
    let clamped = min(max(duration, .zero), .seconds(year))
    let (seconds, attoseconds) = clamped.components
    return Int(seconds) * 1000 + Int((attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
