internal import Language
internal import Verdict

/// What is allowed of a time under load: `{at_most: 50ms, max_regression: 10% relative}`, or one of the two.
struct TimeLimit: Sendable {
  var atMost: Located<Quantity>?
  /// How much longer it may be than in the run that it is compared with.
  var maxRegression: Located<Margin>?

  static var shape: Shape<TimeLimit> {
    .object(
      TimeLimit(),
      [
        .optional(
          "at_most", \.atMost, Shape<Quantity>.positiveDuration.located, "The largest allowed value, inclusive."),
        .optional(
          "max_regression", \.maxRegression, Shape<Margin>.timeMargin.located,
          "How much longer it may be than in the baseline: 5ms absolute, or 10% relative."),
      ]
    ) { limit, node, problems in
      if limit.atMost == nil, limit.maxRegression == nil {
        problems.report(
          "a limit is missing", at: node.location, help: ["write {at_most: 50ms}, or {max_regression: 10% relative}"])
      }
    }
  }

  /// `{at_most: 1s}` alone, of what no recorded run tells.
  static var absolute: Shape<TimeLimit> {
    Shape<Located<Quantity>?>.atMost(.positiveDuration).map { limit, _, _ in TimeLimit(atMost: limit) }
  }
}
