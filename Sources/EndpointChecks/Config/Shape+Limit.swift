internal import Language
internal import Verdict

extension Shape<Located<Quantity>?> {
  /// `{at_most: 500ms}`: a limit that only makes sense from above.
  static func atMost(_ value: Shape<Quantity>) -> Shape {
    .object(
      nil,
      [.key("at_most", \.self, value.located.optional, "The largest allowed value, inclusive.", required: true)])
  }

  /// `{at_least: 100/s}`: a limit that only makes sense from below.
  static func atLeast(_ value: Shape<Quantity>) -> Shape {
    .object(
      nil,
      [.key("at_least", \.self, value.located.optional, "The smallest allowed value, inclusive.", required: true)])
  }
}

extension Problems {
  /// A share of all rows is a limit that nothing exceeds.
  mutating func reportLimitOfAll(_ limit: Located<Quantity>?) {
    guard let limit, limit.value.unit == .share, limit.value.value >= 1 else { return }
    report("every endpoint would keep this limit", at: limit.location, help: ["leave the check out, or allow less"])
  }
}
