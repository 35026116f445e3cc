/// The prediction interval from the median and the median absolute deviation so far.
package enum RobustBand {
  package static let method = Method(
    "robust-band", aliases: ["robust", "median-mad"],
    computes: """
      median ± t f MAD / 0.6745 sqrt(1 + pi / (2 n)), with a t quantile of 0.37 n + 0.6 degrees of freedom (0.4 fewer for \
      odd n) and f = 1 + 0.15 / n + 3.2 / n^2: degrees and factor are fitted by simulation, so that about as many of the \
      next values of a normal series lie outside as asked for, from 4 values on and at 90 % to 99.9 %.
      """,
    use: """
      The default for a metric and its history: up to half of the history may be wrong without harm to the band. For \
      normal values it is a little wider than the normal band. Where more than half of the values are equal the MAD is 0, \
      and a floor decides. Not for a trend or a season.
      """,
    source: """
      Rousseeuw and Croux, "Alternatives to the median absolute deviation", JASA 88 (1993); the degrees of freedom by \
      400,000 simulated series for every n
      """)

  package static let minimumCount = 4

  /// O(n). Throws for fewer than four values, with one that is not finite, or when more than half are equal and there is
  /// no floor.
  package static func band(
    after history: [Double], confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    try Sample.requireShare(confidence, "confidence")
    try floor.require()
    try Sample.require(history, atLeast: minimumCount)
    let n = Double(history.count)
    let deviation = try MedianAbsoluteDeviation.scaled(history)
    let degrees = 0.37 * n + (history.count.isMultiple(of: 2) ? 0.6 : 0.2)
    let factor = 1 + 0.15 / n + 3.2 / (n * n)
    let t = StudentT(degrees: degrees).critical(confidence: confidence)
    return try PredictionBand(
      around: try Quantiles(history).median, halfWidth: t * factor * deviation * (1 + .pi / (2 * n)).squareRoot(),
      confidence: confidence, floor: floor)
  }
}
