internal import Statistics

/// The mean error as a percentage of the mean of forecast and value.
package enum SMAPE {
  package static let page = MetricPage(
    "smape", aliases: ["symmetric_mean_absolute_percentage_error"], better: .lower, range: 0...200,
    what: "The mean of 200 |forecast - value| / (|forecast| + |value|), from 0 to 200; 0 where both are 0.",
    why: "Errors in percent that one small value cannot spoil as it does mape.",
    fix: "See which series and which horizon got worse.")

  static let forecast = MetricDefinition<ForecastRows>.mean(page) { rows throws(Undefined) in
    zip(try rows.points, rows.labels).map { forecast, value in
      let size = forecast.magnitude + value.magnitude
      return size == 0 ? 0 : 200 * (forecast - value).magnitude / size
    }
  }
}
