internal import Glibc

/// A confidence sequence for the mean of values in a known range, in closed form.
package struct EmpiricalBernsteinSequence: Sequential {
  package let confidence: Double
  private let range: UnitRange
  private var plugIn: PredictablePlugIn
  private var stakes = CompensatedSum()
  private var staked = CompensatedSum()
  private var penalty = CompensatedSum()
  private var lower = 0.0
  private var upper = 1.0

  package static let method = Method(
    "empirical-bernstein-sequence", aliases: ["predictable-plug-in"],
    computes: """
      The mean of values in 0...1, weighted by stakes l_i that depend on earlier values only, ± (ln(2 / (1 - confidence)) \
      + sum 4 (x_i - m_(i-1))² (-ln(1 - l_i) - l_i) / 4) / sum l_i, intersected over all times.
      """,
    use: """
      A mean of bounded values of unknown variance, watched while rows arrive, in constant time and memory. It adapts to \
      the variance, and holds for every distribution in the range; values outside of it are refused. The betting \
      sequence is shorter.
      """,
    source: "Waudby-Smith and Ramdas, J. R. Statist. Soc. B 86 (2024), theorem 2")

  /// Throws when the confidence is not between 0 and 1, or the range has no finite width.
  package init(range: ClosedRange<Double> = 0...1, confidence: Double) throws(Undefined) {
    try Sample.requireShare(confidence, "confidence")
    self.range = try UnitRange(range)
    self.confidence = confidence
    plugIn = PredictablePlugIn(confidence: confidence)
  }

  package var count: Int { plugIn.count }

  package mutating func update(_ observation: Double) throws(Undefined) {
    let x = try range.share(observation, index: count)
    let stake = min(plugIn.stake, 0.5)
    let deviation = x - plugIn.mean
    stakes.add(stake)
    staked.add(stake * x)
    penalty.add(deviation * deviation * (-log1p(-stake) - stake))
    plugIn.update(x)
    let center = staked.value / stakes.value
    let half = (log(2) - log1p(-confidence) + penalty.value) / stakes.value
    lower = max(lower, center - half)
    upper = min(upper, center + half)
  }

  /// What the mean may be; all of the range before the first observation. Throws when the intervals of different times
  /// exclude each other, as they do once in a while, and when the mean does not stay the same.
  package func interval() throws(Undefined) -> ConfidenceInterval {
    guard lower <= upper else { throw .noSolution("constant mean") }
    return ConfidenceInterval(lower: range.value(lower), upper: range.value(upper), confidence: confidence)
  }
}
