internal import Language
internal import Statistics
package import Verdict

/// A metric of the candidate itself, on all rows or on a slice of them, and how sure it is.
package struct MetricLevel: Sendable, Hashable {
  /// As messages name it, with its parameters.
  package let metric: String
  /// `carrier = AA`; nil for all rows.
  package let slice: String?
  package let value: Double
  /// In the metric's own unit; nil where nothing says how sure the value is.
  package let interval: Evidence.Interval?
  /// How the interval was found, or what there is none for.
  package let method: String
  package let rows: Int

  /// Nil where the metric has no value, or the check is about a change.
  init?(_ check: ModelCheck, _ slice: String?, _ measured: Result<GateMeasure, Obstacle>) {
    guard case .success(let measure) = measured, case .value(_, let value) = measure.subject, value.isFinite else {
      return nil
    }
    metric = check.title
    self.slice = slice
    self.value = value
    rows = measure.rows
    switch measure.effect {
    case .success(let effect)?:
      do {
        let found = try effect.interval(confidence: check.entry.confidence?.value ?? 0.95)
        interval = .init(lower: found.lower, upper: found.upper, level: found.confidence)
        method = effect.method
      } catch {
        (interval, method) = (nil, "\(error)")
      }
    case .failure(let reason)?: (interval, method) = (nil, "\(reason)")
    case nil: (interval, method) = (nil, "of these rows alone")
    }
  }
}
