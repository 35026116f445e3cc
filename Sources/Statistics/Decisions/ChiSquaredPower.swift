/// Power, sample size and minimum detectable effect of chi-squared tests.
package enum ChiSquaredPower {
  package static let method = Method(
    "chi-squared-power", aliases: ["power-chi2", "cohen-w"],
    computes: """
      P(X > c) for the noncentral chi-squared distribution with noncentrality n w², beyond the critical value c of the \
      test, where w² = sum (p1 - p0)² / p0 is Cohen's effect over the cells (w = V sqrt(min(r, c) - 1) for a table with \
      Cramer's V).
      """,
    use: """
      To plan a test of drift of categories or of a goodness of fit, or to see that with so many rows any drift is found, \
      so that its size must be bounded instead. w of 0.1 is small, 0.3 medium, 0.5 large.
      """,
    source: "Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed. (1988), chapter 7")

  /// The power for an effect w with so many rows. Throws when the effect is negative or not finite, or the degrees of
  /// freedom are not above 0 or more than a million.
  package static func power(
    effect: Double, count: Double, degreesOfFreedom: Double, alpha: Double
  ) throws(Undefined) -> Double {
    try Sample.requireShare(alpha, "alpha")
    guard effect >= 0, effect.isFinite else { throw .outsideDomain("an effect must be finite and not negative") }
    guard count > 0, count.isFinite else { throw .outsideDomain("a sample size must be above 0") }
    // Beyond a million the series take too long.
    guard degreesOfFreedom > 0, degreesOfFreedom <= 1e6 else {
      throw .outsideDomain("degrees of freedom must be above 0, and at most a million")
    }
    let distribution = ChiSquared(degrees: degreesOfFreedom)
    let critical = distribution.upperQuantile(alpha)
    let noncentrality = count * effect * effect
    guard noncentrality > 0 else { return alpha }
    // Forty standard deviations above the critical value the power is 1 to all digits, and the series are long.
    let spread = (2 * (degreesOfFreedom + 2 * noncentrality)).squareRoot()
    if !(degreesOfFreedom + noncentrality - 40 * spread < critical) { return 1 }
    let power = distribution.noncentralUpper(critical, noncentrality: noncentrality)
    guard power.isFinite else { throw .noSolution("power of so large an effect") }
    return min(max(power, 0), 1)
  }

  /// The rows that find an effect w. Throws for none.
  package static func sampleSize(
    effect: Double, degreesOfFreedom: Double, target: PowerTarget
  ) throws(Undefined) -> Int {
    guard effect != 0 else { throw .noSolution("sample size") }
    return try target.rows(from: 1) { (count) throws(Undefined) in
      try power(effect: effect, count: Double(count), degreesOfFreedom: degreesOfFreedom, alpha: target.alpha)
    }
  }

  /// The smallest effect w that so many rows find.
  package static func minimumDetectableEffect(
    count: Double, degreesOfFreedom: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    func found(_ effect: Double) throws(Undefined) -> Double {
      try power(effect: effect, count: count, degreesOfFreedom: degreesOfFreedom, alpha: target.alpha)
    }
    var largest = 1.0
    for _ in 0..<600 where try found(largest) < target.power { largest *= 2 }
    return try target.effect(upTo: largest, power: found)
  }
}
