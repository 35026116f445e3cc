/// The prediction interval from the median and the median absolute deviation so far.
package enum RobustBand {
  package static let method = Method(
    "robust-band", aliases: ["robust", "median-mad"],
    computes: """
      median ± t f MAD / 0.6745 sqrt(1 + pi / (2 n)), with a t quantile of 0.37 n + 0.6 degrees of freedom (0.4 fewer for \
      odd n) and f = 1 + 0.15 / n + 3.2 / n^2: degrees and factor are fitted by simulation, so that about as many of the \
      next values of a normal series lie outside as asked for, from 4 values on and at 90 % to 99.9 %. Where the MAD is \
      0, because more than half of the values are equal, 1.2533 times the mean absolute deviation takes its place. Values \
      that come again, in at least a twentieth of a series and twice, lie within.
      """,
    use: """
      The default for a metric and its history: up to half of the history may be wrong without harm to the band. For \
      normal values it is a little wider than the normal band. What comes again exactly, in a series of \
      counts or of a few levels, is no accident, and never outside. Where all values are equal a floor decides. Not for a \
      trend or a season.
      """,
    source: """
      Rousseeuw and Croux, "Alternatives to the median absolute deviation", JASA 88 (1993); the degrees of freedom by \
      400,000 simulated series for every n; the mean absolute deviation where the MAD is 0: Iglewicz and Hoaglin, "How to \
      detect and handle outliers", ASQC (1993)
      """)

  package static let minimumCount = 4

  /// How many standard deviations of a normal distribution its mean absolute deviation is short of: sqrt(pi / 2).
  private static let meanFactor = (Double.pi / 2).squareRoot()
  /// What share of the values, and at least two, is no accident.
  private static let recurringShare = 0.05

  /// O(n). Throws for fewer than four values, with one that is not finite, or when all are equal and there is no floor.
  package static func band(
    after history: [Double], confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    try Sample.requireShare(confidence, "confidence")
    try floor.require()
    try Sample.require(history, atLeast: minimumCount)
    let n = Double(history.count)
    let median = try Quantiles(history).median
    var deviation = try MedianAbsoluteDeviation.scaled(history)
    if deviation == 0 { deviation = meanFactor * history.reduce(0) { $0 + ($1 - median).magnitude / n } }
    let degrees = 0.37 * n + (history.count.isMultiple(of: 2) ? 0.6 : 0.2)
    let factor = 1 + 0.15 / n + 3.2 / (n * n)
    let t = StudentT(degrees: degrees).critical(confidence: confidence)
    var band = try PredictionBand(
      around: median, halfWidth: t * factor * deviation * (1 + .pi / (2 * n)).squareRoot(),
      confidence: confidence, floor: floor)
    for (value, count) in counts(history) where count >= 2 && Double(count) >= recurringShare * n {
      band.lower = min(band.lower, value)
      band.upper = max(band.upper, value)
    }
    return band
  }

  /// How often each value comes.
  private static func counts(_ values: [Double]) -> [Double: Int] {
    values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
