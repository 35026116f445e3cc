internal import Language
internal import Scan
internal import Verdict

/// Limits on one value of a column, as they are written: `at_least`, `at_most`, `between`, `equals`.
package struct ValueLimits: Sendable, Hashable {
  package var low: ValueLimit?
  package var high: ValueLimit?

  static var shape: Shape<ValueLimits> {
    let limit = ValueLimit.shape
    let keys: [Key<ValueLimits>] = [
      .optional("at_least", \.low, limit, "The smallest allowed value, inclusive."),
      .optional("at_most", \.high, limit, "The largest allowed value, inclusive."),
      .each("between", Shape<[ValueLimit]>.pair(limit), "The smallest and the largest allowed value.") {
        pair, _, limits in
        (limits.low, limits.high) = (pair[0], pair[1])
      },
      .each("equals", limit, "The only allowed value.") { limit, _, limits in
        (limits.low, limits.high) = (limit, limit)
      },
    ]
    return .object(ValueLimits(), keys) { limits, node, problems in
      if limits.low == nil, limits.high == nil {
        problems.report(
          "a limit is missing", at: node.location, help: ["write at_least, at_most, between or equals"])
      }
    }.named("value-limits")
  }

  func test(on column: ColumnContext) throws(Diagnostic) -> RangeTest { try ValueLimit.test(low, high, on: column) }

  var bound: Bound {
    switch (low.flatMap(number), high.flatMap(number)) {
    case (let low?, let high?): return low == high ? .equals(low) : .between(low, high)
    case (let number?, nil) where high == nil: return .atLeast(number)
    case (nil, let number?) where low == nil: return .atMost(number)
    default: break
    }
    return switch (low?.text, high?.text) {
    case (let low?, let high?): .text(low == high ? "exactly \(low)" : "between \(low) and \(high)")
    case (let low?, nil): .text("at least \(low)")
    case (nil, let high?): .text("at most \(high)")
    case (nil, nil): .text("any")
    }
  }

  /// The limit as a number; nil when it is none, or is said with other digits than a double has.
  private func number(_ limit: ValueLimit) -> Quantity? {
    guard let number = Literal.number(limit.text), number.isFinite else { return nil }
    let quantity = Quantity(number)
    return quantity.description == limit.text ? quantity : nil
  }
}
