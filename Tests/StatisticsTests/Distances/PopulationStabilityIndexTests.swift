import Glibc
import Testing

@testable import Statistics

@Suite struct PopulationStabilityIndexTests {
  private typealias PSI = PopulationStabilityIndex

  private func psi(_ e: [Int], _ a: [Int], _ zeros: PSI.ZeroPolicy = .none) throws -> Double {
    try PSI.value(reference: Counts(e), current: Counts(a), zeros: zeros)
  }

  @Test func byHand() throws {
    let index = 0.1 * log(2) + 0.1 * log(1.5) - 0.2 * log(0.5)
    #expect(agrees(try psi([10, 20, 30, 40], [20, 30, 30, 20]), index))
    // 0.1 against 0.0001, and 0.3 against 0.2.
    let raised = (0.1 - 1e-4) * log(1000) + 0.1 * log(1.5)
    #expect(agrees(try psi([10, 20, 30, 40], [0, 30, 30, 40], .floor(1e-4)), raised))
    let sum = 1 + 1e-4
    let divided =
      (0.1 - 1e-4 / sum) * log(0.1 / (1e-4 / sum)) + (0.3 / sum - 0.2) * log(0.3 / sum / 0.2)
      + (0.3 / sum - 0.3) * log(1 / sum) + (0.4 / sum - 0.4) * log(1 / sum)
    #expect(agrees(try psi([10, 20, 30, 40], [0, 30, 30, 40], .floorAndRenormalise(1e-4)), divided))
  }

  @Test func isSymmetricAndTheSumOfBothDivergences() throws {
    var random = Philox(Seed(11))
    for _ in 0..<50 {
      let rows = random.table(rows: 2, columns: 6, below: 30).map { $0.map { $0 + 1 } }
      let index = try psi(rows[0], rows[1])
      #expect(agrees(try psi(rows[1], rows[0]), index))
      let (p, q) = try (Counts(rows[0]), Counts(rows[1]))
      let sum = try KullbackLeibler.divergence(of: p, from: q) + KullbackLeibler.divergence(of: q, from: p)
      #expect(agrees(index, sum))
      // Merging categories hides drift, never makes it.
      let merged = rows.map { [$0[0] + $0[1]] + $0[2...] }
      #expect(try psi(merged[0], merged[1]) <= index + 1e-15)
    }
  }

  @Test func smallDriftInManyRowsKeepsItsDigits() throws {
    // Shares 1/2 +- d: d ln(1 + 2d) - d ln(1 - 2d) = 4 d^2 (1 + 4 d^2 / 3 + …).
    let half = 500_000_000
    let d = 1 / Double(2 * half)
    #expect(agrees(try psi([half, half], [half + 1, half - 1]), 4 * d * d, within: 1e-14))
  }

  @Test func zeroPoliciesDiffer() throws {
    #expect(throws: Undefined.noOverlap) { try psi([10, 0], [5, 5]) }
    #expect(throws: Undefined.noOverlap) { try psi([5, 5], [10, 0]) }
    #expect(agrees(try psi([0, 50, 50], [0, 40, 60]), try psi([50, 50], [40, 60])))
    #expect(try psi([10, 0], [0, 10], .floor(1e-6)) > psi([10, 0], [0, 10], .floor(1e-4)))
    for epsilon in [0, 1, -0.1, .nan] {
      #expect(throws: Undefined.outsideDomain("epsilon must be between 0 and 1")) {
        try psi([1, 2], [2, 1], .floor(epsilon))
      }
      #expect(throws: Undefined.self) { try psi([1, 2], [2, 1], .floorAndRenormalise(epsilon)) }
    }
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try psi([1], [2, 1]) }
  }

  /// Without drift the index exceeds the critical value in the stated share of samples, within 4.5 standard errors.
  @Test func theCriticalValueKeepsItsLevel() throws {
    var random = Philox(Seed(12))
    let shares = [Double](repeating: 0.1, count: 10)
    let limit = try PSI.criticalValue(reference: 1000, current: 600, categories: 10, significance: 0.05)
    let runs = 2000
    let exceeded = try (0..<runs).count { _ in
      try psi(random.counts(of: 1000, shares: shares), random.counts(of: 600, shares: shares)) > limit
    }
    #expect((Double(exceeded) / Double(runs) - 0.05).magnitude < 0.022)
  }

  @Test func criticalValuesFallWithTheSampleSizes() throws {
    func limit(_ n: Double, _ significance: Double = 0.05) throws -> Double {
      try PSI.criticalValue(reference: n, current: n, categories: 10, significance: significance)
    }
    #expect(agrees(try limit(1000), try limit(100) / 10))
    // What the method's text says of 100 rows and the limit 0.1.
    #expect((try limit(100, 5 / 6.0) - 0.1).magnitude < 0.002)
    #expect(throws: Undefined.tooFew("categories", needed: 2, got: 1)) {
      try PSI.criticalValue(reference: 10, current: 10, categories: 1, significance: 0.05)
    }
    #expect(throws: Undefined.noObservations) {
      try PSI.criticalValue(reference: 0, current: 10, categories: 3, significance: 0.05)
    }
    #expect(throws: Undefined.outsideDomain("significance must be between 0 and 1")) { try limit(10, 1) }
  }
}
