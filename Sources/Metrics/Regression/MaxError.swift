internal import Statistics

/// The largest error.
package enum MaxError {
  package static let page = MetricPage(
    "max_error", better: .lower, range: 0...(.infinity), isExtreme: true, what: "The largest |prediction - label|.",
    why: "Where one wild prediction does harm: doses, prices, set points. It grows with the number of rows.",
    fix: "Look at that one row.")

  static let regression = MetricDefinition<RegressionRows>(page, MultiOutput.parameters) {
    arguments throws(MetricProblem) in
    let outputs = try MultiOutput(arguments)
    return .init(.resample) { rows throws(Undefined) in
      try outputs.value(of: rows) { rows throws(Undefined) in rows.errors.map(\.magnitude).max() ?? 0 }
    }
  }.withoutInterval("the largest error of a population is larger than that of any sample of it")
}
