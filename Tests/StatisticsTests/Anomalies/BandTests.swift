import Testing

@testable import Statistics

@Suite struct BandTests {
  typealias Strategy = @Sendable ([Double], Double, BandFloor) throws -> PredictionBand

  /// Every strategy that has a confidence, with the length of a history that is enough for it at 90 %.
  static let strategies: [(name: String, needed: Int, band: Strategy)] = [
    ("normal", 3, { try NormalBand.band(after: $0, confidence: $1, floor: $2) }),
    ("robust", 4, { try RobustBand.band(after: $0, confidence: $1, floor: $2) }),
    ("seasonal", 21, { try SeasonalBand.band(after: $0, period: 7, confidence: $1, floor: $2) }),
    ("quantile", 19, { try QuantileBand.band(after: $0, confidence: $1, floor: $2) }),
  ]

  // MARK: - Numbers by hand

  /// mean 3, s = sqrt(2.5), t(0.975, 4) = 2.7764451052, sqrt(1 + 1/5).
  @Test func normal() throws {
    let band = try NormalBand.band(after: [1, 2, 3, 4, 5], confidence: 0.95)
    #expect(band.expected == 3 && band.confidence == 0.95)
    #expect(agree(band.upper - 3, 4.80894394, 1e-8), "\(band)")
    #expect(agree(3 - band.lower, band.upper - 3))
  }

  /// The median of 1, 2, 3, 4, 100 is 3 and the median distance from it 1, whatever the fifth value is.
  @Test func robust() throws {
    let band = try RobustBand.band(after: [1, 2, 3, 4, 100], confidence: 0.99)
    #expect(band.expected == 3)
    #expect(band == (try RobustBand.band(after: [1, 2, 3, 4, 1e9], confidence: 0.99)))
    // t(0.995, 2.05) by SciPy; 1 + 0.15 / 5 + 3.2 / 25; 1 / 0.67449; sqrt(1 + pi / 10).
    let half = 9.52708704198289 * 1.158 * 1.482602218505602 * (1 + Double.pi / 10).squareRoot()
    #expect(agree(band.upper - 3, half, 1e-9), "\(band)")
  }

