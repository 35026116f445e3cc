internal import Glibc
internal import Statistics

/// The mean squared error of logarithms, and its root.
package enum MeanSquaredLogError {
  package static let page = MetricPage(
    "msle", aliases: ["mean_squared_log_error", "mean_squared_logarithmic_error"], better: .lower,
    range: 0...(.infinity),
    what: "The mean of (ln(1 + prediction) - ln(1 + label))². Labels and predictions must lie above -1.",
    why: "Errors in proportion, for counts and prices that range over orders of magnitude.",
    fix: "Look at which sizes of label the errors grew in.")

  static let regression = MetricDefinition<RegressionRows>.losses(page) { _ in losses }

  static let losses: MetricDefinition<RegressionRows>.Losses = { rows throws(Undefined) in
    guard rows.labels.allSatisfy({ $0 > -1 }), rows.predictions.allSatisfy({ $0 > -1 }) else {
      throw Undefined.outsideDomain("labels and predictions must lie above -1 for a logarithmic error")
    }
    return zip(rows.labels, rows.predictions).map { (log1p($1) - log1p($0)) * (log1p($1) - log1p($0)) }
  }
}
