/// Quantiles of values that have weights.
package struct WeightedQuantiles: Sendable {
  private let values: [Double]
  /// The sum of the weights up to and with each value.
  private let sums: [Double]

  package static let method = Method(
    "weighted-quantile", aliases: ["weighted-quantiles", "weighted-median"],
    computes: """
      Inverted distribution function (type 1): the least value of which the weights up to and with it reach q W, W the sum \
      of all weights. Linear (type 7, for frequencies): interpolated at the place 1 + (W - 1) q of the sample in which \
      each value stands as often as its weight says.
      """,
    use: """
      The first for weights of any kind and unit; it answers with observed values, and NumPy's weighted quantile agrees. \
      The second only for weights that are frequencies; R's Hmisc::wtd.quantile agrees.
      """,
    source: "Hyndman and Fan, The American Statistician 50 (1996), on the sample that the weights describe")

  /// O(n). Throws without values, with one that is not finite, for weights that are negative or sum to 0 or to
  /// too much, and for lengths that differ.
  package init(_ values: [Double], weights: [Double]) throws(Undefined) {
    try Weights.require(weights, for: values)
    let order = RadixSort.order(values).map { Int($0) }.filter { weights[$0] > 0 }
    var sum = CompensatedSum()
    self.values = order.map { values[$0] }
    sums = order.map { index in
      sum.add(weights[index])
      return sum.value
    }
    guard weight.isFinite else { throw .outOfRange }
  }

  private var weight: Double { sums[sums.count - 1] }

  /// Type 1. Throws for q outside 0...1. O(log n).
  package func value(_ q: Double) throws(Undefined) -> Double {
    guard 0...1 ~= q else { throw .outsideDomain("a quantile's share must be between 0 and 1") }
    return values[first { $0 >= q * weight }]
  }

  /// Type 7 of the sample that the frequencies describe. Throws also when these sum to less than 1.
  package func linear(_ q: Double) throws(Undefined) -> Double {
    guard 0...1 ~= q else { throw .outsideDomain("a quantile's share must be between 0 and 1") }
    guard weight >= 1 else { throw .tooFew("observations", needed: 1, got: 0) }
    let position = (weight - 1) * q
    let whole = position.rounded(.down)
    let (low, high) = (values[first { $0 > whole }], values[first { $0 > whole + 1 }])
    let fraction = position - whole
    return low == high ? low : low * (1 - fraction) + high * fraction
  }

  /// The first value whose sum of weights meets a condition that holds from there on; else the last.
  private func first(where meets: (Double) -> Bool) -> Int {
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if meets(sums[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
