internal import Glibc

/// Power, sample size and minimum detectable effect of a comparison of two independent proportions of equal samples.
package enum TwoProportionsPower {
  package static let method = Method(
    "two-proportions-power", aliases: ["sample-size-two-proportions", "fleiss-sample-size", "cohen-h"],
    computes: """
      Rows in each sample: (z_a sqrt(2 p (1 - p)) + z_b sqrt(p1 (1 - p1) + p2 (1 - p2)))² / (p1 - p2)² with the mean \
      share p (Fleiss), or 2 ((z_a + z_b) / h)² with Cohen's h = 2 asin sqrt(p1) - 2 asin sqrt(p2).
      """,
    use: """
      To plan a comparison of two shares on separate rows. When both models can judge the same rows, plan McNemar's test \
      instead: it needs several times fewer.
      """,
    source: """
      Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. (2003), chapter 4; Cohen, \
      Statistical Power Analysis, 2nd ed. (1988), chapter 6
      """)

  /// The rows in each sample, as a real number, by the test with the pooled variance. Throws for equal shares, or ones
  /// outside 0...1.
  package static func sampleSize(_ first: Double, _ second: Double, target: PowerTarget) throws(Undefined) -> Double {
    let (null, alternative) = try errors(first, second)
    guard first != second else { throw .noSolution("sample size") }
    return target.rows(effect: first - second, null: null, truth: alternative)
  }

  /// The rows in each sample, as a real number, by the arcsine transformation; two-sided, what the far tail finds counts
  /// too, so a little fewer than the formula says.
  package static func arcsineSampleSize(
    _ first: Double, _ second: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    let effect = try cohenH(first, second)
    guard effect != 0 else { throw .noSolution("sample size") }
    let formula = 2 * target.rows(effect: effect, null: 1, truth: 1)
    guard target.alternative == .twoSided else { return formula }
    return Bisection.border(inside: formula, outside: 0) { count in
      let error = (2 / count).squareRoot()
      let power = NormalPower.rejection(
        effect: effect.magnitude, nullError: error, error: error, alpha: target.alpha, alternative: .twoSided)
      return power >= target.power
    }
  }

  /// Cohen's h, the difference of the shares on a scale where its error depends on the number of rows alone.
  package static func cohenH(_ first: Double, _ second: Double) throws(Undefined) -> Double {
    _ = try errors(first, second)
    return 2 * asin(first.squareRoot()) - 2 * asin(second.squareRoot())
  }

  /// The power with so many rows in each sample.
  package static func power(
    _ first: Double, _ second: Double, count: Double, alpha: Double, alternative: Alternative = .twoSided
  ) throws(Undefined) -> Double {
    try Sample.requireShare(alpha, "alpha")
    guard count.isFinite, count > 0 else { throw .outsideDomain("a sample size must be above 0") }
    let (null, spread) = try errors(first, second)
    guard spread > 0 else { throw .zeroVariance }
    let root = count.squareRoot()
    return NormalPower.rejection(
      effect: first - second, nullError: null / root, error: spread / root, alpha: alpha, alternative: alternative)
  }

  /// How far above the baseline's share, or below it for the alternative `less`, another one must lie to be found. Throws
  /// when none up to 1, or down to 0, would be.
  package static func minimumDetectableEffect(
    baseline: Double, count: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    guard baseline >= 0, baseline <= 1 else { throw .outsideDomain("shares must be between 0 and 1") }
    let sign: Double = target.alternative == .less ? -1 : 1
    let room = sign > 0 ? 1 - baseline : baseline
    guard room > 0 else { throw .noSolution("effect that can be detected") }
    func found(_ effect: Double) throws(Undefined) -> Bool {
      guard effect > 0 else { return false }
      let other = min(max(baseline + sign * effect, 0), 1)
      // From one certain share to another: any row tells.
      if other * (1 - other) == 0, baseline * (1 - baseline) == 0 { return true }
      return try power(other, baseline, count: count, alpha: target.alpha, alternative: target.alternative)
        >= target.power
    }
    guard try found(room) else { throw .noSolution("effect that can be detected") }
    return try sign * Bisection.border(inside: room, outside: 0, found)
  }

  /// sqrt(n) times the standard error of the difference, when the shares are equal and when they are as they are.
  private static func errors(
    _ first: Double, _ second: Double
  ) throws(Undefined) -> (null: Double, alternative: Double) {
    guard first >= 0, first <= 1, second >= 0, second <= 1 else {
      throw .outsideDomain("shares must be between 0 and 1")
    }
    let mean = (first + second) / 2
    return (
      (2 * mean * (1 - mean)).squareRoot(), (first * (1 - first) + second * (1 - second)).squareRoot()
    )
  }
}
