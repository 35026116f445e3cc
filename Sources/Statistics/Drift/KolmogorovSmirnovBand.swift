internal import Glibc

/// How far two distribution functions are apart at most, by a band around each.
enum KolmogorovSmirnovBand {
  static func estimate(
    _ cells: DriftCells, _ shares: ObservedShares, limit: Double, confidence: Double
  ) -> DriftEstimate {
    let (n, m) = (shares.referenceRows, shares.currentRows)
    let distance = KolmogorovSmirnovEffect().value(shares.reference, shares.current)
    let sketches = cells.referenceError + cells.currentError
    let half = halfWidth(n, m, confidence: confidence)
    let interval = ConfidenceInterval(
      lower: max(0, distance - half - sketches), upper: min(1, distance + half + sketches), confidence: confidence)
    let root = (1 / n + 1 / m).squareRoot()
    var plan = RowsToDecide(shares, limit: limit)
    // Kolmogorov's limit: half of all samples of one population are closer than the first, four of five than the second.
    plan.reached = 1.0727 * root + half
    plan.addition = sketches
    var estimate = DriftEstimate(
      method: .ks, effect: distance, chance: 0.8276 * root, interval: interval,
      p: p(max(0, distance - sketches), n, m), referenceSize: n, currentSize: m, cells: shares.pooled.count)
    if interval.lower <= limit, !estimate.isWithin(limit) { estimate.rowsToDecide = plan.rows }
    return estimate
  }

  /// What the distance of the samples exceeds so seldom when they come from one population. Ties make it too large.
  private static func p(_ distance: Double, _ n: Double, _ m: Double) -> Probability {
    if distance <= 0 { return .one }
    if let first = Int(exactly: n), let second = Int(exactly: m), n * m <= 1e6 {
      let paths = LatticePaths(first, second)
      return paths.reaching(Int((distance * Double(paths.unit) - 1e-9).rounded(.up)), twoSided: true)
    }
    let size = n * m / (n + m)
    guard size < 1e5 else { return Kolmogorov.upper(size.squareRoot() * distance) }
    return KolmogorovFinite(count: max(1, Int(size))).upper(distance)
  }

  /// How far the distance of two samples may be from that of their populations: the sum of what each may be off by
  /// (Dvoretzky, Kiefer, Wolfowitz and Massart), as both are seldom far off at once.
  static func halfWidth(_ n: Double, _ m: Double, confidence: Double) -> Double {
    // How far a sample is off in the worst of so many equally likely cases.
    let cases = 1000
    let errors = (0..<cases).map { index in (-log((Double(index) + 0.5) / Double(2 * cases)) / (2 * n)).squareRoot() }
    func isExceeded(_ half: Double) -> Bool {
      let sum = errors.reduce(0.0) { sum, error in
        sum + (error < half ? min(1, 2 * exp(-2 * m * (half - error) * (half - error))) : 1)
      }
      return sum / Double(cases) > 1 - confidence
    }
    var (low, high) = (0.0, 2.0)
    while high - low > 1e-6 * high {
      let middle = (low + high) / 2
      if isExceeded(middle) { low = middle } else { high = middle }
    }
    return min(1, high)
  }
}
