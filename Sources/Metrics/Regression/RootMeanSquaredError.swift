internal import Statistics

/// The root of the mean squared error.
package enum RootMeanSquaredError {
  package static let page = MetricPage(
    "rmse", aliases: ["root_mean_squared_error"], better: .lower, range: 0...(.infinity),
    what: "The root of the mean of (prediction - label)², in the label's unit.",
    why: "Where large errors hurt more than in proportion. A few rows can decide it.",
    example: "{metric: rmse, max_regression: 2% relative, confidence: 95%}",
    fix: "Look at the rows with the largest errors; mae tells whether the usual row is worse too.")

  static let regression = MetricDefinition<RegressionRows>.losses(page, form: .root) { _ in MeanSquaredError.losses }
}
