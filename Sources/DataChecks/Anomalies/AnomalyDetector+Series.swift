internal import Language
internal import Statistics
internal import Verdict

// Which values of earlier runs count, and at which step of a season they stand.

extension AnomalyDetector {
  /// The runs of a series that make a band, oldest first: the newest ones, and by the calendar one for each day or hour
  /// before that of the run that is judged.
  func counted(_ points: [MetricHistory.Point], before time: Int64) -> [MetricHistory.Point] {
    guard let seconds = stepSeconds else { return points.suffix(window) }
    let now = Self.step(of: time, seconds)
    var counted: [MetricHistory.Point] = []
    for point in points where Self.step(of: point.time, seconds) < now {
      // Whoever runs twice on a day has corrected the day.
      if let last = counted.last, Self.step(of: last.time, seconds) >= Self.step(of: point.time, seconds) {
        counted.removeLast()
      }
      counted.append(point)
    }
    return counted.suffix(window)
  }

  /// The runs since the last one that was odd and that somebody accepted all the same: what was before it counts no more.
  func current(_ points: [MetricHistory.Point], unit: Quantity.Unit) -> [MetricHistory.Point] {
    var begin = points.startIndex
    for (index, point) in points.enumerated() where point.isFresh {
      let earlier = counted(Array(points[begin..<index]), before: point.time)
      guard earlier.count >= needed else { continue }
      if outcome(of: point.value, after: earlier, at: point.time, unit: unit) != .passed { begin = index }
    }
    return Array(points[begin...])
  }

  /// Where the value of a run is expected.
  ///
  /// - Parameters:
  ///   - earlier: the runs that count.
  ///   - time: when the run is.
  ///   - unit: what the values are. Of a share, a share is a difference and not a part of it.
  func band(
    after earlier: [MetricHistory.Point], at time: Int64, unit: Quantity.Unit
  ) throws(Undefined) -> PredictionBand {
    let values = earlier.map(\.value)
    let (level, floor) = (confidence.value, floor(unit))
    switch strategy {
    case .robust: return try RobustBand.band(after: values, confidence: level, floor: floor)
    case .normal: return try NormalBand.band(after: values, confidence: level, floor: floor)
    case .quantile: return try QuantileBand.band(after: values, confidence: level, floor: floor)
    case .seasonal:
      guard let seconds = stepSeconds else {
        return try SeasonalBand.band(after: values, period: season.steps, confidence: level, floor: floor)
      }
      let series = earlier.map { SeasonalValue(step: Self.step(of: $0.time, seconds), $0.value) }
      return try SeasonalBand.band(
        after: series, at: Self.step(of: time, seconds), period: season.steps, confidence: level, floor: floor)
    case .change:
      let limit = within?.value ?? Quantity(0)
      let isRelative = limit.unit == .share && unit != .share
      return try ChangeBounds.band(
        after: values, within: isRelative ? .relative(limit.value) : .absolute(limit.value), order: order?.value ?? 1)
    }
  }

  /// What the check says of a value after others.
  func outcome(
    of value: Double, after earlier: [MetricHistory.Point], at time: Int64, unit: Quantity.Unit
  ) -> Outcome {
    do throws(Undefined) {
      return accepts(value, try band(after: earlier, at: time, unit: unit)) ? .passed : .failed
    } catch {
      return error == .zeroVariance && earlier.allSatisfy { $0.value == value } ? .passed : .inconclusive
    }
  }

  /// How long a step of the season is, in seconds; nil where each run is one.
  var stepSeconds: Int64? { strategy == .seasonal ? season.seconds : nil }

  /// The day or hour since 1970, UTC.
  static func step(of time: Int64, _ seconds: Int64) -> Int {
    Int(time >= 0 || time % seconds == 0 ? time / seconds : time / seconds - 1)
  }
}
