/// Times, dates and timestamps as ISO 8601.
enum ClockText {
  /// `HH:MM:SS[.fraction]`; a fraction of zero is left out, any other has all digits of the unit.
  static func appendTime(_ value: Int64, _ unit: StoredType.TimeUnit, to text: inout [UInt8]) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    let seconds = magnitude / unit.perSecond
    append(seconds / 3600, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds % 60, width: 2, to: &text)
    let fraction = magnitude % unit.perSecond
    guard fraction > 0 else { return }
    text.append(UInt8(ascii: "."))
    append(fraction, width: unit.digits, to: &text)
  }

  /// `YYYY-MM-DD` of days since 1970-01-01.
  static func appendDate(_ days: Int64, to text: inout [UInt8]) {
    let date = CivilDate(days)
    if date.year < 0 { text.append(UInt8(ascii: "-")) }
    append(UInt64(date.year.magnitude), width: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(UInt64(date.month.magnitude), width: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(UInt64(date.day.magnitude), width: 2, to: &text)
  }

  /// `YYYY-MM-DDTHH:MM:SS[.fraction][Z]`.
  static func appendTimestamp(_ value: Int64, _ unit: StoredType.TimeUnit, isUTC: Bool, to text: inout [UInt8]) {
    let perDay = Int64(unit.perSecond) * 86_400
    let days = value / perDay - (value % perDay < 0 ? 1 : 0)
    let rest = value % perDay
    appendDate(days, to: &text)
    text.append(UInt8(ascii: "T"))
    appendTime(rest < 0 ? rest + perDay : rest, unit, to: &text)
    if isUTC { text.append(UInt8(ascii: "Z")) }
  }

  private static func append(_ value: UInt64, width: Int, to text: inout [UInt8]) {
    let start = text.count
    var rest = value
    while rest > 0 || text.count - start < width {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    text[start...].reverse()
  }
}

extension StoredType.TimeUnit {
  /// How many of the unit a second has.
  var perSecond: UInt64 {
    switch self {
    case .second: 1
    case .millisecond: 1000
    case .microsecond: 1_000_000
    case .nanosecond: 1_000_000_000
    }
  }

  /// How many nanoseconds the unit has.
  var nanoseconds: Int64 { 1_000_000_000 / Int64(perSecond) }

  /// How many digits a fraction of a second has.
  var digits: Int {
    switch self {
    case .second: 0
    case .millisecond: 3
    case .microsecond: 6
    case .nanosecond: 9
    }
  }
}
