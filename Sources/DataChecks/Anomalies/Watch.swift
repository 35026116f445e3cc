internal import Scan
package import Statistics
package import Verdict

/// A number that is watched from run to run, and by which strategy.
package struct Watch: Sendable {
  package var detector: AnomalyDetector
  package var unit: Quantity.Unit
  /// What its series are called.
  var series: SeriesName

  /// The series of the check that are its own, by what they are called: not those of another condition, or of other
  /// groups.
  func known(to history: MetricHistory, of check: CheckID) -> [(metric: String, points: [MetricHistory.Point])] {
    history[check].filter { series.group(of: $0.metric) != nil }
  }

  /// The groups of earlier runs that had a row in some of those that make the band.
  func groups(knownTo history: HistoryAccess, of check: CheckID) -> [RowGroup] {
    guard series.isOfGroups, case .known(let history) = history else { return [] }
    return known(to: history, of: check).compactMap { metric, points in
      points.suffix(detector.window).contains { $0.value != 0 } ? series.group(of: metric) : nil
    }
  }

  /// Where the value of a run is expected; nil when there are too few earlier ones, or none make a band.
  package func band(after points: [MetricHistory.Point], at time: Int64) -> PredictionBand? {
    let counted = counted(points, before: time)
    guard counted.count >= detector.needed else { return nil }
    return try? detector.band(after: counted, at: time, unit: unit)
  }

  /// The runs of a series that count for one at some time.
  package func counted(_ points: [MetricHistory.Point], before time: Int64) -> [MetricHistory.Point] {
    detector.counted(detector.current(points, unit: unit), before: time)
  }

  /// As many earlier runs as it takes, one on each day or hour, which vary a little about a value: made up, for whoever
  /// tests the check.
  func runs(like value: Double, before time: Int64) -> [MetricHistory.Point] {
    let step = max(value.magnitude / 1000, unit == .share ? 1e-4 : 1e-3)
    let offsets = [0.0, 1, -1, 2, -2]
    let seconds = detector.stepSeconds ?? 86_400
    // The newest is the value itself.
    return (0..<detector.needed).reversed().map { age in
      MetricHistory.Point(
        time: time - Int64(age + 1) * seconds,
        value: max(unit == .share ? 0 : -.infinity, value + step * offsets[age % offsets.count]))
    }
  }

  /// Whether a value is none that the check would fail for.
  package func accepts(_ value: Double, _ band: PredictionBand) -> Bool { detector.accepts(value, band) }
}
