/// A confidence sequence for the mean of values in a known range: the means against which no one has grown rich.
package struct BettingSequence: Sequential, Hashable {
  package let confidence: Double
  private let range: UnitRange
  private var plugIn: PredictablePlugIn
  /// What a unit has become by betting that the mean is above, and below, each point of the grid 0...1.
  private var above: [Double]
  private var below: [Double]
  /// The largest point of the grid that the mean is above, and the smallest that it is below.
  private var lower = 0
  private var upper: Int

  package static let method = Method(
    "betting-sequence", aliases: ["hedged-capital", "e-process"],
    computes: """
      For each mean m, the capital of a gambler who stakes half a unit on higher values than m and half on lower ones: \
      products of 1 + l (x - m) and of 1 - l (x - m), with stakes l from earlier values only. Were m the mean, neither \
      half would ever reach 1 / (1 - confidence) but with that probability; the sequence holds the m where neither has.
      """,
    use: """
      A mean of bounded values of any shape, watched while rows arrive: the shortest sequence there is for skewed and \
      heavy-tailed values within a range. Values outside of it are refused. Its ends lie on a grid of a thousand points, \
      rounded outwards; for values without a range watch a quantile.
      """,
    source: "Waudby-Smith and Ramdas, J. R. Statist. Soc. B 86 (2024), theorem 3")

  /// The ends lie on a grid of so many steps. Throws when the confidence is not between 0 and 1, the range has no finite
  /// width or the steps are not between 2 and 2^20.
  package init(
    range: ClosedRange<Double> = 0...1, confidence: Double, steps: Int = 1000
  ) throws(Undefined) {
    try Sample.requireShare(confidence, "confidence")
    guard (2...1 << 20).contains(steps) else { throw .outsideDomain("steps must be between 2 and 2^20") }
    self.range = try UnitRange(range)
    self.confidence = confidence
    plugIn = PredictablePlugIn(confidence: confidence)
    above = [Double](repeating: 0.5, count: steps + 1)
    below = above
    upper = steps
  }

  package var count: Int { plugIn.count }

  /// O(steps) at first; points that are ruled out cost nothing more.
  package mutating func update(_ observation: Double) throws(Undefined) {
    let x = try range.share(observation, index: count)
    let stake = plugIn.stake
    plugIn.update(x)
    let rich = 1 / (1 - confidence)
    let steps = above.count - 1
    // The first capital falls and the second grows with the point, so what they rule out are ends of the grid. Stakes
    // are cut so that no bet can lose more than half.
    let (first, last) = (lower, upper)
    guard first <= last else { return }
    for index in first...last {
      let point = Double(index) / Double(steps)
      above[index] *= 1 + min(stake, 0.5 / point) * (x - point)
      if above[index] >= rich { lower = max(lower, index) }
      below[index] *= 1 - min(stake, 0.5 / (1 - point)) * (x - point)
      if below[index] >= rich { upper = min(upper, index) }
    }
  }

  /// What the mean may be; all of the range before the first observation. Throws when all means are ruled out, as
  /// happens once in a while, and when the mean does not stay the same.
  package func interval() throws(Undefined) -> ConfidenceInterval {
    guard lower < upper else { throw .noSolution("constant mean") }
    let steps = Double(above.count - 1)
    return ConfidenceInterval(
      lower: range.value(Double(lower) / steps), upper: range.value(Double(upper) / steps), confidence: confidence)
  }
}
