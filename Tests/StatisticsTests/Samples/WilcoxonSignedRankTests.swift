import Testing

@testable import Statistics

@Suite struct WilcoxonSignedRankTests {
  /// Every choice of signs, with the ranks of the sizes.
  @Test(arguments: WilcoxonSignedRank.Zeros.allCases)
  func theExactLawAgreesWithEverySign(zeros: WilcoxonSignedRank.Zeros) throws {
    for differences in [[1.0, -2, 3, 4, -5, 6], [1, 1, -1, 2, 0, 0, 3], [0.5], [2, -2, 2, -2, 7, 0]] {
      let test = try WilcoxonSignedRank(differences: differences, zeros: zeros)
      var values = [Double]()
      for signs in 0..<1 << differences.count {
        let flipped = differences.enumerated().map { signs >> $0.offset & 1 == 1 ? -$0.element : $0.element }
        values.append(try WilcoxonSignedRank(differences: flipped, zeros: zeros).positive)
      }
      let greater = Double(values.count { $0 >= test.positive }) / Double(values.count)
      let less = Double(values.count { $0 <= test.positive }) / Double(values.count)
      #expect(agree(try test.test(.greater, law: .exact).p.value, greater))
      #expect(agree(try test.test(.less, law: .exact).p.value, less))
      #expect(agree(try test.test(law: .exact).p.value, min(1, 2 * min(greater, less))))
    }
  }

  @Test func withoutTiesTheExactLawsAgree() throws {
    var draws = Draws(seed: 1)
    for count in [1, 5, 20, 50] {
      let test = try WilcoxonSignedRank(differences: draws.normals(count, mean: 0.2))
      for alternative in Alternative.allCases {
        let (exact, untied) = (try test.test(alternative, law: .exact), try test.test(alternative, law: .untied))
        #expect(agree(exact.p.value, untied.p.value))
      }
      #expect(test.positive + test.negative == Double(count * (count + 1)) / 2)
    }
  }

  @Test func theNormalLawApproachesTheExactOne() throws {
    var draws = Draws(seed: 2)
    let test = try WilcoxonSignedRank(draws.integers(80, below: 30), draws.integers(80, below: 27))
    #expect(test.usualLaw == .normal)
    for alternative in Alternative.allCases {
      let exact = try test.test(alternative, law: .exact).p.value
      #expect(agree(try test.test(alternative, law: .normal, continuity: true).p.value, exact, 0.05))
    }
  }

  @Test func oppositeSignsExchangeTheTails() throws {
    var draws = Draws(seed: 3)
    let differences = draws.integers(20, below: 9).map { $0 - 3 }
    for law in [WilcoxonSignedRank.Law.exact, .untied, .normal] {
      // The law without ties has no room for ranks that Pratt leaves out.
      for zeros in WilcoxonSignedRank.Zeros.allCases where law != .untied || zeros != .pratt {
        let one = try WilcoxonSignedRank(differences: differences, zeros: zeros)
        let other = try WilcoxonSignedRank(differences: differences.map { -$0 }, zeros: zeros)
        for alternative in Alternative.allCases {
          let (a, b) = (try one.test(alternative, law: law), try other.test(alternative.reversed, law: law))
          #expect(agree(a.p.value, b.p.value, 1e-10))
        }
      }
    }
  }

  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var draws = Draws(seed: 4)
    var small = 0
    for _ in 0..<2_000 where try WilcoxonSignedRank(differences: draws.normals(40)).test().p.value <= 0.1 { small += 1 }
    #expect(isNear(Double(small) / 2_000, 0.1, simulations: 2_000))
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.lengthsDiffer(1, 2)) { try WilcoxonSignedRank([1], [1, 2]) }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try WilcoxonSignedRank([], []) }
    #expect(throws: Undefined.notFinite(index: 1)) { try WilcoxonSignedRank(differences: [1, .nan]) }
    let zeros = try WilcoxonSignedRank(differences: [0, 0, 0])
    #expect(throws: Undefined.zeroVariance) { try zeros.test(law: .normal) }
    #expect(try zeros.test().p == .one)
    let many = try WilcoxonSignedRank(differences: [Double](repeating: 1, count: 1_001))
    #expect(throws: Undefined.self) { try many.test(law: .exact) }
  }
}
