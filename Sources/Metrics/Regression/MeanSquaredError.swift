internal import Statistics

/// The mean squared error.
package enum MeanSquaredError {
  package static let page = MetricPage(
    "mse", aliases: ["mean_squared_error"], better: .lower, range: 0...(.infinity),
    what: "The mean of (prediction - label)².",
    why: "Where large errors hurt more than in proportion. A few rows can decide it.",
    fix: "Look at the rows with the largest errors.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { _ in losses }

  static let losses: MetricDefinition<RegressionRows>.Losses = { rows throws(Undefined) in rows.errors.map { $0 * $0 } }
}
