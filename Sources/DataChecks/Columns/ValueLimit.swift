internal import Language
internal import Scan
package import Verdict

/// A limit of a value check as it is written: it reads as a number, a date or a timestamp, by the column's type.
package struct ValueLimit: Sendable, Hashable {
  package var text: String
  package var location: SourceLocation

  static var shape: Shape<ValueLimit> {
    Shape<String>.string.located.map { ValueLimit(text: $0.value, location: $0.location) }
  }

  /// The limit's value on an axis of numbers, for comparing two limits.
  private func position(as type: ValueType) -> Double? {
    switch type {
    case .number, .integer: Literal.number(text).flatMap { $0.isNaN ? nil : $0 }
    case .date, .timestamp, .boolean: Literal.integer(text, as: type).map(Double.init)
    case .string: nil
    }
  }

  /// The test for values between two limits, of which either may be missing.
  static func test(
    _ low: ValueLimit?, _ high: ValueLimit?, on column: ColumnContext
  ) throws(Diagnostic) -> RangeTest {
    let type = column.type?.value ?? inferredType(low, high)
    let lowest = try low?.checked(as: type, column)
    let highest = try high?.checked(as: type, column)
    if let low, let high, let lowest, let highest, lowest > highest {
      throw Diagnostic(
        "no value can be at least \(low.text) and at most \(high.text)", at: low.location,
        label: "larger than the upper limit")
    }
    if type == .number { return RangeTest(column.name, as: type, .number(lowest, highest)) }
    return RangeTest(
      column.name, as: type,
      .integer(
        low.flatMap { $0.integer(as: type, rounding: .up) }, high.flatMap { $0.integer(as: type, rounding: .down) }))
  }

  private func checked(as type: ValueType, _ column: ColumnContext) throws(Diagnostic) -> Double {
    if let position = position(as: type) { return position }
    guard type != .string else {
      throw Diagnostic(
        "a column of text has no range", at: location,
        help: ["declare the type of \"\(column.name)\": number, integer, date or timestamp"])
    }
    throw Diagnostic(
      "\"\(text)\" is no \(type.rawValue), which the type of \"\(column.name)\" asks for", at: location)
  }

  /// A limit in the arithmetic of 64-bit integers; a fraction moves inwards, and one out of range is no limit.
  private func integer(as type: ValueType, rounding: FloatingPointRoundingRule) -> Int64? {
    if let exact = Literal.integer(text, as: type) { return exact }
    guard let number = Literal.number(text)?.rounded(rounding) else { return nil }
    if number >= 0x1p63 { return rounding == .up ? .max : nil }
    if number < -0x1p63 { return rounding == .up ? nil : .min }
    return Int64(number)
  }

  /// Without a declared type the limits themselves say what they bound.
  private static func inferredType(_ low: ValueLimit?, _ high: ValueLimit?) -> ValueType {
    let limits = [low, high].compactMap { $0 }
    let candidates: [ValueType] = [.number, .date, .timestamp]
    return candidates.first { type in limits.allSatisfy { $0.position(as: type) != nil } } ?? .number
  }
}
