import ModelChecks
import Statistics
import Testing

@Suite struct ComparisonPlanTests {
  /// (1.959964 + 0.841621)² × 2 × 0.9 × 0.1 × (1 - 0.8) / 0.01² = 2825.6, by hand.
  @Test func sharesOfModelsThatAreAlike() throws {
    let plan = try ComparisonPlan(.share(0.9), correlation: 0.8)
    #expect(try plan.rows(margin: 0.01, confidence: 0.95, power: 0.8) == 2826)
    // Without pairing five times as many, and the same from the discordant share 2 × 0.09 × 0.2.
    #expect(try plan.unpairedRows(margin: 0.01, confidence: 0.95, power: 0.8) == 14128)
    let discordant = try ComparisonPlan(discordant: 0.036)
    #expect(try discordant.rows(margin: 0.01, confidence: 0.95, power: 0.8) == 2826)
    #expect(abs(try plan.passes(benefit: 0, margin: 0.01, rows: 2826, confidence: 0.95) - 0.8) < 1e-4)
    #expect(abs(try plan.detectable(rows: 2826, confidence: 0.95, power: 0.8) - 0.01) < 1e-5)
  }

  /// ln 0.025 / ln 0.99 = 367.04: with fewer rows not even equal models pass.
  @Test func agreementOnFewRowsIsNoProof() throws {
    let plan = try ComparisonPlan(.share(0.999), correlation: 0.999)
    #expect(try plan.fewest(margin: 0.01, confidence: 0.95) == 368)
    #expect(try plan.rows(margin: 0.01, confidence: 0.95, power: 0.8) == 368)
    #expect(try plan.passes(benefit: 0, margin: 0.01, rows: 367, confidence: 0.95) == 0)
  }

  /// 7.848879 × 2 × 0.5² / 0.05², by hand.
  @Test func meansByTheirDeviation() throws {
    let plan = try ComparisonPlan(.mean(deviation: 0.5), correlation: 0)
    #expect(try plan.rows(margin: 0.05, confidence: 0.95, power: 0.8) == 1570)
    #expect(try plan.fewest(margin: 0.05, confidence: 0.95) == 1)
  }

  /// The rarer the positives, the more rows: at A = 0.8 the variances of the placements are 0.0711 and 0.0267.
  @Test func areasByTheShareOfPositives() throws {
    func rows(_ positives: Double) throws -> Int {
      try ComparisonPlan(.area(0.8, positives: positives), correlation: 0.5)
        .rows(margin: 0.02, confidence: 0.95, power: 0.8)
    }
    // 7.848879 × (0.0711111 / 0.5 + 0.0266667 / 0.5) / 0.0004
    #expect(try rows(0.5) == 3838)
    #expect(try rows(0.1) > 3 * rows(0.5))
  }

  @Test func whatCannotBeIsSaid() {
    #expect(throws: Undefined.self) { try ComparisonPlan(.share(1), correlation: 0) }
    #expect(throws: Undefined.self) { try ComparisonPlan(.share(0.5), correlation: 1) }
    #expect(throws: Undefined.self) { try ComparisonPlan(.mean(deviation: .nan), correlation: 0) }
    #expect(throws: Undefined.self) { try ComparisonPlan(.area(1, positives: 0.5), correlation: 0) }
    #expect(throws: Undefined.self) { try ComparisonPlan(discordant: 0) }
    #expect(throws: Undefined.self) {
      try ComparisonPlan(.share(0.9), correlation: 0).rows(margin: 0, confidence: 0.95, power: 0.8)
    }
  }
}
