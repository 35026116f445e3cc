internal import Statistics

/// The share of the labels' variance that the model explains.
package enum R2 {
  package static let page = MetricPage(
    "r2", aliases: ["r2_score", "r_squared"], better: .higher, range: -.infinity...1,
    what: """
      1 - the sum of squared errors over that of the labels about their mean: 0 knows the mean only, 1 is perfect, below \
      0 is worse than the mean. Undefined when the labels do not vary.
      """,
    why: "A squared error that can be read without knowing the label's unit. It moves with the labels' spread.",
    fix: "Compare rmse: when that stayed, the evaluation set's labels vary less, and the model is the same.")

  static let regression = MetricDefinition<RegressionRows>.skill(page) { _ in
    (MeanSquaredError.losses, { rows throws(Undefined) in try rows.deviations })
  }
}
