/// Power, sample size and minimum detectable effect of an AUC, or of a difference of two on the same rows.
package struct AUCPower: Sendable, Hashable {
  /// The variances of the placements among the positives and among the negatives (DeLong's S10 and S01).
  package let positiveVariance: Double
  package let negativeVariance: Double

  package static let method = Method(
    "auc-power", aliases: ["auc-sample-size", "hanley-mcneil"],
    computes: """
      The standard error of an AUC is sqrt(S10 / m + S01 / n) for m positives and n negatives, with the variances of \
      DeLong's placement values; of a difference of two, with those of the placements' differences. Before there are \
      data, Hanley and McNeil's 2A²/(1 + A) - A² and A/(2 - A) - A² stand in for them. Power and sizes follow as for any \
      normal estimate.
      """,
    use: """
      To say how many labelled rows a claim about an AUC needs: the rarer class decides. For a difference take the \
      variances from a pilot, since they depend on how alike the two models are.
      """,
    source: """
      DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988); Hanley and McNeil, Radiology 143 (1982)
      """)

  /// From the variances of a pilot's placements, or of their differences. Throws when one is negative or not finite, or
  /// both are 0.
  package init(positiveVariance: Double, negativeVariance: Double) throws(Undefined) {
    guard positiveVariance >= 0, negativeVariance >= 0, positiveVariance.isFinite, negativeVariance.isFinite else {
      throw .outsideDomain("variances must not be negative")
    }
    guard positiveVariance + negativeVariance > 0 else { throw .zeroVariance }
    self.positiveVariance = positiveVariance
    self.negativeVariance = negativeVariance
  }

  /// From an expected AUC alone, as for scores that are exponential in each class.
  package init(auc: Double) throws(Undefined) {
    try Sample.requireShare(auc, "an AUC")
    try self.init(
      positiveVariance: 2 * auc * auc / (1 + auc) - auc * auc, negativeVariance: auc / (2 - auc) - auc * auc)
  }

  /// The standard error with so many rows of each class.
  package func standardError(positives: Int, negatives: Int) throws(Undefined) -> Double {
    guard positives > 0, negatives > 0 else { throw .singleClass }
    return (positiveVariance / Double(positives) + negativeVariance / Double(negatives)).squareRoot()
  }

  package func power(
    effect: Double, positives: Int, negatives: Int, alpha: Double, alternative: Alternative = .twoSided
  ) throws(Undefined) -> Double {
    try NormalPower.power(
      effect: effect, standardError: standardError(positives: positives, negatives: negatives), alpha: alpha,
      alternative: alternative)
  }

  package func minimumDetectableEffect(
    positives: Int, negatives: Int, target: PowerTarget
  ) throws(Undefined) -> Double {
    try NormalPower.minimumDetectableEffect(
      standardError: standardError(positives: positives, negatives: negatives), target: target)
  }

  /// The rows of both classes together that find an effect, when so large a share of them is positive.
  package func sampleSize(effect: Double, positiveShare: Double, target: PowerTarget) throws(Undefined) -> Int {
    try Sample.requireShare(positiveShare, "the share of positives")
    let variance = positiveVariance / positiveShare + negativeVariance / (1 - positiveShare)
    return try NormalPower.sampleSize(effect: effect, standardDeviation: variance.squareRoot(), target: target)
  }
}
