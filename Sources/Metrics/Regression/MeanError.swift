internal import Statistics

/// The mean error: the bias.
package enum MeanError {
  package static let page = MetricPage(
    "mean_error", aliases: ["bias", "mean_error_bias"], better: .near(0),
    what: "The mean of prediction - label: above 0 the model predicts too much.",
    why:
      "Sums of predictions are planned with: stocks, budgets, staff. Errors that cancel do no harm there, bias does.",
    example: "{metric: mean_error, between: [-0.5, 0.5], confidence: 95%}",
    fix: "Look whether the labels' level moved since training.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { _ in
    { rows throws(Undefined) in rows.errors }
  }
}
