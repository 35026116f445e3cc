package import Verdict

/// One metric of a model as its card shows it: on all rows, or on a slice of them.
package struct CardMetric: Sendable, Hashable {
  package var name: String
  /// `carrier = AA`; nil for all rows.
  package var slice: String?
  package var value: Double
  /// Of the metric itself; the interval of a change is another one.
  package var interval: Evidence.Interval?
  /// How the interval was found, or why there is none.
  package var method: String
  package var baseline: Double?
  package var rows: Int?

  package init(
    name: String, slice: String? = nil, value: Double, interval: Evidence.Interval? = nil, method: String,
    baseline: Double? = nil, rows: Int? = nil
  ) {
    self.name = name
    self.slice = slice
    self.value = value
    self.interval = interval
    self.method = method
    self.baseline = baseline
    self.rows = rows
  }

  /// The metrics of which a run measured how sure they are, with the baseline's values, and after them those of which it
  /// only knows the value: each once, in the order in which gates name them.
  static func all(_ measured: [CardMetric], and findings: [Finding]) -> [CardMetric] {
    var metrics = measured
    for finding in findings where !finding.id.check.contains("@") {
      guard let name = finding.id.column, let observed = finding.evidence.observed, observed.value.isFinite else {
        continue
      }
      let evidence = finding.evidence
      let interval = evidence.baseline == nil ? evidence.interval : nil
      let found = CardMetric(
        name: name, value: observed.value, interval: interval,
        method: interval == nil ? "nothing says how sure it is: it is a number of a file" : evidence.method,
        baseline: evidence.baseline?.value, rows: evidence.counts?.evaluated)
      // The same name with another value is the metric with other parameters, which follow the name.
      let known = metrics.firstIndex {
        $0.slice == nil && $0.value == found.value && ($0.name == name || $0.name.hasPrefix("\(name) ("))
      }
      guard let known else {
        metrics.append(found)
        continue
      }
      if metrics[known].interval == nil, let interval {
        (metrics[known].interval, metrics[known].method) = (interval, found.method)
      }
      metrics[known].baseline = metrics[known].baseline ?? found.baseline
      metrics[known].rows = metrics[known].rows ?? found.rows
    }
    return metrics
  }

  /// `95% interval 0.88 to 0.92`, or `no interval: …`.
  var sureness: String {
    guard let interval else { return "no interval: \(method)" }
    return "\(Quantity.brief(interval.level * 100, digits: 4))% interval "
      + "\(Quantity.brief(interval.lower, digits: 4)) to \(Quantity.brief(interval.upper, digits: 4))"
  }
}
