internal import Statistics

/// The root of the mean squared error of logarithms.
package enum RootMeanSquaredLogError {
  package static let page = MetricPage(
    "rmsle", aliases: ["root_mean_squared_log_error"], better: .lower, range: 0...(.infinity),
    what: "The root of the mean of (ln(1 + prediction) - ln(1 + label))²: about the usual error in proportion.",
    why: "Errors in proportion, for counts and prices that range over orders of magnitude.",
    fix: "Look at which sizes of label the errors grew in.")

  static let regression = MetricDefinition<RegressionRows>.losses(page, form: .root) { _ in MeanSquaredLogError.losses }
}
