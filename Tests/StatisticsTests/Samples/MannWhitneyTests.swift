import Testing

@testable import Statistics

@Suite struct MannWhitneyTests {
  @Test func uCountsThePairs() throws {
    var draws = Draws(seed: 1)
    for round in 1..<30 {
      let (x, y) = (draws.integers(round, below: 8), draws.integers(40 - round, below: 9))
      let test = try MannWhitney(x, y)
      let u = x.reduce(0.0) { sum, a in sum + y.reduce(0.0) { $0 + (a > $1 ? 1 : a == $1 ? 0.5 : 0) } }
      #expect(test.u == u)
      #expect(test.u + (try MannWhitney(y, x)).u == Double(x.count * y.count))
      #expect(test.tieSum == Ranks(x + y).tieSum)
      #expect(agree(test.rankBiserial, 2 * test.commonLanguageEffect - 1))
    }
  }

  @Test func theExactLawAgreesWithEveryOrder() throws {
    for (m, n) in [(1, 1), (1, 6), (4, 3), (5, 5), (6, 4)] {
      let law = try RankSumLaw(m, n)
      let values = combinations(m, of: m + n).map { $0.reduce(0, +) - m * (m - 1) / 2 }
      for u in -1...m * n + 1 {
        let share = Double(values.count { $0 >= u }) / Double(values.count)
        #expect(agree(law.upper(u).value, share, 1e-12))
        let below = Double(values.count { $0 < u }) / Double(values.count)
        if u > 0, 2 * u < m * n, below > 0 { #expect(law.lowerCount(share: below + 1e-9) >= u) }
      }
    }
  }

  @Test func samplesExchange() throws {
    var draws = Draws(seed: 2)
    let (x, y) = (draws.normals(7), draws.normals(12, mean: 0.6))
    for law in [MannWhitney.Law.exact, .normal] {
      for alternative in Alternative.allCases {
        let one = try MannWhitney(x, y).test(alternative, law: law).p.value
        let other = try MannWhitney(y, x).test(alternative.reversed, law: law).p.value
        #expect(agree(one, other))
      }
    }
  }

  @Test func theNormalLawApproachesTheExactOne() throws {
    var draws = Draws(seed: 3)
    let test = try MannWhitney(draws.normals(60, mean: 0.3), draws.normals(50))
    for alternative in Alternative.allCases {
      let (exact, normal) = (try test.test(alternative, law: .exact), try test.test(alternative, law: .normal))
      #expect(agree(exact.p.value, normal.p.value, 0.02))
    }
    #expect(test.usualLaw == .normal)
    #expect(try MannWhitney(draws.normals(8), draws.normals(1_000)).usualLaw == .exact)
  }

  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var draws = Draws(seed: 4)
    var small = 0
    for _ in 0..<2_000 where try MannWhitney(draws.normals(40), draws.normals(35)).test().p.value <= 0.1 { small += 1 }
    #expect(isNear(Double(small) / 2_000, 0.1, simulations: 2_000))
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try MannWhitney([], [1]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try MannWhitney([.nan], [1]) }
    #expect(throws: Undefined.allEqual) { try MannWhitney([1, 1], [1]).test(law: .normal, continuity: false) }
    #expect(try MannWhitney([1, 1], [1]).test(law: .normal).p == .one)
    let many = [Double](repeating: 1, count: 500)
    #expect(throws: Undefined.self) { try MannWhitney(many, many).test(law: .exact) }
    #expect(try MannWhitney([1, .infinity], [-.infinity]).u == 2)
  }
}
