internal import Statistics

/// The root mean squared error in units of the naive forecast's.
package enum RMSSE {
  package static let page = MetricPage(
    "rmsse", aliases: ["root_mean_squared_scaled_error"], better: .lower, range: 0...(.infinity),
    what:
      "The root of the mean of squared errors, each over the mean squared step of its series' history across one season.",
    why: "As mase, for where large errors hurt more than in proportion.",
    example: "{metric: {name: rmsse, seasonality: 7}, at_most: 0.9}",
    fix: "See which series and which horizon got worse.")

  static let forecast = MetricDefinition<ForecastRows>(page, [MASE.season]) { arguments throws(MetricProblem) in
    let season = try arguments.count(MASE.season)
    return .mean(.root) { rows throws(Undefined) in
      zip(try rows.errors, try rows.scales(season: season) { $0 * $0 }).map { $0 * $0 / $1 }
    }
  }
}
