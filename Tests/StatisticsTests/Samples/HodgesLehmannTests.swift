import Testing

@testable import Statistics

@Suite struct HodgesLehmannTests {
  private func differences(_ x: [Double], _ y: [Double]) -> [Double] {
    x.flatMap { a in y.map { a - $0 } }.sorted()
  }

  @Test func agreesWithTheMedianOfAllDifferences() throws {
    var draws = Draws(seed: 1)
    for round in 1..<40 {
      let x = round % 3 == 0 ? draws.integers(round, below: 5) : draws.normals(round, deviation: 1e3)
      let y = round % 3 == 0 ? draws.integers(41 - round, below: 4) : draws.normals(31 - round / 2, mean: 2)
      let all = differences(x, y)
      let median = all[(all.count - 1) / 2] / 2 + all[all.count / 2] / 2
      #expect(try HodgesLehmann(x, y).shift == median)
    }
  }

  /// U of samples of 4 and 5 is below 2 with probability 2/126, below 3 with 4/126: the interval of 95 % starts at the
  /// second difference of 20.
  @Test func theIntervalRunsBetweenOrderedDifferences() throws {
    let (x, y) = ([1.1, 2.7, 6.2, 9.9], [0.4, 1.9, 3.1, 5.5, 5.8])
    let all = differences(x, y)
    let interval = try HodgesLehmann(x, y).interval()
    #expect(interval.lower == all[1])
    #expect(interval.upper == all[18])
  }

  @Test func intervalsCoverTheShift() throws {
    var draws = Draws(seed: 2)
    for (m, n) in [(7, 9), (60, 70)] {
      var covered = 0
      for _ in 0..<1_500 {
        let interval = try HodgesLehmann(draws.normals(m, mean: 1), draws.normals(n)).interval(confidence: 0.9)
        if interval.contains(1) { covered += 1 }
      }
      let share = Double(covered) / 1_500
      // The exact interval covers somewhat more often than asked.
      #expect(share > 0.9 - 4 * (0.09 / 1_500).squareRoot())
      #expect(share < 0.95)
    }
  }

  @Test func shiftsAndScales() throws {
    var draws = Draws(seed: 3)
    let (x, y) = (draws.integers(30, below: 1_000), draws.integers(20, below: 1_000))
    let (plain, moved) = (try HodgesLehmann(x, y), try HodgesLehmann(x.map { 4 * $0 + 64 }, y.map { 4 * $0 }))
    #expect(moved.shift == 4 * plain.shift + 64)
    #expect(try HodgesLehmann(y, x).shift == -plain.shift)
    let (one, other) = (try plain.interval(), try HodgesLehmann(y, x).interval().negated)
    #expect(one == other)
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.zeroVariance) { try HodgesLehmann([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]).interval() }
    #expect(throws: Undefined.self) { try HodgesLehmann([1, 2], [1, 2]).interval(confidence: 1) }
    #expect(throws: Undefined.notFinite(index: 0)) { try HodgesLehmann([.infinity], [1]) }
    #expect(throws: Undefined.outOfRange) { try HodgesLehmann([1e308], [-1e308]) }
    // Four pairs can bound nothing with 95 % confidence.
    let interval = try HodgesLehmann([1, 2], [3, 4]).interval()
    #expect(interval.lower == -.infinity && interval.upper == .infinity)
  }
}