  @Test func quantile() throws {
    let history = (1...40).map(Double.init)
    // 2 k / 41 <= 0.1 for k = 2: from the second smallest to the second largest.
    let band = try QuantileBand.band(after: history.reversed(), confidence: 0.9)
    #expect(band.lower == 2 && band.upper == 39 && band.expected == 20.5)
    #expect(agree(band.confidence ?? 0, 1 - 4.0 / 41))
    #expect(try QuantileBand.minimumCount(confidence: 0.99) == 199)
    #expect(try QuantileBand.minimumCount(confidence: 0.95) == 39)
    #expect(try QuantileBand.minimumCount(confidence: 0.9) == 19)
    #expect(throws: Undefined.self) { try QuantileBand.minimumCount(confidence: 1 - 0x1p-53) }
    #expect(throws: Undefined.tooFew("values", needed: 199, got: 198)) {
      try QuantileBand.band(after: [Double](repeating: 1, count: 198), confidence: 0.99)
    }
  }

  @Test func change() throws {
    let plain = try ChangeBounds.band(after: [7, 200], within: .absolute(5))
    #expect(plain.lower == 195 && plain.expected == 200 && plain.upper == 205 && plain.confidence == nil)
    let share = try ChangeBounds.band(after: [-200], within: .relative(0.1))
    #expect(share.lower == -220 && share.upper == -180)
    // A difference of order k is 0 for a polynomial of degree k - 1: lines go on, and so do squares.
    #expect(try ChangeBounds.band(after: [1, 4, 7], within: .absolute(1), order: 2).expected == 10)
    #expect(try ChangeBounds.band(after: [1, 4, 9, 16], within: .absolute(1), order: 3).expected == 25)
    #expect(throws: Undefined.noObservations) { try ChangeBounds.band(after: [1, 0], within: .relative(0.1)) }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) {
      try ChangeBounds.band(after: [1], within: .absolute(1), order: 2)
    }
    #expect(throws: Undefined.self) { try ChangeBounds.band(after: [1, 2], within: .relative(0.1), order: 2) }
    #expect(throws: Undefined.self) { try ChangeBounds.band(after: [1, 2], within: .absolute(-1)) }
    #expect(throws: Undefined.self) { try ChangeBounds.band(after: [1, 2], within: .absolute(.nan)) }
    #expect(throws: Undefined.self) { try ChangeBounds.band(after: [1, 2], within: .absolute(1), order: 0) }
    #expect(throws: Undefined.outOfRange) { try ChangeBounds.band(after: [1.7e308], within: .absolute(1.7e308)) }
  }

  /// A season without noise is forecast exactly, whatever the weights.
  @Test func aSeasonGoesOn() throws {
    let series = (0..<28).map { 100 + 0.5 * Double($0) + [0, 4, 3, 5, 2, -6, -8][$0 % 7] }
    let band = try SeasonalBand.band(after: series, period: 7, confidence: 0.99, floor: BandFloor(absolute: 1))
    #expect(agree(band.expected, 100 + 14 + 0, 1e-9), "\(band)")
    #expect(agree(band.upper - band.lower, 2, 1e-6), "\(band)")
  }

  /// A Sunday as low as every Sunday is no anomaly, and a Monday that low is one: no other strategy knows the difference.
  @Test func aSeasonTellsDaysApart() throws {
    var draws = Draws(seed: 3)
    let history = (0..<49).map { (day: Int) -> Double in
      let expected: Double = [500, 510, 505, 500, 490, 120, 100][day % 7]
      return expected + 5 * draws.normal()
    }
    let monday = try SeasonalBand.band(after: history, period: 7, confidence: 0.99)
    let sunday = try SeasonalBand.band(after: history.dropLast(), period: 7, confidence: 0.99)
    #expect(monday.contains(500) && !monday.contains(100) && sunday.contains(100) && !sunday.contains(500))
    let normal = try NormalBand.band(after: history, confidence: 0.99)
    #expect(normal.contains(500) && normal.contains(100))
  }

  // MARK: - Laws of all strategies

  @Test(arguments: strategies.indices)
  func bandsMoveWithTheSeries(index: Int) throws {
    let (_, _, band) = Self.strategies[index]
    var draws = Draws(seed: UInt64(index))
    for _ in 0..<20 {
      let series = draws.normals(30, mean: 10)
      let plain = try band(series, 0.9, .none)
      let moved = try band(series.map { 4 * $0 - 64 }, 0.9, .none)
      for (a, b) in [(plain.lower, moved.lower), (plain.expected, moved.expected), (plain.upper, moved.upper)] {
        #expect((4 * a - 64 - b).magnitude < 1e-9, "\(a) \(b)")
      }
      #expect(plain.lower <= plain.expected && plain.expected <= plain.upper)
    }
  }

  @Test(arguments: strategies.indices)
  func moreConfidenceIsAWiderBand(index: Int) throws {
    let (_, _, band) = Self.strategies[index]
    var draws = Draws(seed: 9)
    let series = draws.normals(400)
    let bands = try [0.5, 0.8, 0.9, 0.95, 0.99].map { try band(series, $0, .none) }
    for (narrow, wide) in zip(bands, bands.dropFirst()) {
      #expect(wide.lower < narrow.lower && wide.upper > narrow.upper)
    }
  }

  /// Series that do not vary: no strategy makes a band of no width of them but the one that counts orders, and a floor
  /// decides what is near.
  @Test(arguments: strategies.indices, [0.1, 1000.0])
  func aConstantSeriesNeedsAFloor(index: Int, value: Double) throws {
    let (name, _, band) = Self.strategies[index]
    let series = [Double](repeating: value, count: 30)
    if name == "quantile" {
      #expect(try band(series, 0.9, .none).contains(value))
    } else {
      #expect(throws: Undefined.zeroVariance) { try band(series, 0.9, .none) }
    }
    let share = try band(series, 0.9, BandFloor(relative: 0.01))
    #expect(share.contains(value * 1.0099) && share.contains(value * 0.9901) && !share.contains(value * 1.011))
    let plain = try band(series, 0.9, BandFloor(absolute: 5, relative: 0.001))
    #expect(plain.contains(value + 4.9) && !plain.contains(value - 5.1))
  }

  @Test(arguments: strategies.indices)
  func aShortHistoryHasNoBand(index: Int) throws {
    let (_, needed, band) = Self.strategies[index]
    let series = (0..<needed).map { Double($0 * $0 % 7) }
    #expect(throws: Undefined.tooFew("values", needed: needed, got: needed - 1)) {
      try band(Array(series.dropLast()), 0.9, .none)
    }
    _ = try band(series, 0.9, BandFloor(absolute: 1))
  }

  @Test(arguments: strategies.indices)
  func hostileSeriesHaveAFiniteBandOrNone(index: Int) throws {
    let (_, needed, band) = Self.strategies[index]
    let values = [0, -0.0, 1, -1, 1e-300, 0x1p-1074, 1e154, -1e200, 1.7e308, -1.7e308, .nan, .infinity]
    var draws = Draws(seed: 1)
    for round in 0..<400 {
      let pool = values.prefix(round % 2 == 0 ? 12 : 10)
      let series = (0..<needed + draws.index(below: 5)).map { _ in pool[draws.index(below: pool.count)] }
      let floor = BandFloor(absolute: round % 3 == 0 ? 1 : 0, relative: round % 5 == 0 ? 1e300 : 0)
      do {
        let found = try band(series, 0.9, floor)
        #expect(found.lower.isFinite && found.expected.isFinite && found.upper.isFinite, "\(series) \(found)")
      } catch {
        #expect(error is Undefined, "\(error)")
      }
    }
    let series = (0..<30).map { Double($0 % 5) }
    for confidence in [0, 1, -1, 2, .nan] {
      #expect(throws: Undefined.self) { _ = try band(series, confidence, .none) }
    }
    #expect(throws: Undefined.self) { _ = try band(series, 0.9, BandFloor(absolute: -1)) }
    #expect(throws: Undefined.self) { _ = try band(series, 0.9, BandFloor(relative: .nan)) }
  }

  /// The mistake of others: a value under test that trains its own band hides behind the spread that it makes.
  @Test func theValueUnderTestWouldHideItself() throws {
    let history = [100.0, 101, 99, 100, 102, 98, 100]
    let spike = 130.0
    #expect(try !NormalBand.band(after: history, confidence: 0.99).contains(spike))
    #expect(try NormalBand.band(after: history + [spike], confidence: 0.99).contains(spike))
    #expect(try !RobustBand.band(after: history, confidence: 0.99).contains(spike))
  }
}
