package import Statistics
package import Verdict

/// A number that is watched from run to run, and by which strategy.
package struct Watch: Sendable {
  package var detector: AnomalyDetector
  package var unit: Quantity.Unit

  /// Where the next value is expected; nil when there are too few values, or none make a band.
  package func band(after history: [Double]) -> PredictionBand? {
    guard history.count >= detector.needed else { return nil }
    return try? detector.band(after: history, unit: unit)
  }

  /// As many values of earlier runs as it takes, which vary a little about one: made up, for whoever tests the check.
  func runs(like value: Double) -> [Double] {
    let step = max(value.magnitude / 1000, unit == .share ? 1e-4 : 1e-3)
    let offsets = [0.0, 1, -1, 2, -2]
    // The newest is the value itself.
    return (0..<detector.needed).reversed().map { age in
      max(unit == .share ? 0 : -.infinity, value + step * offsets[age % offsets.count])
    }
  }

  /// Whether a value is none that the check would fail for.
  package func accepts(_ value: Double, _ band: PredictionBand) -> Bool { detector.accepts(value, band) }
}
