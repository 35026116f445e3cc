import Testing

@testable import Statistics

@Suite struct CramerVonMisesTests {
  /// mn / (m + n)^2 times the sum of squared gaps, counted anew at every value.
  private func statistic(_ x: [Double], _ y: [Double]) -> Double {
    let (m, n) = (Double(x.count), Double(y.count))
    let squares = (x + y).map { value in
      let gap = Double(x.count { $0 <= value }) / m - Double(y.count { $0 <= value }) / n
      return gap * gap
    }
    return m * n / ((m + n) * (m + n)) * squares.reduce(0, +)
  }

  @Test func statisticsAgreeWithCounting() throws {
    var draws = Draws(seed: 1)
    for (m, n) in [(2, 2), (5, 9), (30, 12), (200, 300)] {
      let (x, y) = (draws.normals(m), draws.normals(n, mean: 0.5))
      #expect(agree(try CramerVonMises.test(x, y, law: .asymptotic).statistic, statistic(x, y), 1e-9))
    }
  }

  @Test func theExactLawAgreesWithEveryOrder() throws {
    for (m, n) in [(2, 2), (3, 5), (5, 4), (6, 6)] {
      let all = combinations(m, of: m + n).map { chosen -> (x: [Double], y: [Double]) in
        let others = (0..<m + n).filter { !chosen.contains($0) }
        return (chosen.map(Double.init), others.map(Double.init))
      }
      let values = all.map { statistic($0.x, $0.y) }
      for (index, (x, y)) in all.enumerated().filter({ $0.offset % 7 == 0 }) {
        let share = Double(values.count { $0 >= values[index] - 1e-12 }) / Double(values.count)
        #expect(agree(try CramerVonMises.test(x, y, law: .exact).p.value, share, 1e-12))
      }
    }
  }

  @Test func theLawsApproachEachOther() throws {
    var draws = Draws(seed: 3)
    let (x, y) = (draws.normals(20, mean: 0.4), draws.normals(20))
    let (exact, asymptotic) = (try CramerVonMises.test(x, y), try CramerVonMises.test(x, y, law: .asymptotic))
    #expect(agree(exact.p.value, asymptotic.p.value, 0.1))
    #expect(exact.statistic == asymptotic.statistic)
  }

  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var draws = Draws(seed: 4)
    var small = 0
    for _ in 0..<2_000 where try CramerVonMises.test(draws.normals(25), draws.normals(30)).p.value <= 0.1 { small += 1 }
    #expect(isNear(Double(small) / 2_000, 0.1, simulations: 2_000))
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try CramerVonMises.test([1], [1, 2]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try CramerVonMises.test([1, 2], [.nan, 2]) }
    #expect(throws: Undefined.self) {
      try CramerVonMises.test([Double](repeating: 1, count: 500), [1, 2], law: .exact)
    }
    #expect(try CramerVonMises.test([1, 1], [1, 1]).p == .one)
  }
}
