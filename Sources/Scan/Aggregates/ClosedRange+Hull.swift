extension ClosedRange {
  /// The least range that holds both; nil when there is neither.
  init?(_ one: ClosedRange?, with other: ClosedRange?) {
    guard let one, let other else {
      guard let only = one ?? other else { return nil }
      self = only
      return
    }
    self = Swift.min(one.lowerBound, other.lowerBound)...Swift.max(one.upperBound, other.upperBound)
  }
}
