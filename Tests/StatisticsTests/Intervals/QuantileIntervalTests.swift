import Testing

@testable import Statistics

@Suite struct QuantileIntervalTests {
  /// sqrt(ln 40 / 200), by hand.
  @Test func theBandIsAsWideAsMassartSays() throws {
    #expect(
      (try DvoretzkyKieferWolfowitz.halfWidth(count: 100, confidence: 0.95) - 0.13581015157406195).magnitude < 1e-15)
    #expect(try DvoretzkyKieferWolfowitz.halfWidth(count: 1, confidence: 0.95) == 1)
  }

  /// 4000 samples of 25 uniforms: the band misses somewhere in fewer than 5 % (three standard errors are 1 %).
  @Test func theBandCoversEverywhereAtOnce() throws {
    let half = try DvoretzkyKieferWolfowitz.halfWidth(count: 25, confidence: 0.95)
    var random = Philox(Seed(11))
    var misses = 0
    for _ in 0..<4000 {
      let sorted = (0..<25).map { _ in random.uniform() }.sorted()
      let farthest = sorted.enumerated().map { index, x in
        max((Double(index + 1) / 25 - x).magnitude, (Double(index) / 25 - x).magnitude)
      }.max()!
      if farthest > half { misses += 1 }
    }
    #expect(Double(misses) / 4000 < 0.06)
    #expect(misses > 40)
  }

  @Test func theBandHoldsTheEmpiricalShare() throws {
    let values = [3.0, 1, 2, 2, 5]
    let estimate = try DvoretzkyKieferWolfowitz.band(values, at: 2, confidence: 0.5)
    #expect(estimate.value == 0.6)
    #expect(estimate.interval.contains(0.6) && estimate.interval.upper <= 1)
    #expect(throws: Undefined.notFinite(index: 1)) {
      try DvoretzkyKieferWolfowitz.band([1, .nan], at: 0, confidence: 0.9)
    }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) {
      try DvoretzkyKieferWolfowitz.quantile([], 0.5, confidence: 0.9)
    }
  }

  /// Known for the median of ten: the second to the ninth value, with 1 - 22/1024.
  @Test func theMedianOfTen() throws {
    let values = (1...10).map { Double($0) }.reversed()
    let interval = try OrderStatistics.interval(Array(values), 0.5, confidence: 0.95)
    #expect(interval.lower == 2 && interval.upper == 9)
    #expect((interval.confidence - (1 - 22.0 / 1024)).magnitude < 1e-14)
  }

  /// Each end is the tightest that leaves its tail, by the binomial probabilities summed one by one.
  @Test func ranksAreTheTightestThatCover() throws {
    for count in [1, 2, 7, 30, 121] {
      for probability in [0.01, 0.25, 0.5, 0.9, 0.99] {
        for confidence in [0.5, 0.9, 0.99] {
          let (lower, upper) = try OrderStatistics.ranks(count: count, probability, confidence: confidence)
          let masses = (0...count).map { Binomial(trials: count, share: probability).mass($0) }
          func below(_ rank: Int) -> Double { masses[..<max(0, min(rank, count + 1))].reduce(0, +) }
          func from(_ rank: Int) -> Double { masses[min(rank, count + 1)...].reduce(0, +) }
          let tail = (1 - confidence) / 2
          #expect(below(lower) <= tail + 1e-12 && (lower == count || below(lower + 1) > tail - 1e-12))
          #expect(from(upper) <= tail + 1e-12 && (upper == 1 || from(upper - 1) > tail - 1e-12))
          #expect(lower < upper)
        }
      }
    }
  }

  @Test func aP99NeedsManyValues() throws {
    #expect(try OrderStatistics.ranks(count: 367, 0.99, confidence: 0.95).upper == 368)
    #expect(try OrderStatistics.ranks(count: 368, 0.99, confidence: 0.95).upper == 368)
    #expect(try OrderStatistics.interval([1, 2], 0.99, confidence: 0.95).upper == .infinity)
    #expect(try OrderStatistics.interval([1, 2], 0.01, confidence: 0.95).lower == -.infinity)
    #expect(try OrderStatistics.ranks(count: 1_000_000_000_000, 0.5, confidence: 0.95).lower < 500_000_000_000)
  }

  /// The band's interval holds for all quantiles together, so it is wider than the one for a single quantile.
  @Test func theBandsQuantilesAreWider() throws {
    var random = Philox(Seed(12))
    let values = (0..<200).map { _ in random.uniform() }
    for probability in [0.2, 0.5, 0.8] {
      let single = try OrderStatistics.interval(values, probability, confidence: 0.95)
      let band = try DvoretzkyKieferWolfowitz.quantile(values, probability, confidence: 0.95)
      #expect(band.lower <= single.lower && band.upper >= single.upper)
    }
    #expect(try DvoretzkyKieferWolfowitz.quantile([1, 2, 3], 0.5, confidence: 0.95).upper == .infinity)
    for probability in [0, 1, -0.5, .nan] {
      #expect(throws: Undefined.outsideDomain("probability must be between 0 and 1")) {
        try DvoretzkyKieferWolfowitz.quantile(values, probability, confidence: 0.95)
      }
      #expect(throws: Undefined.outsideDomain("probability must be between 0 and 1")) {
        try OrderStatistics.interval(values, probability, confidence: 0.95)
      }
    }
  }
}
