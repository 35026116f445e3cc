internal import Language
internal import Verdict

/// One claim of a canary about what Prometheus has measured.
struct PrometheusGuard: Sendable {
  var id: Located<String>?
  /// Counters: of events that went wrong, and of all events.
  var failures: PrometheusQueryPair?
  var total: PrometheusQueryPair?
  /// A number at each look: a ratio, a percentile.
  var value: PrometheusQueryPair?
  var margin: Located<Margin>?
  var isHigherBetter = false

  static var shape: Shape<PrometheusGuard> {
    Shape<PrometheusGuard>.object(
      PrometheusGuard(),
      [
        .key("id", \.id, Shape<String>.name.located.optional, "The guard's name in the identity.", required: true),
        .optional("failures", \.failures, PrometheusQueryPair.shape, "Counters of events that went wrong."),
        .optional("total", \.total, PrometheusQueryPair.shape, "Counters of all events, beside failures."),
        .optional("value", \.value, PrometheusQueryPair.shape, "A number at each look: a ratio, a percentile, a mean."),
        .key(
          "max_regression", \.margin, Shape<Margin>.margin.located.optional,
          "How much worse the candidate may be than the baseline.", required: true),
        .key("higher_is_better", \.isHigherBetter, .bool, "Whether value is better when it is higher; false."),
      ], check: validate)
  }

  private static func validate(_ guarded: PrometheusGuard, _ node: Node, _ problems: inout Problems) {
    let isShare = guarded.failures != nil && guarded.total != nil && guarded.value == nil
    let isValue = guarded.failures == nil && guarded.total == nil && guarded.value != nil
    if !isShare, !isValue {
      problems.report(
        "a guard has failures and total, or a value", at: node.location,
        help: ["counters allow an exact test of shares: failures: {…}, total: {…}"])
    }
    guard let margin = guarded.margin else { return }
    if margin.value.absolute != nil, margin.value.relative != nil {
      problems.report(
        "a margin of a canary is absolute or relative, as every look has to judge the same", at: margin.location)
    } else if isShare, margin.value.relative != nil {
      problems.report(
        "a share of the baseline's errors allows none where it has none", at: margin.location,
        help: ["write how much the share may grow: \"0.01 absolute\""])
    }
    if isShare, guarded.isHigherBetter {
      problems.report("failures are better when they are fewer", at: node.location)
    }
  }

  /// The queries of one look, in the order in which ``PrometheusWatch`` takes their numbers.
  var queries: [PrometheusQuery] {
    [failures, total, value].compactMap { $0 }.flatMap { [$0.candidate, $0.baseline] }
  }
}
