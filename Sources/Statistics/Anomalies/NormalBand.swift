internal import Glibc

/// The prediction interval of a normal series from the mean and the standard deviation so far.
package enum NormalBand {
  package static let method = Method(
    "normal-band", aliases: ["online-normal", "batch-normal", "prediction-interval", "shewhart"],
    computes: """
      mean ± t s sqrt(1 + 1/n), with the t quantile of n - 1 degrees of freedom: the interval of the next value, exact for \
      independent normal values. It is wide after few values and narrows to mean ± z s.
      """,
    use: """
      For a number that varies around a constant without outliers, such as the mean of a large column. One far value in \
      the history widens it for long: use robust then. Not for a trend or a season.
      """,
    source: "Hahn and Meeker, Statistical Intervals (1991), section 4.7")

  package static let minimumCount = 3

  /// O(n). Throws for fewer than three values, with one that is not finite, or when they do not vary and there is no
  /// floor.
  package static func band(
    after history: [Double], confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    try Sample.requireShare(confidence, "confidence")
    try floor.require()
    try Sample.require(history, atLeast: minimumCount)
    let moments = try Moments(history)
    let n = Double(history.count)
    let deviation = moments.varies ? try moments.standardDeviation() : 0
    let t = StudentT(degrees: n - 1).critical(confidence: confidence)
    return try PredictionBand(
      around: moments.mean, halfWidth: t * deviation * (1 + 1 / n).squareRoot(), confidence: confidence, floor: floor)
  }
}
