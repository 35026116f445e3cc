/// Power, sample size and minimum detectable effect of any estimate that is nearly normal, by its standard error.
package enum NormalPower {
  package static let method = Method(
    "normal-power", aliases: ["mde", "mde-normal", "z-power"],
    computes: """
      The smallest effect that a test at level alpha finds with the power asked for: (z_(1 - alpha/sides) + z_power) SE. \
      The power of an effect is the normal tail beyond the critical value; the rows needed grow with the square of the \
      spread over the effect.
      """,
    use: """
      Means and differences of many rows, and any metric whose standard error is known: AUC by DeLong, a bootstrap. A \
      verdict that prints its detectable effect says what it could not have seen. For few rows use the t test's.
      """,
    source: "Lachin, Controlled Clinical Trials 2 (1981)")

  /// The power for an effect with so much standard error.
  package static func power(
    effect: Double, standardError: Double, alpha: Double, alternative: Alternative = .twoSided
  ) throws(Undefined) -> Double {
    try Sample.requireShare(alpha, "alpha")
    try require(effect, standardError)
    return rejection(
      effect: effect, nullError: standardError, error: standardError, alpha: alpha, alternative: alternative)
  }

  /// How often an estimate of an effect is beyond the critical value, when it has one standard error were there no effect
  /// and another one in truth.
  static func rejection(
    effect: Double, nullError: Double, error: Double, alpha: Double, alternative: Alternative
  ) -> Double {
    let critical = Normal.upperQuantile(alternative == .twoSided ? alpha / 2 : alpha) * (nullError / error)
    let shift = effect / error
    let (above, below) = (Normal.upper(critical - shift).value, Normal.upper(critical + shift).value)
    return switch alternative {
    case .greater: above
    case .less: below
    case .twoSided: min(1, above + below)
    }
  }

  /// The smallest effect found with so much standard error; the far tail of a two-sided test is left out.
  package static func minimumDetectableEffect(
    standardError: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    try require(0, standardError)
    let effect = (target.criticalZ + target.powerZ) * standardError
    guard effect > 0 else { throw .outsideDomain("the power must be above alpha") }
    return effect
  }

  /// The rows that find an effect, when one row has the standard deviation.
  package static func sampleSize(
    effect: Double, standardDeviation: Double, target: PowerTarget
  ) throws(Undefined) -> Int {
    try require(effect, standardDeviation)
    guard effect != 0 else { throw .noSolution("sample size") }
    let root = try minimumDetectableEffect(standardError: standardDeviation, target: target) / effect.magnitude
    return try PowerTarget.rows(root * root)
  }

  private static func require(_ effect: Double, _ error: Double) throws(Undefined) {
    guard effect.isFinite, error.isFinite, error > 0 else {
      throw .outsideDomain("the effect must be finite, and its standard error above 0")
    }
  }
}
