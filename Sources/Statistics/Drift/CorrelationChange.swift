internal import Glibc

/// How much the correlation of two columns differs between two populations.
package struct CorrelationChange: Sendable, Hashable {
  package static let method = Method(
    "correlation-change", aliases: ["correlation-difference", "correlation-drift"],
    computes: """
      Pearson's r of each sample, the later less the earlier one. The variance of each atanh r is that of the jackknife, \
      (n - 1)/n sum (z_i - mean z)^2 with z_i that of all rows but one, so that it holds for values that are not normal; \
      Fisher's 1/(n - 3) stands in where a sample lies on a line. The interval of the difference combines tanh(z +- c \
      se) of both samples by squaring and adding; the p-value of no change is that of the difference of the z.
      """,
    use: """
      For correlations of two independent samples: a baseline and new data. Of heavy-tailed values the jackknife needs many \
      rows, as one row may make the correlation.
      """,
    source: """
      Zou, "Toward using confidence intervals to compare correlations", Psychological Methods 12 (2007); Efron and Stein, \
      "The jackknife estimate of variance", Annals of Statistics 9 (1981)
      """)

  /// The correlations.
  package let before: Estimate
  package let now: Estimate
  /// The later correlation less the earlier one.
  package let change: Estimate
  /// How likely the samples would differ as much if the populations had the same correlation.
  package let p: Probability
  /// The pairs of the smaller sample.
  package let count: Int
  /// The variance that the change would have if each sample had one pair.
  private let unitVariance: Double

  /// Throws for samples of which there is no correlation.
  package init(
    before: (x: [Double], y: [Double]), now: (x: [Double], y: [Double]), confidence: Double = 0.95
  ) throws(Undefined) {
    try Sample.requireShare(confidence, "confidence")
    let (first, second) = (try SpreadOfCorrelation(before.x, before.y), try SpreadOfCorrelation(now.x, now.y))
    self.before = first.estimate(confidence)
    self.now = second.estimate(confidence)
    change = NewcombeIndependent.squareAndAdd(self.now, self.before, correlation: 0)
    let error = (first.variance + second.variance).squareRoot()
    p = change.value == 0 ? .one : Normal.twoSided((second.center - first.center) / error)
    count = min(first.count, second.count)
    unitVariance = first.unitVariance + second.unitVariance
  }

  /// Whether the populations differ by more than the limit, in either direction. `isSignificant` after the correction for
  /// all that is looked at.
  package func decision(
    limit: Double, isSignificant: Bool, floor: Int = DriftEstimate.floor
  ) -> DriftDecision {
    let interval = change.interval
    if max(interval.lower, -interval.upper) > limit, isSignificant { return .drifted }
    if max(-interval.lower, interval.upper) <= limit, count >= floor { return .stable }
    return .undecided
  }

  /// The pairs that each sample needs so that in four of five cases the interval lies within the limit, if nothing has
  /// changed; nil when no number is enough.
  package func rowsToDecide(limit: Double) -> Int? {
    let reach = Normal.critical(confidence: change.interval.confidence) + Normal.upperQuantile(0.1)
    let needed = reach * reach * unitVariance / (limit * limit)
    guard needed < Double(DecidingCount.cap) else { return nil }
    return max(DriftEstimate.floor, Int(needed.rounded(.up)))
  }
}

/// A correlation with the variance of its transform, atanh r.
private struct SpreadOfCorrelation {
  let coefficient: Double
  let count: Int
  /// Its transform, and the variance of that.
  let center: Double
  let variance: Double

  init(_ x: [Double], _ y: [Double]) throws(Undefined) {
    let pearson = try Pearson(x, y)
    guard pearson.count > 3 else { throw .tooFew("pairs", needed: 4, got: pearson.count) }
    let n = Double(pearson.count)
    coefficient = pearson.coefficient
    count = pearson.count
    // What so many rows have not shown, one in so many may yet be: no correlation is perfect.
    let unexplained = max(pearson.unexplained, 1 / n)
    let magnitude = log((1 + coefficient.magnitude) / unexplained.squareRoot())
    center = coefficient < 0 ? -magnitude : magnitude
    let fisher = 1 / (n - 3)
    guard pearson.unexplained > 1 / n else {
      variance = fisher
      return
    }
    variance = Self.jackknife(x, y) ?? fisher
  }

  /// The variance that one pair alone would give the coefficient.
  var unitVariance: Double {
    let slope = 1 - min(coefficient * coefficient, 1)
    return variance * Double(count) * slope * slope
  }

  func estimate(_ confidence: Double) -> Estimate {
    let half = Normal.critical(confidence: confidence) * variance.squareRoot()
    return Estimate(
      coefficient,
      ConfidenceInterval(
        lower: min(coefficient, tanh(center - half)), upper: max(coefficient, tanh(center + half)),
        confidence: confidence))
  }

  /// The jackknife's variance of the transform; nil for none. O(n).
  private static func jackknife(_ x: [Double], _ y: [Double]) -> Double? {
    let (first, second) = (deviations(x), deviations(y))
    let n = Double(x.count)
    let xx = first.map { $0 * $0 }.compensatedSum
    let yy = second.map { $0 * $0 }.compensatedSum
    let xy = zip(first, second).map { $0 * $1 }.compensatedSum
    let part = n / (n - 1)
    let most = atanh(1 - 1 / (n * n))
    let values = first.indices.map { row -> Double in
      let (u, v) = (first[row], second[row])
      let (restX, restY) = (xx - part * u * u, yy - part * v * v)
      // Without the one row that varies there is no correlation.
      guard restX > 1e-12 * xx, restY > 1e-12 * yy else { return 0 }
      let r = (xy - part * u * v) / (restX.squareRoot() * restY.squareRoot())
      return min(most, max(-most, atanh(min(1, max(-1, r)))))
    }
    let mean = values.compensatedSum / n
    let spread = values.map { ($0 - mean) * ($0 - mean) }.compensatedSum
    let variance = (n - 1) / n * spread
    return variance > 0 && variance.isFinite ? variance : nil
  }

  private static func deviations(_ values: [Double]) -> [Double] {
    let scale = Sample.scale([values])
    let scaled = values.map { $0 * scale }
    let mean = scaled.compensatedSum / Double(values.count)
    return scaled.map { $0 - mean }
  }
}
