/// Power, sample size and minimum detectable effect of McNemar's test.
package enum McNemarPower {
  package static let method = Method(
    "mcnemar-power", aliases: ["sample-size-mcnemar", "connor-sample-size"],
    computes: """
      Rows that both models judge: (z_a sqrt(q) + z_b sqrt(q - d²))² / d², with the share q = p_b + p_c of discordant \
      rows and the difference d = p_b - p_c.
      """,
    use: """
      To plan a comparison of two models on the same rows. The share of discordant rows matters as much as the \
      difference: estimate it from earlier releases.
      """,
    source: "Connor, Biometrics 43 (1987)")

  /// The rows, as a real number, for the shares of rows where only the first and only the second is right. Throws when
  /// the shares are equal, negative or sum to more than 1.
  package static func sampleSize(
    firstOnly: Double, secondOnly: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    let (null, alternative) = try errors(firstOnly, secondOnly)
    guard firstOnly != secondOnly else { throw .noSolution("sample size") }
    return target.rows(effect: firstOnly - secondOnly, null: null, truth: alternative)
  }

  /// The power with so many rows.
  package static func power(
    firstOnly: Double, secondOnly: Double, count: Double, alpha: Double, alternative: Alternative = .twoSided
  ) throws(Undefined) -> Double {
    try Sample.requireShare(alpha, "alpha")
    guard count.isFinite, count > 0 else { throw .outsideDomain("a sample size must be above 0") }
    let (null, spread) = try errors(firstOnly, secondOnly)
    guard spread > 0 else { throw .zeroVariance }
    let root = count.squareRoot()
    return NormalPower.rejection(
      effect: firstOnly - secondOnly, nullError: null / root, error: spread / root, alpha: alpha,
      alternative: alternative)
  }

  /// The smallest difference of the two models' shares that so many rows find, when so large a share is discordant.
  /// Throws when not even all discordant rows to one side would be enough.
  package static func minimumDetectableEffect(
    discordant: Double, count: Double, target: PowerTarget
  ) throws(Undefined) -> Double {
    guard discordant > 0, discordant <= 1 else { throw .outsideDomain("shares must be between 0 and 1") }
    let sign: Double = target.alternative == .less ? -1 : 1
    // With all of a certain discordance on one side nothing is left to vary: a hair less.
    let largest = min(discordant, 1 - 0x1p-40)
    return try sign
      * target.effect(upTo: largest) { (effect) throws(Undefined) in
        try power(
          firstOnly: (discordant + sign * effect) / 2, secondOnly: (discordant - sign * effect) / 2, count: count,
          alpha: target.alpha, alternative: target.alternative)
      }
  }

  /// sqrt(n) times the standard error of the difference, when both are equally right and when they are as they are.
  private static func errors(
    _ firstOnly: Double, _ secondOnly: Double
  ) throws(Undefined) -> (null: Double, alternative: Double) {
    let discordant = firstOnly + secondOnly
    guard firstOnly >= 0, secondOnly >= 0, discordant <= 1 else {
      throw .outsideDomain("shares must not be negative, nor sum to more than 1")
    }
    guard discordant > 0 else { throw .zeroVariance }
    let difference = firstOnly - secondOnly
    return (discordant.squareRoot(), max(0, discordant - difference * difference).squareRoot())
  }
}
