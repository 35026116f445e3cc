internal import Statistics

/// The loss of a predicted quantile.
package enum PinballLoss {
  package static let page = MetricPage(
    "pinball_loss", aliases: ["mean_pinball_loss", "quantile_loss"], better: .lower, range: 0...(.infinity),
    what: """
      The mean of alpha (label - prediction) where the prediction is too low, and of (1 - alpha) (prediction - label) \
      where it is too high: least for the alpha quantile.
      """,
    why: "For predictions that are meant as quantiles: how much to stock so that 90 % of days suffice.",
    example: "{metric: {name: pinball_loss, alpha: 0.9}, max_regression: 2% relative}",
    fix: "See whether the share of labels below the prediction is still alpha.")

  static let alpha = MetricParameter("alpha", .share, or: .number(0.5), "The quantile that was to be predicted.")

  static let regression = MetricDefinition<RegressionRows>.losses(page, parameters: [alpha]) {
    arguments throws(MetricProblem) in
    let alpha = try arguments.number(alpha)
    return { rows throws(Undefined) in rows.errors.map { loss($0, alpha) } }
  }

  static let forecast = MetricDefinition<ForecastRows>(page, [alpha]) { arguments throws(MetricProblem) in
    let alpha = try arguments.number(alpha)
    return .mean { rows throws(Undefined) in try rows.errors.map { loss($0, alpha) } }
  }

  static func loss(_ error: Double, _ alpha: Double) -> Double { error < 0 ? -alpha * error : (1 - alpha) * error }
}
