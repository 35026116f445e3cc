import Testing

@testable import Statistics

@Suite struct CochranQTests {
  private func outcomes(_ random: inout Philox, _ rows: Int, _ columns: Int) -> [[Bool]] {
    (0..<rows).map { _ in
      let difficulty = random.uniform()
      return (0..<columns).map { _ in random.uniform() > difficulty }
    }
  }

  @Test func ofTwoClassifiersIsMcNemarsChiSquared() throws {
    var random = Philox(Seed(7))
    for _ in 0..<50 {
      let rows = outcomes(&random, 30, 2)
      let test = try McNemar(
        firstOnly: rows.count { $0[0] && !$0[1] }, secondOnly: rows.count { !$0[0] && $0[1] }
      ).chiSquared()
      let q = try CochranQ.test(rows)
      #expect(agrees(q.statistic, test.statistic))
      #expect(agrees(q.p.value, test.p.value))
    }
  }

  @Test func rowsWithoutDiscordAndTheOrderOfColumnsChangeNothing() throws {
    var random = Philox(Seed(8))
    let rows = outcomes(&random, 40, 4)
    let q = try CochranQ.test(rows)
    let more = rows.map { Array($0.reversed()) } + Array(repeating: [true, true, true, true], count: 50)
    #expect(agrees(try CochranQ.test(more).statistic, q.statistic))
    #expect(q.degreesOfFreedom == 3)
  }

  /// Within 4.5 standard errors of 0.05.
  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var random = Philox(Seed(9))
    let runs = 2000
    let rejected = try (0..<runs).count { _ in try CochranQ.test(outcomes(&random, 100, 4)).p.value <= 0.05 }
    #expect((Double(rejected) / Double(runs) - 0.05).magnitude < 0.022)
  }

  @Test func undefinedWithoutDiscordOrSamples() {
    #expect(throws: Undefined.noObservations) { try CochranQ.test([]) }
    #expect(throws: Undefined.tooFew("samples", needed: 2, got: 1)) { try CochranQ.test([[true], [false]]) }
    #expect(throws: Undefined.tooFew("samples", needed: 2, got: 0)) { try CochranQ.test([[]]) }
    #expect(throws: Undefined.lengthsDiffer(2, 3)) { try CochranQ.test([[true, false], [true, true, false]]) }
    #expect(throws: Undefined.zeroVariance) { try CochranQ.test([[true, true], [false, false]]) }
  }
}
