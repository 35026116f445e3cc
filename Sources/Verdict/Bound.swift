/// A limit that prints itself: `at most 1%`, `between 0 and 6000`. All bounds are inclusive.
package enum Bound: Sendable, Hashable, CustomStringConvertible {
  case atLeast(Quantity)
  case atMost(Quantity)
  case between(Quantity, Quantity)
  case equals(Quantity)
  /// A limit that is no number: a set, a pattern, an order. The text is what the user wrote, shortened.
  case text(String)

  package var description: String {
    switch self {
    case .atLeast(let limit): "at least \(limit)"
    case .atMost(let limit): "at most \(limit)"
    case .between(let low, let high): "between \(low) and \(high)"
    case .equals(let limit): "exactly \(limit)"
    case .text(let text): text
    }
  }

  /// Whether a number keeps the bound; nil for a bound that is no number and for NaN.
  package func contains(_ value: Double) -> Bool? {
    guard !value.isNaN else { return nil }
    return switch self {
    case .atLeast(let limit): value >= limit.value
    case .atMost(let limit): value <= limit.value
    case .between(let low, let high): value >= low.value && value <= high.value
    case .equals(let limit): value == limit.value
    case .text: nil
    }
  }

  /// Whether a number keeps the bound of which only an interval is known: true when all of it does, false when none of
  /// it does; nil when the limit lies within it.
  package func contains(_ interval: ClosedRange<Double>) -> Bool? {
    let (low, high): (Double, Double) =
      switch self {
      case .atLeast(let limit): (limit.value, .infinity)
      case .atMost(let limit): (-.infinity, limit.value)
      case .between(let low, let high): (low.value, high.value)
      case .equals(let limit): (limit.value, limit.value)
      case .text: (.nan, .nan)
      }
    if low <= interval.lowerBound, interval.upperBound <= high { return true }
    return interval.upperBound < low || high < interval.lowerBound ? false : nil
  }
}
