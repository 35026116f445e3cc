/// The prediction interval between two of the values so far, whatever their distribution.
package enum QuantileBand {
  package static let method = Method(
    "quantile-band", aliases: ["order-statistics-band", "nonparametric-prediction-interval"],
    computes: """
      From the k-th smallest to the k-th largest of n values, with the largest k for which 2 k / (n + 1) is at most \
      1 - confidence: the next value lies outside with exactly that probability, for independent values of any continuous \
      distribution, and with less when values are tied.
      """,
    use: """
      For skewed or bounded numbers of which there is much history: at 99 % it takes 199 values, at 95 % it takes 39, at \
      90 % it takes 19. Below that it is undefined. The level that it really has is at least the one asked for.
      """,
    source: "Wilks, \"Determination of sample sizes for setting tolerance limits\", Ann. Math. Statist. 12 (1941)")

  /// How many values a band of that confidence takes. Throws for a confidence outside 0...1, or one that no history of
  /// this world reaches.
  package static func minimumCount(confidence: Double) throws(Undefined) -> Int {
    try Sample.requireShare(confidence, "confidence")
    let count = (2 / (1 - confidence) - 1 - slack).rounded(.up)
    guard count < 1e9 else { throw .outsideDomain("the confidence is too close to 1") }
    return max(1, Int(count))
  }

  /// O(n). Throws for too few values, or with one that is not finite.
  package static func band(
    after history: [Double], confidence: Double, floor: BandFloor = .none
  ) throws(Undefined) -> PredictionBand {
    try floor.require()
    try Sample.require(history, atLeast: try minimumCount(confidence: confidence))
    let sorted = try Quantiles(history)
    let n = Double(history.count)
    let rank = max(1, Int(((n + 1) * (1 - confidence) / 2 + slack).rounded(.down)))
    // With so many values as the minimum, the median lies between both ends.
    let band = PredictionBand(
      lower: sorted.sorted[rank - 1], expected: sorted.median, upper: sorted.sorted[history.count - rank],
      confidence: 1 - 2 * Double(rank) / (n + 1)
    ).widened(to: floor)
    guard band.lower.isFinite, band.upper.isFinite else { throw .outOfRange }
    return band
  }

  /// The rounding of 1 - confidence, far below what one value more or less means.
  private static let slack = 1e-9
}
