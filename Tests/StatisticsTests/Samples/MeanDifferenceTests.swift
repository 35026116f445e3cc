import Testing

@testable import Statistics

@Suite struct MeanDifferenceTests {
  private let estimates: [([Double], [Double]) throws -> MeanDifference] = [
    { try WelchT.difference($0, $1) }, { try PairedT.difference($0, $1) },
  ]

  /// By hand: means 2 and 5, variances 1 and 4, so the standard error is sqrt(1/3 + 4/3) and the degrees of freedom
  /// (5/3)^2 / ((1/9)/2 + (16/9)/2).
  @Test func welchByHand() throws {
    let difference = try WelchT.difference([1, 2, 3], [3, 5, 7])
    #expect(difference.value == -3)
    #expect(agree(difference.standardError ?? 0, (5 / 3.0).squareRoot()))
    #expect(agree(difference.degreesOfFreedom, 25 / 8.5))
    #expect(agree(try difference.statistic(), -3 / (5 / 3.0).squareRoot()))
  }

  @Test func pairedByHand() throws {
    let difference = try PairedT.difference([3, 5, 8, 8], [2, 3, 5, 2])
    #expect(difference.value == 3)
    #expect(difference.degreesOfFreedom == 3)
    // Deviations -2, -1, 0, 3: variance 14/3 of four values.
    #expect(agree(difference.standardError ?? 0, (14 / 12.0).squareRoot()))
  }

  @Test func theIntervalHoldsZeroExactlyWhenTheTestDoesNotReject() throws {
    var draws = Draws(seed: 1)
    for _ in 0..<200 {
      let difference = try WelchT.difference(draws.normals(12, mean: 0.6), draws.normals(9, deviation: 2))
      for alternative in Alternative.allCases {
        let inside = try difference.interval(confidence: 0.9, alternative).contains(0)
        #expect(inside == (try difference.p(alternative).value > 0.1))
      }
    }
  }

  @Test func samplesExchangeShiftAndScale() throws {
    var draws = Draws(seed: 2)
    let (x, y) = (draws.normals(20, mean: 1), draws.normals(20, deviation: 3))
    for estimate in estimates {
      let (one, other) = (try estimate(x, y), try estimate(y, x))
      #expect(one.value == -other.value)
      #expect(agree(try one.p(.greater).value, try other.p(.less).value))
      for scale in [1e-250, 1e-3, 64, 1e300] {
        let scaled = try estimate(x.map { $0 * scale }, y.map { $0 * scale })
        #expect(agree(try scaled.statistic(), try one.statistic(), 1e-9))
        #expect(agree(try scaled.interval().lower, try one.interval().lower * scale, 1e-9))
      }
      let moved = try estimate(x.map { $0 + 1e6 }, y.map { $0 + 1e6 })
      #expect(agree(try moved.statistic(), try one.statistic(), 1e-7))
    }
  }

  @Test func intervalsCoverAndPValuesAreUniform() throws {
    var draws = Draws(seed: 3)
    let simulations = 4_000
    var (covered, small, pairedCovered) = (0, 0, 0)
    for _ in 0..<simulations {
      let (x, y) = (draws.normals(15, mean: 2), draws.normals(25, mean: 1, deviation: 4))
      if try WelchT.difference(x, y).interval().contains(1) { covered += 1 }
      if try WelchT.difference(x, y.map { $0 + 1 }).p(.less).value <= 0.05 { small += 1 }
      if try PairedT.difference(x, Array(y[..<15])).interval().contains(1) { pairedCovered += 1 }
    }
    #expect(isNear(Double(covered) / Double(simulations), 0.95, simulations: simulations))
    #expect(isNear(Double(small) / Double(simulations), 0.05, simulations: simulations))
    #expect(isNear(Double(pairedCovered) / Double(simulations), 0.95, simulations: simulations))
  }

  /// A one-sided interval of 30 % is the complement of one of 70 % to the other side.
  @Test func oneSidedIntervalsOfLittleConfidence() throws {
    let difference = try WelchT.difference([1, 4, 2, 8], [3, 3, 1, 2])
    let (up, down) = (
      try difference.interval(confidence: 0.3, .greater), try difference.interval(confidence: 0.7, .less)
    )
    #expect(agree(up.lower, down.upper, 1e-10))
    #expect(up.upper == .infinity && down.lower == -.infinity)
  }

  /// Values that do not vary bound nothing: no interval without width.
  @Test func withoutVarianceThereIsNoInterval() throws {
    for estimate in estimates {
      let equal = try estimate([2, 2, 2], [2, 2, 2])
      #expect(throws: Undefined.zeroVariance) { try equal.p() }
      #expect(throws: Undefined.zeroVariance) { try equal.interval() }
      let different = try estimate([2, 2, 2], [1, 1, 1])
      #expect(throws: Undefined.zeroVariance) { try different.statistic() }
      #expect(throws: Undefined.zeroVariance) { try different.interval() }
      #expect(try different.p() == .zero)
      #expect(try different.p(.less) == .one)
      let single = try estimate([2], [1])
      #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try single.test() }
      #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try estimate([], []) }
      #expect(throws: Undefined.notFinite(index: 1)) { try estimate([1, 2], [1, .infinity]) }
      #expect(throws: Undefined.outOfRange) { try estimate([1.7e308, 1.6e308], [-1.7e308, -1.6e308]) }
      #expect(throws: Undefined.self) { try estimate([1, 2], [3, 5]).interval(confidence: .nan) }
    }
    #expect(throws: Undefined.lengthsDiffer(1, 2)) { try PairedT.difference([1], [1, 2]) }
  }
}
