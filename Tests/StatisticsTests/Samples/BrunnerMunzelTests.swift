import Testing

@testable import Statistics

@Suite struct BrunnerMunzelTests {
  /// The statistic from ranks, as the paper writes it.
  private func statistic(_ x: [Double], _ y: [Double]) -> Double {
    let (m, n) = (Double(x.count), Double(y.count))
    let pooled = Ranks(x + y).midranks
    let (inX, inY) = (Array(pooled[..<x.count]), Array(pooled[x.count...]))
    let (meanX, meanY) = (inX.reduce(0, +) / m, inY.reduce(0, +) / n)
    func variance(_ ranks: [Double], _ own: [Double], _ mean: Double, _ count: Double) -> Double {
      zip(ranks, own).reduce(0) { sum, pair in
        let deviation = pair.0 - pair.1 - mean + (count + 1) / 2
        return sum + deviation * deviation
      } / (count - 1)
    }
    let all = m * variance(inX, Ranks(x).midranks, meanX, m) + n * variance(inY, Ranks(y).midranks, meanY, n)
    return m * n * (meanY - meanX) / ((m + n) * all.squareRoot())
  }

  @Test func agreesWithTheRanks() throws {
    var draws = Draws(seed: 1)
    for round in 5..<25 {
      let (x, y) = (draws.integers(round, below: 9), draws.integers(30 - round, below: 12))
      let test = try BrunnerMunzel(x, y)
      #expect(agree(try test.test().statistic, statistic(x, y), 1e-10))
      #expect(agree(test.probability, 1 - (try MannWhitney(x, y)).commonLanguageEffect))
    }
  }

  @Test func samplesExchange() throws {
    var draws = Draws(seed: 2)
    let (x, y) = (draws.normals(15), draws.normals(22, mean: 0.4, deviation: 3))
    for law in [BrunnerMunzel.Law.student, .normal] {
      for alternative in Alternative.allCases {
        let one = try BrunnerMunzel(x, y).test(alternative, law: law)
        let other = try BrunnerMunzel(y, x).test(alternative.reversed, law: law)
        #expect(agree(one.p.value, other.p.value, 1e-10))
        #expect(agree(one.statistic, -other.statistic, 1e-10))
      }
    }
    // A first sample that lies higher speaks for `greater`.
    let high = x.map { $0 + 1 }
    #expect(try BrunnerMunzel(high, x).test(.greater).p.value < 0.1)
  }

  /// Equal chances, unequal spreads and sizes: where Mann and Whitney's test fails.
  @Test func holdsItsLevelForUnequalSpreads() throws {
    var draws = Draws(seed: 3)
    var (small, covered) = (0, 0)
    for _ in 0..<2_000 {
      let test = try BrunnerMunzel(draws.normals(50), draws.normals(30, deviation: 5))
      if try test.test().p.value <= 0.05 { small += 1 }
      if try test.interval().contains(0.5) { covered += 1 }
    }
    #expect((Double(small) / 2_000 - 0.05).magnitude < 0.025)
    #expect(covered == 2_000 - small)
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.zeroVariance) { try BrunnerMunzel([1, 2, 3], [4, 5]).test() }
    #expect(throws: Undefined.zeroVariance) { try BrunnerMunzel([1, 2, 3], [4, 5]).interval() }
    #expect(throws: Undefined.zeroVariance) { try BrunnerMunzel([1, 1], [1, 1]).test(law: .normal) }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try BrunnerMunzel([1], [4, 5]) }
    #expect(throws: Undefined.notFinite(index: 1)) { try BrunnerMunzel([1, .nan], [4, 5]) }
  }
}
