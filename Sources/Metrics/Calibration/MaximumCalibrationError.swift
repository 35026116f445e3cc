internal import Statistics

/// How far probabilities are from what happens, at worst.
package enum MaximumCalibrationError {
  package static let page = MetricPage(
    "mce", aliases: ["maximum_calibration_error"], better: .lower, range: 0...1, isExtreme: true,
    what: "The largest distance of the promised from the observed share over bins of the probability.",
    why: "Where one wrong region of scores is enough to do harm. Small bins make it large: use strategy quantile.",
    fix: "Look at the bin that is off: how many rows it has, and who they are.")

  static let binary = MetricDefinition<BinaryRows>.calibration(page, { $0.largestError }, Calibration.binary)
  static let multiclass = MetricDefinition<MulticlassRows>.calibration(
    page, { $0.largestError }, Calibration.topLabel)
}
