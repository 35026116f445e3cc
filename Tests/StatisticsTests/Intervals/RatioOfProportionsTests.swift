import Statistics
import Testing

@Suite struct RatioOfProportionsTests {
  /// statsmodels 0.15.0: `confint_proportions_2indep(compare="ratio", method="score")`.
  static let known: [(first: (Int, Int), second: (Int, Int), lower: Double, upper: Double)] = [
    ((56, 70), (48, 80), 1.0790471195344218, 1.6721453590897675),
    ((9, 10), (3, 10), 1.3279565734835286, 8.691914949017299),
    ((6, 7), (2, 7), 1.0636865203144201, 11.147770894161667),
    ((5, 56), (1, 29), 0.42913664635864496, 16.583754991058484),
    ((90, 200), (75, 300), 1.4038548970504947, 2.3092421830586933),
    ((0, 30), (5, 40), 0, 0.9663711305218028),
  ]

  @Test func agreesWithStatsmodels() throws {
    for (first, second, lower, upper) in Self.known {
      let (one, other) = (try BinomialCount(first.0, of: first.1), try BinomialCount(second.0, of: second.1))
      let interval = try RatioOfProportions.interval(one, other, confidence: 0.95)
      #expect(abs(interval.lower - lower) <= 1e-9 * max(1, lower), "\(interval)")
      #expect(abs(interval.upper - upper) <= 1e-6 * upper, "\(interval)")
      // The ratio the other way round is the inverse.
      let inverse = try RatioOfProportions.interval(other, one, confidence: 0.95)
      #expect(abs(inverse.lower * interval.upper - 1) < 1e-9)
      if lower > 0 {
        #expect(abs(inverse.upper * interval.lower - 1) < 1e-9)
      } else {
        #expect(inverse.upper == .infinity)
      }
    }
  }

  @Test func withoutSuccessesNothingIsKnown() throws {
    let none = try BinomialCount(0, of: 20)
    #expect(throws: Undefined.tooFew("successes", needed: 1, got: 0)) {
      try RatioOfProportions.interval(none, none, confidence: 0.95)
    }
  }

  /// Exactly, by going through all pairs of counts.
  @Test func covers() throws {
    let (n1, n2) = (20, 25)
    for first in [0.1, 0.3, 0.6, 0.9] {
      for second in [0.1, 0.3, 0.6, 0.9] {
        let (one, other) = (Binomial(trials: n1, share: first), Binomial(trials: n2, share: second))
        var covered = 0.0
        for k1 in 0...n1 {
          for k2 in 0...n2 {
            let mass = one.mass(k1) * other.mass(k2)
            guard k1 + k2 > 0 else {
              covered += mass
              continue
            }
            let interval = try RatioOfProportions.interval(
              BinomialCount(k1, of: n1), BinomialCount(k2, of: n2), confidence: 0.95)
            if interval.contains(first / second) { covered += mass }
          }
        }
        #expect(covered > 0.93, "\(first) over \(second): \(covered)")
      }
    }
  }
}
