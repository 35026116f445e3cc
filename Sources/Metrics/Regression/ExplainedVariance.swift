internal import Statistics

/// The share of the labels' variance that the model explains, its bias forgiven.
package enum ExplainedVariance {
  package static let page = MetricPage(
    "explained_variance", aliases: ["explained_variance_score"], better: .higher, range: -.infinity...1,
    what: "1 - the variance of the errors over that of the labels: r2 without the bias.",
    why: "Beside r2 it tells a model that is off by a constant from one that knows less.",
    fix: "When r2 fell and this did not, correct the bias: see mean_error.")

  static let regression = MetricDefinition<RegressionRows>.skill(page, atLeast: 1) { _ in
    (
      { rows throws(Undefined) in
        let errors = rows.errors
        let bias = try RowMeans(mean: errors, weights: rows.weights).value
        return errors.map { ($0 - bias) * ($0 - bias) }
      }, { rows throws(Undefined) in try rows.deviations }
    )
  }
}
