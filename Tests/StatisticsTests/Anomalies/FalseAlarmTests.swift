import Testing

@testable import Statistics

/// How often the next value of a series in which nothing happens lies outside the band: the promise of every strategy
/// that has a confidence.
@Suite struct FalseAlarmTests {
  typealias Strategy = @Sendable ([Double]) throws -> PredictionBand

  /// The share of simulated series whose last value lies outside the band of those before it.
  private func alarms(
    _ simulations: Int, seed: UInt64, draw: (inout Draws) -> [Double], _ band: Strategy
  ) throws -> Double {
    var draws = Draws(seed: seed)
    var alarms = 0
    for _ in 0..<simulations {
      var series = draw(&draws)
      let next = series.removeLast()
      if !(try band(series).contains(next)) { alarms += 1 }
    }
    return Double(alarms) / Double(simulations)
  }

  private func normalAlarms(_ simulations: Int, count: Int, _ band: Strategy) throws -> Double {
    try alarms(simulations, seed: UInt64(count), draw: { $0.normals(count + 1, mean: 250, deviation: 3) }, band)
  }

  /// Exact for every n, so the simulation's own error is all that it may differ by.
  @Test(arguments: [3, 5, 10, 30, 100], [0.9, 0.99])
  func theNormalBandKeepsItsLevel(count: Int, confidence: Double) throws {
    let share = try normalAlarms(20_000, count: count) { try NormalBand.band(after: $0, confidence: confidence) }
    #expect(isNear(share, 1 - confidence, simulations: 20_000), "\(share)")
  }

  /// Fitted: within an eighth of the level beside the simulation's error.
  @Test(arguments: [4, 5, 7, 8, 10, 11, 30, 51, 100], [0.9, 0.95, 0.99, 0.999])
  func theRobustBandKeepsItsLevel(count: Int, confidence: Double) throws {
    let share = try normalAlarms(20_000, count: count) { try RobustBand.band(after: $0, confidence: confidence) }
    let (alpha, error) = (1 - confidence, 4 * ((1 - confidence) * confidence / 20_000).squareRoot())
    #expect(share > alpha * 7 / 8 - error && share < alpha * 9 / 8 + error, "\(share)")
  }

  /// Series of a few levels: what comes again is never outside, and a mean deviation stands in for a MAD of 0.
  @Test(
    arguments: [8, 20, 40], [[99, 99, 99, 102, 102], [24, 25, 25, 25, 26], [0, 0, 0, 1, 5], [10, 10, 11, 11, 30]])
  func theRobustBandHardlyAlarmsOnFewLevels(count: Int, levels: [Double]) throws {
    let share = try alarms(
      5000, seed: UInt64(count), draw: { draws in (0...count).map { _ in levels[draws.index(below: 5)] } }
    ) { try RobustBand.band(after: $0, confidence: 0.99, floor: BandFloor(absolute: 0.001)) }
    #expect(share < (count == 8 ? 0.12 : 0.03), "\(share)")
  }

  /// What comes once, or in few of many values, is still outside.
  @Test func rareValuesAreNoLevels() throws {
    let history = [Double](repeating: 100, count: 60) + [50, 50, 101, 99, 101, 99, 101, 99]
    let band = try RobustBand.band(after: history, confidence: 0.99)
    #expect(!band.contains(50) && band.contains(99) && band.contains(101), "\(band)")
  }

  /// k = floor((n + 1) (1 - confidence) / 2) values lie beyond each end, so the rate is 2 k / (n + 1) whatever the law.
  @Test(
    arguments: [(19, 0.9, 0.1), (39, 0.95, 0.05), (60, 0.95, 2.0 / 61), (100, 0.95, 4.0 / 101), (199, 0.99, 0.01)])
  func theQuantileBandHasTheRateThatItSays(count: Int, confidence: Double, rate: Double) throws {
    for shape in 0..<2 {
      let share = try alarms(
        20_000, seed: UInt64(count),
        draw: { draws in
          draws.normals(count + 1).map { shape == 0 ? $0 : $0 * $0 * $0 }
        }
      ) {
        let band = try QuantileBand.band(after: $0, confidence: confidence)
        #expect(agree(1 - (band.confidence ?? 0), rate, 1e-9))
        return band
      }
      #expect(isNear(share, rate, simulations: 20_000), "\(share)")
    }
  }

  /// A season that stays, noise around it, and a level that wanders or not. The weights are fitted to the very errors
  /// that the spread is made of, so that at the shortest history twice the level is allowed.
  @Test(arguments: [21, 28, 42, 70], [0.0, 0.3])
  func theSeasonalBandKeepsNearItsLevel(count: Int, wandering: Double) throws {
    let share = try alarms(
      3_000, seed: UInt64(count),
      draw: { draws in
        let season = [0, 4, 3, 5, 2, -6, -8].map { $0 * 3.0 }
        var level = 100.0
        return (0...count).map { day in
          level += wandering * draws.normal()
          return level + season[day % 7] + draws.normal()
        }
      }
    ) { try SeasonalBand.band(after: $0, period: 7, confidence: 0.99) }
    #expect(share <= 0.025, "\(share)")
    #expect(share >= 0.001, "\(share)")
  }

  @Test func bandsOfShortHistoriesAreWide() throws {
    var draws = Draws(seed: 4)
    func width(_ count: Int, _ band: Strategy) throws -> Double {
      try (0..<400).map { _ in
        let found = try band(draws.normals(count))
        return found.upper - found.lower
      }.reduce(0, +) / 400
    }
    for band: Strategy in [
      { try NormalBand.band(after: $0, confidence: 0.99) }, { try RobustBand.band(after: $0, confidence: 0.99) },
    ] {
      let widths = try [5, 7, 10, 20, 50, 200].map { try width($0, band) }
      #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 > $1 }, "\(widths)")
      // In the end it is that of the normal distribution itself: 2.576 deviations on either side.
      #expect((5.1...5.5).contains(widths[5]), "\(widths)")
    }
  }
}
