internal import Language
internal import Statistics
package import Verdict

/// How often a watched number alarms on runs like those of its history, and which moves of it are seen.
///
/// Series as long as the history are made of pieces of it that are drawn at random (the moving-block bootstrap, Künsch
/// 1989), and the value that follows the last piece is judged by the series. So neighbours stay neighbours, and seasons
/// keep their places; a trend of the whole history does not survive.
package struct AnomalyCalibration: Sendable {
  /// By how many standard deviations of the history the judged value is moved.
  package static let moves = [1.0, 2, 3, 5, 8]

  /// Pieces of fewer runs repeat each other, and say more of that than of the number.
  private static let minimum = 20

  package let check: String
  package let metric: String
  package let method: String
  /// How many runs the history has.
  package let runs: Int
  /// Why nothing was measured; nil when it was.
  package private(set) var leftOut: String?
  /// The share of values like those of the history that fail.
  package private(set) var falseAlarms = 0.0
  /// The share of them that do not pass.
  package private(set) var notGreen = 0.0
  /// The share of values that fail after each of the moves, to the side on which they are anomalies.
  package private(set) var power: [Double] = []

  /// - Parameters:
  ///   - points: The runs of the series that count, oldest first.
  ///   - repeats: How many series are drawn for each rate.
  package init(of check: String, _ metric: String, _ watch: Watch, _ points: [MetricHistory.Point], repeats: Int) {
    (self.check, self.metric, method) = (check, metric, watch.detector.method)
    runs = points.count
    let needed = max(watch.detector.needed + 1, Self.minimum)
    guard points.count >= needed else {
      leftOut = "\(points.count) of \(watch.detector.words(needed))"
      return
    }
    guard let steps = Self.steps(points, of: watch.detector.stepSeconds) else {
      leftOut = "most days or hours have no run"
      return
    }
    func share(moved: Double, stream: Int, _ test: (Outcome) -> Bool) -> Double {
      let outcomes = Self.outcomes(of: watch, steps, moved: moved, stream: stream, repeats, check)
      return Self.share(outcomes, test)
    }
    falseAlarms = share(moved: 0, stream: 0) { $0 == .failed }
    notGreen = share(moved: 0, stream: 0) { $0 != .passed }
    power = Self.moves.enumerated().map { index, move in
      share(moved: move, stream: index + 1) { $0 == .failed }
    }
  }

  /// The values by the steps of the season, where a step without a run has none; nil when hardly any has one.
  private static func steps(_ points: [MetricHistory.Point], of seconds: Int64?) -> [Double?]? {
    guard let seconds, let first = points.first, let last = points.last else { return points.map(\.value) }
    let (span, overflows) = last.time.subtractingReportingOverflow(first.time)
    guard !overflows, span / seconds < 20 * Int64(points.count) else { return nil }
    let beginning = AnomalyDetector.step(of: first.time, seconds)
    var steps = [Double?](repeating: nil, count: AnomalyDetector.step(of: last.time, seconds) - beginning + 1)
    for point in points { steps[AnomalyDetector.step(of: point.time, seconds) - beginning] = point.value }
    return steps
  }

  private static func outcomes(
    of watch: Watch, _ steps: [Double?], moved: Double, stream: Int, _ repeats: Int, _ check: String
  ) -> [Outcome] {
    let values = steps.compactMap(\.self)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    // A constant series has no deviation of its own.
    let size = (variance > 0 ? variance.squareRoot() : max(mean.magnitude / 100, 1e-3)) * moved
    var random = Philox(Seed("calibrate \(check)", values, [Double(stream)]))
    let seconds = watch.detector.stepSeconds ?? 1
    return (0..<repeats).compactMap { index in
      let series = resampled(steps, in: watch.detector.blocks(of: steps.count), &random)
      var points = series.enumerated().compactMap { step, value in
        value.map { MetricHistory.Point(time: Int64(step) * seconds, value: $0) }
      }
      guard let last = points.popLast() else { return nil }
      var isBelow = watch.detector.side == .below || watch.detector.side == .both && index % 2 == 1
      // There is no share below 0, nor above 1.
      if watch.unit == .share, watch.detector.side == .both {
        isBelow = isBelow ? last.value - size >= 0 : last.value + size > 1
      }
      let moved = last.value + (isBelow ? -size : size)
      return watch.detector.outcome(of: moved, after: points, at: last.time, unit: watch.unit)
    }
  }

  /// A series of pieces, one step longer than the history: its end follows on what is before it.
  private static func resampled(_ steps: [Double?], in blocks: AnomalyDetector.Blocks, _ random: inout Philox)
    -> [Double?]
  {
    let count = steps.count + 1
    let length = min(blocks.length, steps.count)
    var series: [Double?] = []
    // The first piece is cut, so that the last one is whole.
    var end = count % length == 0 ? length : count % length
    while end <= count {
      let starts = Array(0...(steps.count - length)).filter { ($0 - (end - length)) % blocks.period == 0 }
      let start = starts[min(starts.count - 1, Int(random.uniform() * Double(starts.count)))]
      series += steps[start..<start + length].suffix(end - series.count)
      end += length
    }
    return series
  }

  private static func share(_ outcomes: [Outcome], _ test: (Outcome) -> Bool) -> Double {
    outcomes.isEmpty ? 0 : Double(outcomes.count(where: test)) / Double(outcomes.count)
  }
}

extension AnomalyDetector {
  /// How a history is cut into pieces that are put together anew.
  struct Blocks {
    var length: Int
    /// A piece begins only where as many periods and the same rest were before it.
    var period: Int
  }

  /// The cube root of the length is long enough for what depends on its neighbours; differences and seasons want more.
  func blocks(of count: Int) -> Blocks {
    let root = (1...max(1, count)).first { $0 * $0 * $0 >= count } ?? 1
    switch strategy {
    case .seasonal:
      return Blocks(length: season.steps, period: season.steps)
    case .change: return Blocks(length: max(root, (order?.value ?? 1) + 1), period: 1)
    case .robust, .normal, .quantile: return Blocks(length: root, period: 1)
    }
  }
}
