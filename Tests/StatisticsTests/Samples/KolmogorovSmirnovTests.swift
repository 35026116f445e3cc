import Testing

@testable import Statistics

@Suite struct KolmogorovSmirnovTests {
  /// The gap of the distribution functions, counted anew at every value.
  private func gaps(_ x: [Double], _ y: [Double]) -> (above: Double, below: Double) {
    let gaps = (x + y).map { value in
      Double(x.count { $0 <= value }) / Double(x.count) - Double(y.count { $0 <= value }) / Double(y.count)
    }
    return (max(0, gaps.max()!), max(0, -gaps.min()!))
  }

  @Test func statisticsAgreeWithCounting() throws {
    var draws = Draws(seed: 1)
    for round in 0..<40 {
      let x = round % 2 == 0 ? draws.normals(1 + round) : draws.integers(1 + round, below: 6)
      let y = round % 2 == 0 ? draws.normals(37 - round / 2, mean: 0.3) : draws.integers(25, below: 7)
      let test = try KolmogorovSmirnov(x, y)
      let (above, below) = gaps(x, y)
      #expect(agree(test.statistic(.greater), above))
      #expect(agree(test.statistic(.less), below))
      #expect(agree(test.statistic(), max(above, below)))
      let at = test.location
      let gap = Double(x.count { $0 <= at }) / Double(x.count) - Double(y.count { $0 <= at }) / Double(y.count)
      #expect(agree(gap.magnitude, test.statistic()))
    }
  }

  @Test func onlyTheOrderMattersAndSamplesExchange() throws {
    var draws = Draws(seed: 2)
    let (x, y) = (draws.normals(30), draws.normals(40, mean: 0.5))
    for law in KolmogorovSmirnov.Law.allCases {
      for alternative in Alternative.allCases {
        let plain = try KolmogorovSmirnov(x, y).test(alternative, law: law)
        let moved = try KolmogorovSmirnov(x.map { 3 * $0 - 8 }, y.map { 3 * $0 - 8 }).test(alternative, law: law)
        #expect(plain == moved)
        let exchanged = try KolmogorovSmirnov(y, x).test(alternative.reversed, law: law)
        #expect(plain.statistic == exchanged.statistic)
        #expect(agree(plain.p.value, exchanged.p.value))
        #expect(plain.law == law)
      }
    }
  }

  @Test func theLawsApproachEachOther() throws {
    var draws = Draws(seed: 4)
    let (x, y) = (draws.normals(2_500, mean: 0.05), draws.normals(2_000))
    let test = try KolmogorovSmirnov(x, y)
    #expect(test.usualLaw == .exact)
    for alternative in Alternative.allCases {
      let exact = try test.test(alternative, law: .exact).p.value
      #expect(agree(try test.test(alternative, law: .finite).p.value, exact, 0.03))
      #expect(agree(try test.test(alternative, law: .limit).p.value, exact, 0.1))
    }
    #expect(try KolmogorovSmirnov(draws.normals(4_000), draws.normals(4_000)).usualLaw == .finite)
  }

  /// Under the null hypothesis P(p <= a) is at most a, and close to it.
  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var draws = Draws(seed: 6)
    let simulations = 2_000
    var small = 0
    for _ in 0..<simulations {
      if try KolmogorovSmirnov(draws.normals(37), draws.normals(41)).test().p.value <= 0.1 { small += 1 }
    }
    #expect(isNear(Double(small) / Double(simulations), 0.1, simulations: simulations))
  }

  @Test func infinitiesAreValuesAndNaNIsNot() throws {
    #expect(try KolmogorovSmirnov([1, 2, .infinity], [-.infinity, 3, 4, 0.5]).statistic() == 0.5)
    #expect(throws: Undefined.notFinite(index: 1)) { try KolmogorovSmirnov([1, .nan], [2]) }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try KolmogorovSmirnov([], [2]) }
    #expect(throws: Undefined.self) { try KolmogorovSmirnov([1], [2]).test(law: .finite) }
    let many = [Double](repeating: 1, count: 40_000)
    #expect(throws: Undefined.self) { try KolmogorovSmirnov(many, many).test(law: .exact) }
    #expect(try KolmogorovSmirnov([1], [2]).test().p == .one)
    #expect(try KolmogorovSmirnov([3, 3], [3, 3, 3]).test().p == .one)
    #expect(try KolmogorovSmirnov([-0.0], [0]).statistic() == 0)
  }

  @Test func farTailsKeepTheirLogarithm() throws {
    let (x, y) = ((0..<1_500).map(Double.init), (0..<1_700).map { Double($0) + 10_000 })
    let exact = try KolmogorovSmirnov(x, y).test()
    #expect(exact.p.value == 0)
    #expect(exact.p.log10 < -900 && exact.p.log10 > -1000)
    // D = 1 cannot happen to one sample against a continuous law.
    #expect(try KolmogorovSmirnov(x, y).test(law: .finite).p == .zero)
    #expect(try KolmogorovSmirnov(x, y).test(.greater, law: .limit).p.log10 < -600)
  }
}
