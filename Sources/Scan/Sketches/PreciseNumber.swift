/// A number with more digits than a double has: the nearest double, and what that lacks.
struct PreciseNumber: Comparable, Sendable {
  var high: Double
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  static func < (a: PreciseNumber, b: PreciseNumber) -> Bool { a.high != b.high ? a.high < b.high : a.low < b.low }
}
