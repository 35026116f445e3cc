import Foundation
import Statistics

/// Bands of an anomaly check after histories in which nothing has changed, and after a move of the newest value.
struct Bands {
  /// As the check has them when nobody says else.
  private static let confidence = 0.99
  private static let floor = BandFloor(relative: 0.01)
  private static let week = 7
  /// By how many standard deviations of the series the newest value is moved.
  private static let moves = [3.0, 5]

  enum Strategy: String, CaseIterable {
    case robust, normal, quantile, seasonal

    /// Nil where the history is too short for it.
    func band(after history: [Double]) throws(Undefined) -> PredictionBand? {
      let needed =
        switch self {
        case .robust, .normal: 7
        case .quantile: try QuantileBand.minimumCount(confidence: Bands.confidence)
        case .seasonal: try SeasonalBand.minimumCount(period: Bands.week)
        }
      guard history.count >= needed else { return nil }
      let (level, floor) = (Bands.confidence, Bands.floor)
      return switch self {
      case .robust: try RobustBand.band(after: history, confidence: level, floor: floor)
      case .normal: try NormalBand.band(after: history, confidence: level, floor: floor)
      case .quantile: try QuantileBand.band(after: history, confidence: level, floor: floor)
      case .seasonal: try SeasonalBand.band(after: history, period: Bands.week, confidence: level, floor: floor)
      }
    }
  }

  /// Numbers of runs as they are watched, about 100.
  enum Series: String, CaseIterable {
    case normal
    /// Log-normal.
    case skewed
    /// Student's t with three degrees of freedom.
    case heavyTailed = "heavy-tailed"
    /// Less at the end of each week.
    case weekly
    /// Each value leans by half on the one before.
    case dependent
    /// One of twenty runs is an outlier of its own.
    case contaminated
    /// Two levels, three of five runs at the first: the median is one of them again and again.
    case levels
    /// Nearly half of the runs are the same to the last digit, and the others vary.
    case tied

    /// The standard deviation but for the season and the outliers.
    static let deviation = 5.0

    func values(_ count: Int, _ random: inout Philox) -> [Double] {
      var before = normal(&random)
      return (0..<count).map { run in
        switch self {
        case .normal: return 100 + Self.deviation * normal(&random)
        case .skewed: return 90 + Self.deviation * (exp(0.7 * normal(&random)) - 1.28) / 1.02
        case .heavyTailed:
          let squares = (0..<3).reduce(0.0) { sum, _ in
            let z = normal(&random)
            return sum + z * z
          }
          return 100 + Self.deviation * normal(&random) / squares.squareRoot()
        case .weekly: return 100 - (run % Bands.week > 4 ? 40 : 0) + Self.deviation * normal(&random)
        case .dependent:
          before = 0.5 * before + 0.75.squareRoot() * normal(&random)
          return 100 + Self.deviation * before
        case .contaminated:
          let isOutlier = run < count - 1 && random.uniform() < 0.05
          return 100 + Self.deviation * normal(&random) * (isOutlier ? 10 : 1)
        case .levels: return random.uniform() < 0.6 ? 99 : 102
        case .tied: return random.uniform() < 0.45 ? 100 : 100 + 2 * Self.deviation * normal(&random)
        }
      }
    }

    private func normal(_ random: inout Philox) -> Double { Normal.quantile(max(random.uniform(), 1e-16)) }
  }

  var strategy: Strategy
  var series: Series
  var history: Int

  /// How often the next value is outside of the band, as it is and moved to either side; nil where the strategy takes a
  /// longer history.
  func run(_ runs: Int) throws -> String? {
    var outside = [Int](repeating: 0, count: 1 + Self.moves.count)
    for run in 0..<runs {
      var random = Philox(Seed("bands \(series.rawValue) \(history)"), stream: UInt64(run))
      var values = series.values(history + 1, &random)
      let next = values.removeLast()
      guard let band = try strategy.band(after: values) else { return nil }
      let side = run % 2 == 0 ? 1.0 : -1
      for (index, move) in ([0] + Self.moves).enumerated() where !band.contains(next + side * move * Series.deviation) {
        outside[index] += 1
      }
    }
    let shares = outside.map { "\(Double($0) / Double(runs))" }
    return """
      {"strategy": "\(strategy.rawValue)", "series": "\(series.rawValue)", "history": \(history), "runs": \(runs), \
      "alarms": \(shares[0]), "found": [\(shares.dropFirst().joined(separator: ", "))]}
      """
  }
}
