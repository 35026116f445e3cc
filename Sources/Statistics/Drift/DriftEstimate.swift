/// How far two populations are apart, as far as their samples tell.
package struct DriftEstimate: Sendable, Hashable {
  package var method: DriftMethod
  /// The distance of the samples themselves. It is above 0 also for samples of one population.
  package var effect: Double
  /// The median distance of such samples of one population.
  package var chance: Double
  /// What the distance of the populations may be.
  package var interval: ConfidenceInterval
  /// How likely samples of one population would differ as much, in whatever way.
  package var p: Probability
  /// Where the interval holds the limit: the rows that the smaller sample needs, and at least as many in the larger one, so
  /// that the interval lies below the limit in four of five cases, if the populations are the same. Nil when the estimate
  /// decides, and when no number of rows would.
  package var rowsToDecide: Int?
  /// The rows of the samples, in effect: less for weights and for what sketches do not tell.
  package var referenceSize: Double
  package var currentSize: Double
  package var cells: Int

  /// The rows below which nothing passes: fewer make cells so coarse that they may hide an effect.
  package static let floor = 100

  /// Whether the populations differ by more than the limit.
  ///
  /// - Parameters:
  ///   - isSignificant: Whether `p` is, after the correction for all columns that are looked at.
  package func decision(limit: Double, isSignificant: Bool, floor: Int = floor) -> DriftDecision {
    if interval.lower > limit, isSignificant { return .drifted }
    if interval.upper <= limit, min(referenceSize, currentSize) >= Double(floor) { return .stable }
    return .undecided
  }
}

/// What an interval and a limit say of drift.
package enum DriftDecision: String, Sendable, Hashable, CaseIterable {
  case drifted
  case stable
  case undecided
}
