import Testing

@testable import Statistics

/// Series with gaps: a value belongs to its place of the period, however many are missing before it.
@Suite struct SeasonalBandTests {
  private static let season: [Double] = [0, 4, 3, 5, 2, -6, -8]

  /// Level 100, half a unit more with every step, and a season of seven.
  private func line(_ step: Int) -> Double { 100 + 0.5 * Double(step) + Self.season[step % 7] }

  /// Without noise every step is forecast exactly, whatever is missing: a day, a whole week, all Sundays.
  @Test(arguments: [[28], [3], [10, 11, 12, 13, 14, 15, 16], [6, 13, 20, 27, 34], [0, 8, 9, 23]])
  func gapsDoNotShiftTheSeason(missing: [Int]) throws {
    let series = (0..<42).filter { !missing.contains($0) }.map { SeasonalValue(step: $0 + 4, line($0)) }
    for step in [42, 43, 44, 48, 49, 63] {
      if missing.contains(6), step % 7 == 6 { continue }
      let band = try SeasonalBand.band(
        after: series, at: step + 4, period: 7, confidence: 0.99, floor: BandFloor(absolute: 1))
      #expect(agree(band.expected, line(step), 1e-8), "\(step) \(band)")
    }
  }

  /// A weekday that never had a run is expected to be nothing.
  @Test func aPlaceWithoutAnyValueHasNoBand() throws {
    let series = (0..<42).filter { $0 % 7 != 6 }.map { SeasonalValue(step: $0, line($0)) }
    let floor = BandFloor(absolute: 1)
    #expect(throws: Undefined.tooFew("value of an earlier period at this place", needed: 1, got: 0)) {
      try SeasonalBand.band(after: series, at: 48, period: 7, confidence: 0.99, floor: floor)
    }
    #expect(try SeasonalBand.band(after: series, at: 49, period: 7, confidence: 0.99, floor: floor).contains(line(49)))
  }

  /// The variance of a forecast is one and the squares of what each innovation between leaves in it.
  @Test(arguments: [(0.3, 0.1, 0.4), (0.9, 0.0, 0.0), (0.0, 0.5, 0.7), (0.05, 1, 1)])
  func theInflationIsThatOfTheInnovationsBetween(level: Double, trend: Double, season: Double) {
    let values = (0..<14).map { SeasonalValue(step: $0, line($0)) }
    var state = HoltWinters(before: values[...], period: 7, .init(level: level, trend: trend, season: season))
    for value in values { _ = state.update(value) }
    var expected = 1.0
    for ahead in 1...30 {
      #expect(agree(state.inflation(at: 13 + ahead), expected, 1e-9), "\(ahead)")
      // What a value that is 1 more than expected at the next step leaves in the forecast so many steps behind it.
      var (plain, moved) = (state, state)
      let forecast = state.forecast(at: 14) ?? .nan
      _ = plain.update(SeasonalValue(step: 14, forecast))
      _ = moved.update(SeasonalValue(step: 14, forecast + 1))
      let effect = (moved.forecast(at: 14 + ahead) ?? .nan) - (plain.forecast(at: 14 + ahead) ?? .nan)
      expected += effect * effect
    }
  }

  /// A fifth of the days has no run: the promise holds as without gaps.
  @Test(arguments: [28, 70])
  func gapsKeepTheBandNearItsLevel(count: Int) {
    var draws = Draws(seed: UInt64(count))
    var (alarms, simulations) = (0, 2000)
    for _ in 0..<simulations {
      var level = 100.0
      let series = (0..<count * 5 / 4).map { day in
        level += 0.3 * draws.normal()
        return SeasonalValue(step: day, level + 3 * Self.season[day % 7] + draws.normal())
      }
      let kept = series.dropLast().filter { _ in draws.index(below: 5) > 0 }
      guard let next = series.last,
        let band = try? SeasonalBand.band(after: kept, at: next.step, period: 7, confidence: 0.99)
      else {
        simulations -= 1
        continue
      }
      if !band.contains(next.value) { alarms += 1 }
    }
    #expect(simulations > 1500)
    let share = Double(alarms) / Double(simulations)
    #expect(share <= 0.03 && share >= 0.001, "\(share)")
  }

  @Test func stepsAreInOrderAndNotEndlesslyApart() throws {
    let series = (0..<28).map { SeasonalValue(step: $0, line($0)) }
    let floor = BandFloor(absolute: 1)
    for step in [27, 5, -1] {
      #expect(throws: Undefined.self) {
        try SeasonalBand.band(after: series, at: step, period: 7, confidence: 0.9, floor: floor)
      }
    }
    #expect(throws: Undefined.self) {
      try SeasonalBand.band(after: series.reversed(), at: 30, period: 7, confidence: 0.9, floor: floor)
    }
    for first in [Int.min, -1 << 50] {
      let far = [SeasonalValue(step: first, 1)] + series
      #expect(throws: Undefined.self) {
        try SeasonalBand.band(after: far, at: 28, period: 7, confidence: 0.9, floor: floor)
      }
    }
    // Years apart is a gap like any other.
    let years = series + [SeasonalValue(step: 3650, line(3650))]
    #expect(try SeasonalBand.band(after: years, at: 3651, period: 7, confidence: 0.9, floor: floor).expected.isFinite)
  }
}
