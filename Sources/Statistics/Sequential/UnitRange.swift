/// A known range of values, moved to 0...1 and back.
struct UnitRange: Sendable, Hashable {
  let lower: Double
  let width: Double

  /// Throws when the range is empty or has no finite width.
  init(_ range: ClosedRange<Double>) throws(Undefined) {
    lower = range.lowerBound
    width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite else { throw .outsideDomain("a range must have a finite width above 0") }
  }

  /// Where in the range a value lies. Throws for one outside of it, or NaN.
  func share(_ value: Double, index: Int) throws(Undefined) -> Double {
    guard value.isFinite else { throw .notFinite(index: index) }
    let share = (value - lower) / width
    guard share >= 0, share <= 1 else { throw .outsideDomain("values must lie in the range") }
    return share
  }

  func value(_ share: Double) -> Double { lower + share * width }
}
