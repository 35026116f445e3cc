/// The ranks of values: 1 for the smallest, and for equal values the mean of the ranks that they share.
package struct Ranks: Sendable {
  /// The midrank of each value, in the order of the values.
  package let midranks: [Double]
  /// The sum of t^3 - t over the groups of t equal values, by which ties lessen the variance of rank sums.
  package let tieSum: Double
  package var hasTies: Bool { tieSum > 0 }

  /// None of the values may be NaN. O(n).
  package init(_ values: [Double]) {
    let order = RadixSort.order(values)
    var midranks = [Double](repeating: 0, count: values.count)
    var tieSum = CompensatedSum()
    var start = 0
    while start < order.count {
      let value = values[Int(order[start])]
      var end = start + 1
      while end < order.count, values[Int(order[end])] == value { end += 1 }
      let rank = Double(start + 1 + end) / 2
      for index in order[start..<end] { midranks[Int(index)] = rank }
      tieSum.add(Self.tieTerm(end - start))
      start = end
    }
    self.midranks = midranks
    self.tieSum = tieSum.value
  }

  /// What a group of equal values adds to the tie sum.
  @inline(__always)
  static func tieTerm(_ count: Int) -> Double {
    let t = Double(count)
    return t * (t - 1) * (t + 1)
  }
}
