internal import Statistics

/// The mean width of the intervals.
package enum IntervalWidth {
  package static let page = MetricPage(
    "interval_width", aliases: ["mean_interval_width", "mean_width"], better: .lower, range: 0...(.infinity),
    what: "The mean of upper - lower, in the value's unit.",
    why: "Of two models with the same coverage the one with narrower intervals knows more.",
    fix: "Gate it beside coverage: intervals widen where the errors grew.")

  static let forecast = MetricDefinition<ForecastRows>.mean(page) { rows throws(Undefined) in
    let bounds = try rows.bounds
    return zip(bounds.upper, bounds.lower).map { $0 - $1 }
  }
}
