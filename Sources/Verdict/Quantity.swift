/// A number with its unit, which prints itself the way people write it in the config.
package struct Quantity: Sendable, Hashable, CustomStringConvertible {
  /// What the number counts.
  package enum Unit: String, Sendable, Hashable {
    /// A plain number.
    case none
    /// A share of a whole; the value 0.01 prints as `1%`.
    case share
    case rows
    case columns
    case seconds
    /// Months of the calendar, which differ in length.
    case months
    case bytes
    /// A rate: requests a second.
    case perSecond = "per_second"
  }

  package var value: Double
  package var unit: Unit

  package init(_ value: Double, _ unit: Unit = .none) {
    self.value = value
    self.unit = unit
  }

  package var description: String {
    switch unit {
    case .none: Self.text(value)
    case .share: Self.text(Self.rounded(value * 100)) + "%"
    case .rows: Self.counted(value) + (value == 1 ? " row" : " rows")
    case .columns: Self.counted(value) + (value == 1 ? " column" : " columns")
    case .seconds: Self.duration(value)
    case .months: value.truncatingRemainder(dividingBy: 12) == 0 ? Self.text(value / 12) + "y" : Self.text(value) + "mo"
    case .bytes: Self.bytes(value)
    case .perSecond: Self.text(value) + "/s"
    }
  }

  /// The shortest decimal that reads back as the same number, without `.0` on whole numbers.
  package static func text(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  /// A count for people: `1,204`.
  package static func grouped(_ count: Int) -> String {
    var digits = Array(String(count.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (count < 0 ? "-" : "") + String(digits)
  }

  private static func counted(_ value: Double) -> String { Int(exactly: value).map(grouped) ?? text(value) }

  /// A number for a sentence: a few significant digits are enough to read, and the report holds the rest.
  package static func brief(_ value: Double, digits: Int = 6) -> String {
    guard value.isFinite, value != 0 else { return text(value) }
    let magnitude = abs(value)
    // With all their digits numbers are written as they are: scaling would round the last ones.
    guard magnitude >= 1e-4, magnitude < 1e15, digits < 16 else { return text(value) }
    var smallest = 1.0
    for _ in 1..<digits { smallest *= 10 }
    var scale = 1.0
    while magnitude * scale < smallest { scale *= 10 }
    return text((value * scale).rounded() / scale)
  }

  /// Without the noise of binary fractions; a value too small for that stays what it is, never 0.
  private static func rounded(_ value: Double) -> Double {
    let rounded = (value * 1e6).rounded() / 1e6
    return abs(value) < 1e9 && rounded != 0 ? rounded : value
  }

  private static func duration(_ exact: Double) -> String {
    let seconds = rounded(exact)
    guard seconds.isFinite else { return text(seconds) + "s" }
    return switch abs(seconds) {
    case 0: "0s"
    case ..<1: text(rounded(seconds * 1000)) + "ms"
    case ..<120: text(seconds) + "s"
    case ..<7200: text(rounded(seconds / 60)) + "m"
    case ..<172_800: text(rounded(seconds / 3600)) + "h"
    default: text(rounded(seconds / 86400)) + "d"
    }
  }

  private static func bytes(_ count: Double) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"]
    var value = count
    var index = 0
    // 999,999 bytes are 1MB and not 1000KB: what decides is the number that is shown.
    while abs((value * 100).rounded() / 100) >= 1000, index < units.count - 1 {
      value /= 1000
      index += 1
    }
    return text((value * 100).rounded() / 100) + units[index]
  }
}
