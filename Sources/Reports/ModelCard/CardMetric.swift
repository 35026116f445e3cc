internal import Verdict

/// One metric of a model on all rows, out of the findings of its gates.
struct CardMetric: Sendable, Hashable {
  var name: String
  var value: Double
  /// Of the metric itself, where a gate claims something of it; the interval of a change is another one.
  var interval: Evidence.Interval?
  var baseline: Double?
  var rows: Int?

  /// The metrics in the order in which gates name them, each once.
  static func all(in findings: [Finding]) -> [CardMetric] {
    var metrics: [CardMetric] = []
    for finding in findings where !finding.id.check.contains("@") {
      guard let name = finding.id.column, let observed = finding.evidence.observed, observed.value.isFinite else {
        continue
      }
      let evidence = finding.evidence
      let found = CardMetric(
        name: name, value: observed.value, interval: evidence.baseline == nil ? evidence.interval : nil,
        baseline: evidence.baseline?.value, rows: evidence.counts?.evaluated)
      // The same name with another value is the metric with other parameters.
      guard let known = metrics.firstIndex(where: { $0.name == name && $0.value == found.value }) else {
        metrics.append(found)
        continue
      }
      metrics[known].interval = metrics[known].interval ?? found.interval
      metrics[known].baseline = metrics[known].baseline ?? found.baseline
      metrics[known].rows = metrics[known].rows ?? found.rows
    }
    return metrics
  }
}
