internal import Statistics

/// The median absolute error.
package enum MedianAbsoluteError {
  package static let page = MetricPage(
    "median_absolute_error", aliases: ["medae", "median_ae"], better: .lower, range: 0...(.infinity),
    what: "The median of |prediction - label|, in the label's unit.",
    why: "What the usual row is off by; outliers do not move it.", fix: "Look at which slices the errors grew in.")

  static let regression = MetricDefinition<RegressionRows>(page, MultiOutput.parameters) {
    arguments throws(MetricProblem) in
    let outputs = try MultiOutput(arguments)
    return .init(.resample) { rows throws(Undefined) in
      try outputs.value(of: rows) { rows throws(Undefined) in
        try WeightedQuantile.value(rows.errors.map(\.magnitude), rows.weights, at: 0.5)
      }
    }
  }
}
