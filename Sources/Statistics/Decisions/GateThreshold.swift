/// The threshold of a gate, from the errors that it may make.
package struct GateThreshold: Sendable, Hashable {
  /// The regression that the gate finds with the power asked for.
  package let detectableRegression: Double
  /// Where to put the threshold, as a distance from the reference (negative: below it).
  package let fromReference: Double

  package static let method = Method(
    "gate-threshold", aliases: ["threshold-from-alpha"],
    computes: """
      With n rows of standard deviation s for each of candidate and reference: the threshold lies z_(1 - alpha) \
      sqrt(2 s² / n) below the reference, so that an equal candidate fails with the probability alpha; the regression \
      (z_(1 - alpha) + z_(1 - beta)) sqrt(2 s² / n) is found with the probability 1 - beta.
      """,
    use: """
      To set a plain threshold for a noisy metric that is measured anew each time, instead of relaxing it by hand after \
      each false alarm. With the per-row results of both, an interval of the paired difference decides better.
      """,
    source: "Lachin, Controlled Clinical Trials 2 (1981); NVIDIA TensorRT-LLM, accuracy tests' README (2024)")

  /// Throws without rows, when the deviation is not above 0, or the errors are not between 0 and 1.
  package init(count: Int, standardDeviation: Double, alpha: Double, beta: Double) throws(Undefined) {
    try Sample.requireShare(beta, "beta")
    let target = try PowerTarget(alpha: alpha, power: 1 - beta, alternative: .greater)
    guard count > 0 else { throw .noObservations }
    let error = standardDeviation * (2 / Double(count)).squareRoot()
    detectableRegression = try NormalPower.minimumDetectableEffect(standardError: error, target: target)
    fromReference = -target.criticalZ * error
  }
}
