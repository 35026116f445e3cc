internal import Scan

extension Literal {
  /// An integer, date, time or timestamp moved by so many whole numbers, days or seconds; nil where that is no value.
  static func text(_ text: String, movedBy steps: Int64, as type: ValueType) -> String? {
    guard let value = integer(text, as: type) else { return nil }
    let (distance, isTooFar) = steps.multipliedReportingOverflow(by: step(of: type))
    let (moved, isBeyond) = value.addingReportingOverflow(distance)
    guard !isTooFar, !isBeyond else { return nil }
    let written = Self.text(moved, as: type)
    // No day has a time after its last.
    return type == .time && integer(written, as: type) != moved ? nil : written
  }

  /// One, a day or a second, in what values of the type are counted in.
  static func step(of type: ValueType) -> Int64 {
    switch type {
    case .timestamp: Instant.perSecond
    case .time: 1_000_000_000
    case .string, .integer, .number, .boolean, .date: 1
    }
  }
}
