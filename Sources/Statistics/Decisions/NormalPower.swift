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
    let z = Normal.upperQuantile(alternative == .twoSided ? alpha / 2 : alpha)
    let shift = effect / standardError
    return switch alternative {
    case .greater: Normal.upper(z - shift).value
    case .less: Normal.upper(z + shift).value
    case .twoSided: min(1, Normal.upper(z - shift).value + Normal.upper(z + shift).value)
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
