import Testing

@testable import Statistics

/// Kruskal and Wallis, Friedman, and Levene.
@Suite struct SeveralSamplesTests {
  /// With two samples H is the square of Mann and Whitney's z.
  @Test func kruskalOfTwoSamplesIsMannWhitney() throws {
    var draws = Draws(seed: 1)
    for _ in 0..<20 {
      let (x, y) = (draws.integers(12, below: 9), draws.integers(17, below: 11))
      let pair = try MannWhitney(x, y).test(law: .normal, continuity: false)
      #expect(agree(try KruskalWallis.test([x, y]).p.value, pair.p.value, 1e-10))
    }
  }

  /// Ranks 1, 2 / 3, 4 / 5, 6: H = 12/42 * (9 + 49 + 121)/2 - 21.
  @Test func kruskalByHand() throws {
    let result = try KruskalWallis.test([[1, 2], [3, 4], [5, 6]])
    #expect(agree(result.statistic, 32 / 7.0))
    #expect(result.degreesOfFreedom == 2)
  }

  /// Four blocks that all rank three treatments alike: the largest statistic, n(k - 1).
  @Test func friedmanByHand() throws {
    let result = try Friedman.test([[1, 10, 3, 4], [2, 20, 5, 6], [7, 30, 8, 9]])
    #expect(agree(result.statistic, 8))
    #expect(agree(result.p.value, ChiSquared(degrees: 2).upper(8).value))
  }

  /// With two samples, F of the deviations is the square of the t with pooled variance.
  @Test func leveneByHand() throws {
    // Deviations from the medians 3 and 10: 2, 1, 0, 1, 2 and 4, 2, 0, 2, 4.
    let result = try Levene.test([[1, 2, 3, 4, 5], [6, 8, 10, 12, 14]])
    // Means 1.2 and 2.4, sums of squares 2.8 and 11.2 around them.
    #expect(agree(result.statistic, (10 * 0.36) / (14 / 8.0)))
    #expect(result.degreesOfFreedom == 8)
  }

  @Test func shiftsChangeNoSpreadAndScalesNoRatio() throws {
    var draws = Draws(seed: 2)
    let samples = [draws.normals(10), draws.normals(14, deviation: 2), draws.normals(9)]
    let moved = samples.enumerated().map { index, sample in sample.map { 8 * ($0 + Double(index)) } }
    for center in [Levene.Center.median, .mean] {
      let (one, other) = (try Levene.test(samples, around: center), try Levene.test(moved, around: center))
      #expect(agree(one.statistic, other.statistic, 1e-10))
    }
  }

  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var draws = Draws(seed: 3)
    let simulations = 1_500
    var (kruskal, friedman, levene) = (0, 0, 0)
    for _ in 0..<simulations {
      let samples = (0..<3).map { _ in draws.normals(30) }
      if try KruskalWallis.test(samples).p.value <= 0.1 { kruskal += 1 }
      if try Friedman.test(samples).p.value <= 0.1 { friedman += 1 }
      if try Levene.test(samples, around: .mean).p.value <= 0.1 { levene += 1 }
    }
    #expect(isNear(Double(kruskal) / Double(simulations), 0.1, simulations: simulations))
    #expect(isNear(Double(friedman) / Double(simulations), 0.1, simulations: simulations))
    // Levene's own form is known to reject a little too often.
    #expect(Double(levene) / Double(simulations) < 0.14)
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.tooFew("samples", needed: 2, got: 1)) { try KruskalWallis.test([[1, 2]]) }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try KruskalWallis.test([[1, 2], []]) }
    #expect(throws: Undefined.allEqual) { try KruskalWallis.test([[1, 1], [1]]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try KruskalWallis.test([[.nan], [1]]) }
    #expect(throws: Undefined.tooFew("treatments", needed: 3, got: 2)) { try Friedman.test([[1], [2]]) }
    #expect(throws: Undefined.lengthsDiffer(1, 2)) { try Friedman.test([[1], [2, 3], [4]]) }
    #expect(throws: Undefined.allEqual) { try Friedman.test([[1, 2], [1, 2], [1, 2]]) }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try Friedman.test([[], [], []]) }
    #expect(throws: Undefined.zeroVariance) { try Levene.test([[1, 1], [1, 1]]) }
    #expect(throws: Undefined.zeroVariance) { try Levene.test([[1, 2], [3, 7]]) }
    #expect(throws: Undefined.tooFew("values", needed: 3, got: 2)) { try Levene.test([[1], [2]]) }
    #expect(throws: Undefined.notFinite(index: 1)) { try Levene.test([[1, .infinity], [1, 2, 3]]) }
    #expect(try Levene.test([[1e308, -1.7e308, 1.7e308], [1, 2, 3]]).p.value < 0.5)
  }
}
