/// A date of a header field: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), the one form that servers send.
package struct HTTPDate: Sendable, Equatable {
  /// Since 1970, UTC.
  package let seconds: Int64

  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Self.number(words[1], 1...31),
      let month = Self.months.firstIndex(of: String(words[2])), let year = Self.number(words[3], 1970...9999)
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Self.number($0, 0...60) }
    guard time.count == 3, time[0] < 24, time[1] < 60 else { return nil }
    // Days from a civil date (Howard Hinnant, chrono-compatible low-level date algorithms), with years from March on.
    let shifted = month < 2 ? year - 1 : year
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1
    let days = shifted / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    seconds = Int64(days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
  }

  package init(seconds: Int64) { self.seconds = seconds }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else { return nil }
    return range.contains(number) ? number : nil
  }
}

extension HTTPDate: CustomStringConvertible {
  /// `06 Nov 1994 08:49:37 GMT`, without the day of the week.
  package var description: String {
    let days = Int((seconds - Self.secondOfDay(seconds)) / 86_400) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 2 : shifted - 10
    let year = yearOfEra + era * 400 + (month < 2 ? 1 : 0)
    let (day, second) = (dayOfYear - (153 * shifted + 2) / 5 + 1, Int(Self.secondOfDay(seconds)))
    let time = [second / 3600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: ":")
    return "\(Self.twoDigits(day)) \(Self.months[month]) \(year) \(time) GMT"
  }

  private static func secondOfDay(_ seconds: Int64) -> Int64 { (seconds % 86_400 + 86_400) % 86_400 }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
