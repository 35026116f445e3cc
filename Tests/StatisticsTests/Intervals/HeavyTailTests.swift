import Foundation
import Testing

@testable import Statistics

/// Losses of which few rows make most: what is worse than the margin passes at most three times in a hundred, where the
/// promise is two and a half. The rate of the t interval is up to four times that.
@Suite struct HeavyTailTests {
  /// What a candidate loses more than its baseline, row by row, and its mean.
  enum Losses: String, CaseIterable, Sendable {
    case lognormal, studentSquares, pareto, paretoReplaced

    var mean: Double {
      switch self {
      case .lognormal: exp(0.625) - exp(0.5)
      // The variance of Student's t with 3 degrees is 3.
      case .studentSquares: 0.09 + 3 * (1 - 0.97 * 0.97)
      case .pareto: 0.5
      case .paretoReplaced: 0
      }
    }

    func draw(_ random: inout Philox) -> Double {
      switch self {
      case .lognormal:
        let baseline = exp(Self.normal(&random))
        return baseline * exp(0.5 * Self.normal(&random)) - baseline
      case .studentSquares:
        let squares = (0..<3).reduce(0.0) { sum, _ in
          let z = Self.normal(&random)
          return sum + z * z
        }
        let t = Self.normal(&random) / (squares / 3).squareRoot()
        let mine = t + 0.3 * Self.normal(&random)
        return mine * mine - 0.97 * 0.97 * t * t
      case .pareto: return Self.lomax(3, &random)
      case .paretoReplaced:
        return random.uniform() < 0.3 ? Self.lomax(2.5, &random) - Self.lomax(2.5, &random) : 0
      }
    }

    private static func normal(_ random: inout Philox) -> Double {
      (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * Double.pi * random.uniform())
    }

    private static func lomax(_ shape: Double, _ random: inout Philox) -> Double {
      pow(1 - random.uniform(), -1 / shape) - 1
    }
  }

  private static let runs = 1000
  /// 3 % of the runs, and two standard errors more.
  private static let most = 41

  @Test(arguments: Losses.allCases, [100, 500])
  func whatIsWorseByTheMarginSeldomPasses(losses: Losses, count: Int) throws {
    var random = Philox(Seed("heavy-tails", [Double(count)]))
    var (passes, told) = (0, 0)
    for _ in 0..<Self.runs {
      let values = (0..<count).map { _ in losses.draw(&random) }
      let mean = values.reduce(0, +) / Double(count)
      let found = try InfluenceInterval(value: mean, influences: values.map { $0 - mean })
      guard let interval = try? found.skewed(confidence: 0.95, of: "rows") else { continue }
      told += 1
      if interval.upper < losses.mean { passes += 1 }
    }
    #expect(passes <= Self.most, "\(passes) of \(Self.runs), \(told) told")
    #expect(told > Self.runs / 50)
  }

  /// Where no row is far out, nothing is given away: uniform values have the t interval, nearly.
  @Test func withoutATailTheIntervalIsTheTInterval() throws {
    let values = (0..<1000).map { Double($0) / 999 - 0.5 }
    let found = try InfluenceInterval(value: 0, influences: values)
    let (plain, wide) = (try found.interval(confidence: 0.95), try found.skewed(confidence: 0.95, of: "rows"))
    #expect(wide.width >= plain.width && wide.width < 1.01 * plain.width)
  }

  /// The farthest row moves the end on its side only.
  @Test func oneFarRowWidensItsSide() throws {
    let values = (0..<2000).map { $0 == 7 ? 4.0 : $0 % 2 == 0 ? 1 : -1 }
    let mean = values.reduce(0, +) / 2000
    let found = try InfluenceInterval(value: 0, influences: values.map { $0 - mean })
    let interval = try found.skewed(confidence: 0.95, of: "rows")
    // 0.75 t (4 - 2 sd) / n beyond t SE, and what skewness brings.
    #expect(interval.upper + interval.lower > 0.7 * 1.96 * 2 / 2000)
  }
}
