internal import Statistics

/// The share of values inside their interval.
package enum IntervalCoverage {
  package static let page = MetricPage(
    "coverage", aliases: ["interval_coverage", "picp"], better: .neither, range: 0...1,
    what: "The share of values that lie in their forecast interval, its ends included.",
    why: "A 90 % interval that holds 70 % of the values promises too much, one that holds 99 % is of no use.",
    example: "{metric: coverage, between: [0.88, 0.92], confidence: 95%}",
    fix: "Widen or narrow the intervals, by conformal calibration on fresh rows.")

  static let forecast = MetricDefinition<ForecastRows>.hits(page) { rows throws(Undefined) in
    let bounds = try rows.bounds
    return rows.labels.indices.map { rows.labels[$0] >= bounds.lower[$0] && rows.labels[$0] <= bounds.upper[$0] }
  }
}
