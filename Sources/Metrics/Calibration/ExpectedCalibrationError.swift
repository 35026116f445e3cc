internal import Statistics

/// How far probabilities are from what happens, on average.
package enum ExpectedCalibrationError {
  package static let page = MetricPage(
    "ece", aliases: ["expected_calibration_error"], better: .lower, range: 0...1,
    what: """
      The mean distance of the promised from the observed share over bins of the probability, each with its rows. Of \
      several classes: of the most probable one. With few rows it is above 0 for a perfect model too.
      """,
    why: "A probability that decides over money or care must mean what it says.",
    example: "{metric: {name: ece, bins: 15, strategy: quantile}, at_most: 0.05}",
    fix: "Recalibrate on fresh rows (isotonic, Platt); look at which bins are off, and at each group.")

  static let binary = MetricDefinition<BinaryRows>.calibration(page, { $0.expectedError }, Calibration.binary)
  static let multiclass = MetricDefinition<MulticlassRows>.calibration(
    page, { $0.expectedError }, Calibration.topLabel)
}
