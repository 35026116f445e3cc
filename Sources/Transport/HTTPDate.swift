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

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else { return nil }
    return range.contains(number) ? number : nil
  }
}
