internal import Statistics

/// The deviance of counts.
package enum PoissonDeviance {
  package static let page = MetricPage(
    "poisson_deviance", aliases: ["mean_poisson_deviance"], better: .lower, range: 0...(.infinity),
    what: "The mean Poisson deviance. Labels must be at least 0, predictions above 0.",
    why: "For counts: an error of 2 about 3 is more than one about 300.",
    fix: "Look at which sizes of label the errors grew in.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { _ in
    { rows throws(Undefined) in try TweedieDeviance.losses(rows.labels, rows.predictions, 1) }
  }
}
