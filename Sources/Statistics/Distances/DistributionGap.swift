/// The integral, over the line, of a function of the difference between two distribution functions.
enum DistributionGap {
  /// Of two samples, each value with the same weight. O(m + n).
  static func integral(
    _ x: [Double], _ y: [Double], _ function: (Double) -> Double
  ) throws(Undefined) -> Double {
    try Sample.require(x)
    try Sample.require(y)
    let paths = LatticePaths(x.count, y.count)
    let unit = 1 / Double(paths.unit)
    var (i, j, last) = (0, 0, 0.0)
    var sum = CompensatedSum()
    PooledWalk.each(RadixSort.sorted(x), RadixSort.sorted(y)) { value, inFirst, inSecond in
      if i &+ j > 0 { sum.add(function(Double(paths.gap(i, j)) * unit) * (value - last)) }
      i &+= inFirst
      j &+= inSecond
      last = value
    }
    return try finite(sum)
  }

  /// Of two samples of which each value has a weight of at least 0; nil for equal weights. O((m + n) log(m + n)).
  static func integral(
    _ x: [Double], _ xWeights: [Double]?, _ y: [Double], _ yWeights: [Double]?, _ function: (Double) -> Double
  ) throws(Undefined) -> Double {
    let steps = try Self.steps(x, xWeights, sign: 1) + Self.steps(y, yWeights, sign: -1)
    let order = RadixSort.order(steps.map(\.value)).map(Int.init)
    var (gap, sum) = (CompensatedSum(), CompensatedSum())
    for (index, next) in zip(order, order.dropFirst()) {
      gap.add(steps[index].height)
      sum.add(function(gap.value) * (steps[next].value - steps[index].value))
    }
    return try finite(sum)
  }

  private static func steps(
    _ values: [Double], _ weights: [Double]?, sign: Double
  ) throws(Undefined) -> [(value: Double, height: Double)] {
    try Sample.require(values)
    guard let weights else { return values.map { ($0, sign / Double(values.count)) } }
    try Sample.requirePairs(values, weights)
    guard weights.allSatisfy({ $0 >= 0 }) else { throw .outsideDomain("weights must not be negative") }
    let total = weights.compensatedSum
    guard total > 0 else { throw .noObservations }
    guard total.isFinite else { throw .outOfRange }
    return zip(values, weights).map { ($0, sign * $1 / total) }
  }

  private static func finite(_ sum: CompensatedSum) throws(Undefined) -> Double {
    guard sum.value.isFinite else { throw .outOfRange }
    return max(0, sum.value)
  }
}
