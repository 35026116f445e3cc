/// A sum with twice the precision of a double (Knuth's TwoSum; Neumaier 1974).
struct CompensatedSum: Sendable, Equatable {
  private(set) var high: Double
  private(set) var low: Double

  init(high: Double = 0, low: Double = 0) {
    self.high = high
    self.low = low
  }

  var value: Double { high.isFinite && low.isFinite ? high + low : high }

  /// Adds a number and what is known of its error.
  @inline(__always)
  mutating func add(_ number: Double, _ error: Double) {
    let next = high + number
    let added = next - high
    low += ((high - (next - added)) + (number - added)) + error
    high = next
  }
}
