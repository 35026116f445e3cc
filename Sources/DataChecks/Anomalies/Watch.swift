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

  /// Whether a value is none that the check would fail for.
  package func accepts(_ value: Double, _ band: PredictionBand) -> Bool { detector.accepts(value, band) }
}
