/// The exact law of the two-sample Kolmogorov-Smirnov statistic for samples without ties.
///
/// The pooled order of two samples is a path on a grid: right for a value of the first sample, up for one of the second.
/// Under the null hypothesis all paths are equally likely. Hodges, "The significance probability of the Smirnov
/// two-sample test", Arkiv foer Matematik 3 (1958). Every term here is positive, so that tails keep their digits.
struct LatticePaths {
  /// The lengths of the samples.
  let first: Int
  let second: Int
  /// The steps of F - G at a value of the first and of the second sample, in units of 1 / lcm(first, second).
  private let up: Int
  private let down: Int

  init(_ first: Int, _ second: Int) {
    self.first = first
    self.second = second
    let divisor = Self.divisor(first, second)
    up = second / divisor
    down = first / divisor
  }

  /// The least common multiple of the lengths: the statistic is a multiple of one over it.
  var unit: Int { first * up }

  /// F - G after so many values of each sample, in units.
  @inline(__always)
  func gap(_ i: Int, _ j: Int) -> Int { i * up - j * down }

  /// The probability that F - G, or for `twoSided` its magnitude, reaches a height given in units. O(first * second).
  func reaching(_ height: Int, twoSided: Bool) -> Probability {
    guard height > 0 else { return .one }
    let total = first + second
    // inside[i + 1]: of the paths to the cell (i, step - i), the share that has stayed inside.
    var inside = [Double](repeating: 0, count: first + 2)
    inside[1] = 1
    // The lowest and the highest cell inside, and the shares of all paths that pass through them.
    var (low, high) = (0, 0)
    var (throughLow, throughHigh) = (ScaledDouble(1), ScaledDouble(1))
    var reached = ScaledDouble(0)
    for step in 0..<total {
      let left = Double(total - step)
      let leavesAbove = high < first && gap(high + 1, step - high) >= height
      let leavesBelow = twoSided && step - low < second && gap(low, step - low + 1) <= -height
      if leavesAbove { reached += throughHigh * (inside[high + 1] * Double(first - high) / left) }
      if leavesBelow { reached += throughLow * (inside[low + 1] * Double(second - step + low) / left) }
      let nextHigh = high < first && !leavesAbove ? high + 1 : high
      let nextLow = step - low == second || leavesBelow ? low + 1 : low
      // Nothing of the next diagonal is inside.
      if nextLow > nextHigh { return .one }
      throughHigh = throughHigh * change(high, step, across: nextHigh > high)
      throughLow = throughLow * change(low, step, across: nextLow > low)
      let share = 1 / Double(step + 1)
      var i = nextHigh
      while i >= nextLow {
        inside[i + 1] = (Double(i) * inside[i] + Double(step + 1 - i) * inside[i + 1]) * share
        i -= 1
      }
      if nextLow > low { inside[low + 1] = 0 }
      (low, high) = (nextLow, nextHigh)
    }
    return reached.probability
  }

  /// By what the share of paths through a cell changes with a step to the right, or else up.
  @inline(__always)
  private func change(_ i: Int, _ step: Int, across: Bool) -> Double {
    let left = Double(first + second - step)
    if across { return Double(first - i) / left * (Double(step + 1) / Double(i + 1)) }
    return Double(second - step + i) / left * (Double(step + 1) / Double(step - i + 1))
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
