internal import Statistics

/// The sum of errors as a share of all values.
package enum ForecastBias {
  package static let page = MetricPage(
    "forecast_bias", aliases: ["bias_pct"], better: .near(0),
    what: "The sum of forecast - value over the sum of |value|: above 0 too much was forecast.",
    why: "Too much fills the store, too little empties it, although the errors are as large.",
    example: "{metric: forecast_bias, between: [-0.02, 0.02]}",
    fix: "Look whether the level of the series moved since training.")

  static let forecast = MetricDefinition<ForecastRows>.ratio(page) { rows throws(Undefined) in
    (try rows.errors, rows.labels.map(\.magnitude))
  }
}
