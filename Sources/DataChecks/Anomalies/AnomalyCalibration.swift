internal import Language
internal import Statistics
internal import Verdict

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
  ///   - values: The series, oldest first.
  ///   - repeats: How many series are drawn for each rate.
  package init(of check: String, _ metric: String, _ watch: Watch, _ values: [Double], repeats: Int) {
    (self.check, self.metric, method) = (check, metric, watch.detector.method)
    let values = Array(values.suffix(watch.detector.window))
    runs = values.count
    let needed = max(watch.detector.needed + 1, Self.minimum)
    guard values.count >= needed else {
      leftOut = "\(values.count) of \(needed) runs"
      return
    }
    let same = Self.outcomes(of: watch, values, moved: 0, stream: 0, repeats, check)
    falseAlarms = Self.share(same) { $0 == .failed }
    notGreen = Self.share(same) { $0 != .passed }
    power = Self.moves.enumerated().map { index, move in
      Self.share(Self.outcomes(of: watch, values, moved: move, stream: index + 1, repeats, check)) { $0 == .failed }
    }
  }

  private static func outcomes(
    of watch: Watch, _ values: [Double], moved: Double, stream: Int, _ repeats: Int, _ check: String
  ) -> [Outcome] {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    // A constant series has no deviation of its own.
    let step = (variance > 0 ? variance.squareRoot() : max(mean.magnitude / 100, 1e-3)) * moved
    var random = Philox(Seed("calibrate \(check)", values, [Double(stream)]))
    return (0..<repeats).map { index in
      var series = resampled(values, in: watch.detector.blocks(of: values.count), &random)
      let last = series.removeLast()
      var isBelow = watch.detector.side == .below || watch.detector.side == .both && index % 2 == 1
      // There is no share below 0, nor above 1.
      if watch.unit == .share, watch.detector.side == .both {
        isBelow = isBelow ? last - step >= 0 : last + step > 1
      }
      return watch.outcome(of: last + (isBelow ? -step : step), after: series)
    }
  }

  /// A series of pieces, one value longer than the history: its end follows on what is before it.
  private static func resampled(_ values: [Double], in blocks: AnomalyDetector.Blocks, _ random: inout Philox)
    -> [Double]
  {
    let count = values.count + 1
    let length = min(blocks.length, values.count)
    var series: [Double] = []
    // The first piece is cut, so that the last one is whole.
    var end = count % length == 0 ? length : count % length
    while end <= count {
      let starts = Array(0...(values.count - length)).filter { ($0 - (end - length)) % blocks.period == 0 }
      let start = starts[min(starts.count - 1, Int(random.uniform() * Double(starts.count)))]
      series += values[start..<start + length].suffix(end - series.count)
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
      let period = period?.value ?? Self.week
      return Blocks(length: period, period: period)
    case .change: return Blocks(length: max(root, (order?.value ?? 1) + 1), period: 1)
    case .robust, .normal, .quantile: return Blocks(length: root, period: 1)
    }
  }
}

extension Watch {
  /// What the check says of a value after others.
  func outcome(of value: Double, after history: [Double]) -> Outcome {
    do throws(Undefined) {
      return accepts(value, try detector.band(after: history, unit: unit)) ? .passed : .failed
    } catch {
      return error == .zeroVariance && history.allSatisfy { $0 == value } ? .passed : .inconclusive
    }
  }
}
