internal import Statistics

/// All errors as a share of all values.
package enum WAPE {
  package static let page = MetricPage(
    "wape", aliases: ["wmape", "weighted_absolute_percentage_error"], better: .lower, range: 0...(.infinity),
    what: "The sum of |forecast - value| over the sum of |value|.",
    why: "How much of the whole volume is forecast wrong: large rows count as much as they are.",
    fix: "See which large series got worse.")

  static let forecast = MetricDefinition<ForecastRows>.ratio(page) { rows throws(Undefined) in
    (try rows.errors.map(\.magnitude), rows.labels.map(\.magnitude))
  }
}
