internal import Statistics

/// The deviance of amounts.
package enum GammaDeviance {
  package static let page = MetricPage(
    "gamma_deviance", aliases: ["mean_gamma_deviance"], better: .lower, range: 0...(.infinity),
    what: "The mean gamma deviance: errors in proportion. Labels and predictions must be above 0.",
    why: "For amounts and times, where 10 % too much is as bad at any size.",
    fix: "Look at which sizes of label the errors grew in.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { _ in
    { rows throws(Undefined) in try TweedieDeviance.losses(rows.labels, rows.predictions, 2) }
  }
}
