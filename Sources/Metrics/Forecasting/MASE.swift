internal import Statistics

/// The mean absolute error in units of the naive forecast's.
package enum MASE {
  package static let page = MetricPage(
    "mase", aliases: ["mean_absolute_scaled_error"], better: .lower, range: 0...(.infinity),
    what: """
      The mean of |forecast - value| over the mean step of the series' history across one season: below 1 is better than \
      repeating the last season was in training. Undefined for a history that does not move.
      """,
    why: "Series of different size and unit in one number, without percentages of small values.",
    example: "{metric: {name: mase, seasonality: 7}, at_most: 0.9}",
    fix: "See which series and which horizon got worse.")

  static let season = MetricParameter(
    "seasonality", .count(least: 1), or: .number(1),
    "How many times ago the naive forecast looks: 1, or 7 for daily data.")

  static let forecast = MetricDefinition<ForecastRows>(page, [season]) { arguments throws(MetricProblem) in
    let season = try arguments.count(season)
    return .mean { rows throws(Undefined) in
      zip(try rows.errors, try rows.scales(season: season, \.magnitude)).map { $0.magnitude / $1 }
    }
  }
}
