internal import JSON
internal import Language
internal import Verdict

/// How far a number may lie from the expected one: by an amount, by a share of the expected one, or by either.
struct Tolerance: Sendable, Hashable, CustomStringConvertible {
  var absolute: Double?
  /// 0.01 for 1 %.
  var relative: Double?

  /// Whether the number is near enough. Decimal limits may be off by four binary steps, in favour of passing, so that
  /// 0.931 is within 0.001 of 0.93.
  func accepts(_ value: Double, for expected: Double) -> Bool {
    if value == expected { return true }
    guard value.isFinite, expected.isFinite else { return false }
    let slack = 4 * max(value.magnitude, expected.magnitude).ulp
    let allowed = max(absolute ?? 0, (relative ?? 0) * expected.magnitude)
    return (value - expected).magnitude <= allowed + slack
  }

  var description: String {
    [absolute.map { Quantity.text($0) }, relative.map { Quantity($0, .share).description }]
      .compactMap { $0 }.joined(separator: " or ")
  }

  static var shape: Shape<Tolerance> {
    let amount = Shape<Double>.number.map { number, node, problems -> Double? in
      if number >= 0 { return number }
      problems.report("a tolerance cannot be negative", at: node.location)
      return nil
    }
    return Shape<Tolerance>.object(
      Tolerance(),
      [
        .optional("absolute", \.absolute, amount, "The largest difference, inclusive: 1e-6."),
        .optional(
          "relative", \.relative, Shape<Quantity>.share.map { $0.value },
          "The largest difference as a share of the expected number, inclusive: 1%."),
      ]
    ) { tolerance, node, problems in
      if tolerance.absolute == nil, tolerance.relative == nil {
        problems.report("the tolerance is empty", at: node.location, help: ["write absolute: 1e-6 or relative: 1%"])
      }
    }
  }
}

extension Tolerance? {
  /// Whether a JSON value is the expected one: numbers within the tolerance, everything else exactly.
  func accepts(_ value: JSONValue, for expected: JSONValue) -> Bool {
    switch (self, value, expected) {
    case (nil, _, _): value == expected
    case (let tolerance?, .number(let value), .number(let expected)):
      tolerance.accepts(value.double, for: expected.double)
    case (_, .array(let values), .array(let expected)):
      values.count == expected.count && zip(values, expected).allSatisfy { accepts($0, for: $1) }
    case (_, .object(let values), .object(let expected)):
      values.count == expected.count
        && expected.distinctMembers.allSatisfy { member in
          values[member.key].map { accepts($0, for: member.value) } ?? false
        }
    default: value == expected
    }
  }
}
