/// Power, sample size and minimum detectable effect of t tests. Effects are in standard deviations (Cohen's d).
package enum TTestPower {
  package static let method = Method(
    "t-test-power", aliases: ["power-t", "mde-t", "minimum-detectable-effect"],
    computes: """
      The probability that a t test at level alpha finds an effect of d standard deviations: the tail of the noncentral t \
      distribution beyond the critical value, with noncentrality d sqrt(n1 n2 / (n1 + n2)) for two samples and d sqrt(n) \
      for pairs (d then of their differences). Sample size and detectable effect are found by inverting it.
      """,
    use: """
      To plan a comparison of means, or to say what a finished one could have found. Not to explain a result after the \
      fact from the effect it observed: that says no more than its p-value.
      """,
    source: "Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed. (1988), chapter 2")

  /// Two samples, the second so many times as large as the first, with a common variance; or the differences of pairs.
  package enum Design: Sendable, Hashable {
    case twoSamples(ratio: Double)
    case pairs
  }

  /// The power for an effect, with so many rows in the first sample, or pairs; the number may be a fraction. Throws when
  /// there are too few rows for a degree of freedom, or the effect is not finite.
  package static func power(
    effect: Double, count: Double, alpha: Double, design: Design, alternative: Alternative = .twoSided
  ) throws(Undefined) -> Double {
    try Sample.requireShare(alpha, "alpha")
    guard effect.isFinite else { throw .outsideDomain("an effect must be finite") }
    let (degrees, scale) = try spread(count, design)
    let distribution = StudentT(degrees: degrees)
    let critical = distribution.upperQuantile(alternative == .twoSided ? alpha / 2 : alpha)
    let noncentrality = effect * scale
    let above = try tail(distribution, critical, noncentrality)
    let below = try tail(distribution, critical, -noncentrality)
    return switch alternative {
    case .greater: above
    case .less: below
    case .twoSided: min(1, above + below)
    }
  }

  /// The rows of the first sample, or the pairs, that find an effect. Throws for an effect that no number of rows finds:
  /// zero, or one in the other direction.
  package static func sampleSize(
    effect: Double, target: PowerTarget, design: Design
  ) throws(Undefined) -> Int {
    let useful = target.alternative == .twoSided || (effect > 0) == (target.alternative == .greater)
    guard effect != 0, useful else { throw .noSolution("sample size") }
    return try target.rows(from: try smallest(design)) { (count) throws(Undefined) in
      try power(
        effect: effect, count: Double(count), alpha: target.alpha, design: design, alternative: target.alternative)
    }
  }

  /// The smallest effect that so many rows find, above 0 unless smaller values are looked for.
  package static func minimumDetectableEffect(
    count: Double, target: PowerTarget, design: Design
  ) throws(Undefined) -> Double {
    let sign: Double = target.alternative == .less ? -1 : 1
    let (_, scale) = try spread(count, design)
    // With a single degree of freedom critical values reach far: doubled until the effect is found.
    var largest = (target.criticalZ.magnitude + target.powerZ.magnitude + 1) / scale
    for _ in 0..<60 {
      let found = try power(
        effect: sign * largest, count: count, alpha: target.alpha, design: design, alternative: target.alternative)
      if found >= target.power { break }
      largest *= 2
    }
    return try sign
      * target.effect(upTo: largest) { (effect) throws(Undefined) in
        try power(
          effect: sign * effect, count: count, alpha: target.alpha, design: design, alternative: target.alternative)
      }
  }

  /// The fewest rows that leave a degree of freedom.
  private static func smallest(_ design: Design) throws(Undefined) -> Int {
    switch design {
    case .pairs: return 2
    case .twoSamples(let ratio):
      guard ratio.isFinite, ratio > 0 else { throw .outsideDomain("a ratio of sample sizes must be above 0") }
      return Int((2 / (1 + ratio)).rounded(.down)) + 1
    }
  }

  /// The degrees of freedom, and the noncentrality of an effect of 1.
  private static func spread(_ count: Double, _ design: Design) throws(Undefined) -> (degrees: Double, scale: Double) {
    guard count.isFinite, count > 0 else { throw .outsideDomain("a sample size must be above 0") }
    switch design {
    case .pairs:
      guard count > 1 else { throw .outsideDomain("a t test needs a degree of freedom") }
      return (count - 1, count.squareRoot())
    case .twoSamples(let ratio):
      guard ratio.isFinite, ratio > 0 else { throw .outsideDomain("a ratio of sample sizes must be above 0") }
      let other = count * ratio
      guard count + other > 2 else { throw .outsideDomain("a t test needs a degree of freedom") }
      return (count + other - 2, (count * (other / (count + other))).squareRoot())
    }
  }

  /// P(T > critical). Throws where the noncentral t has no series that converges and few degrees of freedom.
  private static func tail(
    _ distribution: StudentT, _ critical: Double, _ noncentrality: Double
  ) throws(Undefined) -> Double {
    // T > c is Z + noncentrality > c sqrt(chi² / degrees), whose root is nearly normal: so far in a tail nothing is left.
    let degrees = distribution.degrees
    let spread = (1 + critical * critical / (2 * degrees)).squareRoot()
    let z = (critical * (1 - 1 / (4 * degrees)) - noncentrality) / spread
    if z.magnitude > 39 { return z > 0 ? 0 : 1 }
    let tail = distribution.noncentralUpper(critical, noncentrality: noncentrality)
    if tail.isFinite { return min(max(tail, 0), 1) }
    guard degrees > 10_000, z.isFinite else { throw .noSolution("power of so large an effect") }
    return Normal.upper(z).value
  }
}
