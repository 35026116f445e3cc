internal import Statistics

/// The mean absolute error.
package enum MeanAbsoluteError {
  package static let page = MetricPage(
    "mae", aliases: ["mean_absolute_error"], better: .lower, range: 0...(.infinity),
    what: "The mean of |prediction - label|, in the label's unit.",
    why: "What a row is off by on average: each unit of error counts the same.",
    example: "{metric: mae, max_regression: 2% relative, confidence: 95%}",
    fix: "Look at which slices the errors grew in.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { _ in
    { rows throws(Undefined) in rows.errors.map(\.magnitude) }
  }
}
