/// The values of two samples together, in ascending order.
enum PooledWalk {
  /// Calls with every distinct value of two sorted samples, ascending, and how many values of each sample equal it.
  /// O(m + n).
  @inline(__always)
  static func each(
    _ first: [Double], _ second: [Double], _ visit: (_ value: Double, _ inFirst: Int, _ inSecond: Int) -> Void
  ) {
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let value = j == second.count || (i < first.count && first[i] <= second[j]) ? first[i] : second[j]
      let (startInFirst, startInSecond) = (i, j)
      while i < first.count, first[i] == value { i &+= 1 }
      while j < second.count, second[j] == value { j &+= 1 }
      visit(value, i &- startInFirst, j &- startInSecond)
    }
  }
}

extension Sample {
  /// Throws when there are fewer than so many values, or one has no place in an order: NaN. Infinities have one.
  static func requireOrdered(_ values: [Double], atLeast needed: Int = 1) throws(Undefined) {
    guard values.count >= needed else { throw .tooFew("values", needed: needed, got: values.count) }
    if let index = values.firstIndex(where: \.isNaN) { throw .notFinite(index: index) }
  }

  /// Sorted copies of two samples, with the demands of `requireOrdered`.
  static func sortedPair(
    _ x: [Double], _ y: [Double], atLeast needed: Int = 1
  ) throws(Undefined) -> (x: [Double], y: [Double]) {
    try requireOrdered(x, atLeast: needed)
    try requireOrdered(y, atLeast: needed)
    return (RadixSort.sorted(x), RadixSort.sorted(y))
  }
}

extension Undefined {
  /// Sums or differences of the values are beyond the range of doubles.
  static let outOfRange = Undefined.outsideDomain("the values are too large or too far apart to compute with")
}
