internal import Statistics

/// How far probabilities are from what happens, in the root mean square.
package enum RootMeanSquareCalibrationError {
  package static let page = MetricPage(
    "rmsce", aliases: ["root_mean_square_calibration_error"], better: .lower, range: 0...1,
    what: "The root of the mean squared distance of the promised from the observed share over bins.",
    why: "Between ece and mce: large distances count more, without one small bin deciding alone.",
    example: "{metric: rmsce, at_most: 0.05}",
    fix: "Recalibrate on fresh rows; look at which bins are off.")

  static let binary = MetricDefinition<BinaryRows>.calibration(page, { $0.rootMeanSquareError }, Calibration.binary)
  static let multiclass = MetricDefinition<MulticlassRows>.calibration(
    page, { $0.rootMeanSquareError }, Calibration.topLabel)
}
