internal import Statistics

/// How much less the absolute error is than that of the labels' median.
package enum D2AbsoluteError {
  package static let page = MetricPage(
    "d2_absolute_error", aliases: ["d2_absolute_error_score"], better: .higher, range: -.infinity...1,
    what: "1 - mean absolute error / mean absolute error of always predicting the labels' median.",
    why: "r2 for absolute errors: outliers do not decide it.",
    fix: "Below 0 the model is worse than the median for all rows.")

  static let regression = MetricDefinition<RegressionRows>.skill(page) { _ in D2Pinball.losses(0.5) }
}
