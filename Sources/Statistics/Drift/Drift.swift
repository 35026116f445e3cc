internal import Glibc

/// Whether two samples come from populations that are further apart than a limit.
package enum Drift {
  package static let method = Method(
    "drift-verdict", aliases: ["drift", "data-drift", "drift-interval"],
    computes: """
      The rows of both samples are counted in cells that both together define: up to 20 ranges of equal mass, or up to \
      400 categories, ten rows of the smaller sample each, and those whose share has certainly changed (Fisher's exact \
      test, 0.001 over all categories); rarer ones share cells. Of categories too many to count one by one, up to 256 \
      buckets of their hashes, fifty rows each, whose distance is at most that of the categories. The interval of a distance between the populations \
      inverts a parametric bootstrap: it holds the distances of those populations, on the way from the pooled sample \
      through the observed ones, whose own samples would be as far apart as these. Drifted: all of the interval is above \
      the limit, and a test of homogeneity is significant after Benjamini and Hochberg's correction over the columns. \
      Stable: all of it is at most the limit, and each sample has 100 rows. Else undecided, with the rows that would \
      decide in four of five cases if nothing has changed. Kolmogorov and Smirnov's distance needs no cells: its interval \
      adds what each distribution function may be off by (Dvoretzky, Kiefer, Wolfowitz and Massart). Wasserstein's is in \
      standard deviations of the reference, its upper end adds the error of the means' difference, and Welch's test of \
      the means stands beside that of homogeneity (the smaller p, doubled). The population \
      stability index raises shares below 0.0001 to that; Cramer's V lets both samples count alike. Samples with weights \
      or from sketches count as so many rows as would tell as much.
      """,
    use: """
      To gate on drift with a known rate of false alarms. A plain distance is above 0 for samples of one population too, \
      the more so the fewer rows and the more cells: 1,000 rows on each side and 20 cells have a Jensen-Shannon distance \
      of 0.08 by chance. A plain test finds every difference once there are rows enough. Rows must be independent: of \
      time series, or of several rows per user, keep one row each or take effective sizes.
      """,
    source: """
      Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 12; Carpenter, "Test inversion bootstrap \
      confidence intervals", Journal of the Royal Statistical Society B 61 (1999); Benjamini and Hochberg, ibid. 57 (1995)
      """)

  /// How many resamples tell a quantile of the effects: five of them are beyond it, ten for 95 %.
  private static func resamples(_ confidence: Double) -> Int {
    max(400, Int((10 / (1 - confidence)).rounded(.up))) - 1
  }

  /// More would make a column cost too much, and say nothing: cells expect ten rows each.
  private static let mostCells = 1000

  /// The distance of two populations by samples in the same cells. The same cells and seed give the same estimate.
  ///
  /// - Parameters:
  ///   - limit: What `rowsToDecide` asks about; it changes nothing else.
  ///   - confidence: Of the two-sided interval: 0.95, at most 0.999.
  /// - Complexity: O(resamples cells); a millisecond or two for 20 cells.
  package static func estimate(
    _ cells: DriftCells, _ method: DriftMethod, limit: Double, confidence: Double = 0.95, seed: Seed
  ) throws(Undefined) -> DriftEstimate {
    try Sample.requireShare(confidence, "confidence")
    guard limit >= 0, limit.isFinite else { throw .outsideDomain("a limit must be at least 0 and finite") }
    let shares = try ObservedShares(cells, measuresMoves: method == .wasserstein)
    let effect = try effect(cells, method, shares)
    if method == .ks { return KolmogorovSmirnovBand.estimate(cells, shares, limit: limit, confidence: confidence) }
    guard confidence <= 0.999 else { throw .outsideDomain("a confidence in drift must be at most 0.999") }
    guard shares.pooled.count <= mostCells else { throw .outsideDomain("drift is judged in at most 1000 cells") }
    // A square does not grow in proportion to the differences, but its root does.
    let question = Question(
      shares: shares, isOrdered: cells.ordered, limit: method.isSquare ? limit.squareRoot() : limit,
      confidence: confidence, seed: seed)
    let answer = question.answer(effect, method)
    return method.isSquare ? answer.squared : answer
  }

  /// The distance of the samples themselves. O(cells).
  package static func effect(_ cells: DriftCells, _ method: DriftMethod) throws(Undefined) -> Double {
    let shares = try ObservedShares(cells, measuresMoves: method == .wasserstein)
    let value = try effect(cells, method, shares).value(shares.reference, shares.current)
    return method.isSquare ? value * value : value
  }

  private static func effect(
    _ cells: DriftCells, _ method: DriftMethod, _ shares: ObservedShares
  ) throws(Undefined) -> any CellEffect {
    if method.needsOrder, !cells.ordered { throw .outsideDomain("\(method.rawValue) needs cells in order") }
    switch method {
    case .ks: return KolmogorovSmirnovEffect()
    case .jensenShannon: return JensenShannonEffect()
    case .totalVariation: return TotalVariationEffect()
    case .hellinger: return HellingerEffect()
    case .lInfinity: return LInfinityEffect(cells)
    case .cramersV: return CramersVEffect()
    case .psi: return StabilityEffect()
    case .wasserstein:
      guard cells.values.count == cells.reference.count else {
        throw .lengthsDiffer(cells.reference.count, cells.values.count)
      }
      try Sample.requireFinite(cells.values)
      guard cells.reference.count(where: { $0 > 0 }) > 1 else { throw .zeroVariance }
      return WassersteinEffect(values: cells.values, shares, unit: cells.unit)
    }
  }

  /// What is asked of a distance, whichever it is.
  private struct Question {
    var shares: ObservedShares
    var isOrdered: Bool
    var limit: Double
    var confidence: Double
    var seed: Seed

    func answer(_ effect: some CellEffect, _ method: DriftMethod) -> DriftEstimate {
      var estimate = DriftEstimate(
        method: method, effect: 0, chance: 0,
        interval: ConfidenceInterval(lower: 0, upper: 0, confidence: confidence), p: .one,
        referenceSize: shares.referenceSize, currentSize: shares.currentSize, cells: shares.pooled.count)
      var plan = RowsToDecide(shares, limit: limit)
      if shares.pooled.count(where: { $0 > 0 }) == 1 {
        // Nothing was seen but one value: another one may be as frequent as what so many rows may not have shown.
        let rows = min(shares.referenceSize, shares.currentSize)
        let unseen = -expm1(log((1 - confidence) / 2) / rows)
        estimate.interval.upper = effect.value([1, 0], [1 - unseen, unseen])
        plan.reached = estimate.interval.upper
      } else {
        var interval = EffectInterval(
          effect, shares, confidence: confidence, resamples: Drift.resamples(confidence), seed: seed)
        estimate.effect = interval.observed
        estimate.chance = interval.chance[interval.chance.count / 2]
        estimate.interval.lower = interval.lower()
        estimate.interval.upper = interval.upper(of: interval.observed)
        estimate.p = Homogeneity.p(shares, isOrdered: isOrdered)
        // The smaller of two is as small by chance twice as often.
        if let other = effect.p(shares) { estimate.p = min(estimate.p, other).doubled }
        if estimate.interval.lower <= limit, estimate.interval.upper > limit {
          plan.reached = interval.upper(of: interval.chance[interval.chance.count * 4 / 5])
        }
      }
      if estimate.interval.lower <= limit, !estimate.isWithin(limit) { estimate.rowsToDecide = plan.rows }
      return estimate
    }
  }
}

extension DriftEstimate {
  /// Whether the interval and the number of rows let it pass.
  func isWithin(_ limit: Double) -> Bool {
    decision(limit: limit, isSignificant: false) == .stable
  }

  /// The estimate of the square of what was estimated.
  fileprivate var squared: DriftEstimate {
    var estimate = self
    estimate.effect *= effect
    estimate.chance *= chance
    estimate.interval.lower *= interval.lower
    estimate.interval.upper *= interval.upper
    return estimate
  }
}
