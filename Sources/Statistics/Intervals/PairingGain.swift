/// How much sharper a difference of two shares is measured on the same rows than on separate ones.
package struct PairingGain: Sendable, Hashable {
  /// The standard error on so many rows of each model's own.
  package let unpairedError: Double
  /// The standard error on so many rows that both judge.
  package let pairedError: Double

  package static let method = Method(
    "pairing-gain", aliases: ["paired-standard-error"],
    computes: """
      The standard error of p1 - p2 from separate samples, sqrt((p1 (1 - p1) + p2 (1 - p2)) / n), and from the same rows, \
      sqrt((q - (p1 - p2)²) / n) with the share q of discordant rows; the ratio of their squares is the factor of rows \
      that pairing saves.
      """,
    use: """
      To plan: two models of 86 % that disagree on 4 % of rows need six times the rows when they are measured apart.
      """,
    source: "Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. (2003), section 13.1")

  /// Throws when a share is outside 0...1, when so few rows are discordant that the shares could not differ so much, or
  /// without rows.
  package init(first: Double, second: Double, discordant: Double, count: Int) throws(Undefined) {
    for share in [first, second, discordant] {
      guard share >= 0, share <= 1 else { throw .outsideDomain("shares must be between 0 and 1") }
    }
    let difference = first - second
    guard discordant >= difference.magnitude * (1 - 1e-12) else {
      throw .outsideDomain("the share of discordant rows must be at least the difference")
    }
    guard count > 0 else { throw .noObservations }
    let n = Double(count)
    unpairedError = ((first * (1 - first) + second * (1 - second)) / n).squareRoot()
    pairedError = (max(0, discordant - difference * difference) / n).squareRoot()
  }

  /// The factor of rows that separate samples need for the same error. Throws when no row is discordant.
  package func rowsSaved() throws(Undefined) -> Double {
    guard pairedError > 0 else { throw .zeroVariance }
    let ratio = unpairedError / pairedError
    return ratio * ratio
  }
}
