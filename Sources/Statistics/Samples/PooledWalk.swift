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
