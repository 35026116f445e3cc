/// The prediction interval from the median and the median absolute deviation so far.
package enum RobustBand {
  package static let method = Method(
    "robust-band", aliases: ["robust", "median-mad"],
    computes: """
      median ± t f MAD / 0.6745 sqrt(1 + pi / (2 n)), with a t quantile of 0.37 n + 0.6 degrees of freedom (0.4 fewer for \
      odd n) and f = 1 + 0.15 / n + 3.2 / n^2: degrees and factor are fitted by simulation, so that about as many of the \
      next values of a normal series lie outside as asked for, from 4 values on and at 90 % to 99.9 %. Where a tenth \
      of the values and more equal the median, the MAD is that of the others, or, when these are less than a tenth, 1.2533 \
      times the mean absolute deviation if the MAD is 0. Values that come again, in at least a twentieth of a series and \
      twice, lie within.
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
  /// The share of values equal to the median from which on a series is one of ties, and of others from which on these are
  /// no exceptions.
  private static let tiedShare = 0.1
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
    let deviation = try deviation(history, median)
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

  /// The MAD; of a series in which the median comes again and again, that of the other values around it, when these are
  /// no exceptions, or else their mean deviation.
  private static func deviation(_ history: [Double], _ median: Double) throws(Undefined) -> Double {
    let all = try MedianAbsoluteDeviation.scaled(history)
    let others = history.filter { $0 != median }
    let n = Double(history.count)
    guard history.count - others.count >= 2, Double(others.count) <= (1 - tiedShare) * n else { return all }
    guard others.count >= 3, Double(others.count) >= tiedShare * n else {
      return all > 0 ? all : meanFactor * history.reduce(0) { $0 + ($1 - median).magnitude / n }
    }
    return max(
      all, MedianAbsoluteDeviation.normalScale * (try Quantiles(others.map { ($0 - median).magnitude }).median))
  }

  /// How often each value comes.
  private static func counts(_ values: [Double]) -> [Double: Int] {
    values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
