import Testing

@testable import Statistics

@Suite struct LInfinityTests {
  /// Samples of one distribution exceed the floor at most in the stated share, and not much less often: the union bound
  /// is nearly sharp for many categories. Within 4.5 standard errors.
  @Test(arguments: [[0.5, 0.5], [0.2, 0.2, 0.2, 0.2, 0.2], [0.6, 0.2, 0.1, 0.05, 0.05]])
  func theNoiseFloorIsSeldomExceeded(shares: [Double]) throws {
    var random = Philox(Seed(14))
    let runs = 2000
    let exceeded = try (0..<runs).count { _ in
      let (p, q) = try (
        Counts(random.counts(of: 400, shares: shares)), Counts(random.counts(of: 250, shares: shares))
      )
      return try LInfinity.distance(p, q) > LInfinity.noiseFloor(p, q, significance: 0.1)
    }
    let share = Double(exceeded) / Double(runs)
    #expect(share <= 0.1 + 0.03)
    #expect(share >= 0.01)
  }

  @Test func byHand() throws {
    let (p, q) = try (Counts([50, 50]), Counts([60, 40]))
    let spread = (0.55 * 0.45 * (1 / 100.0 + 1 / 100.0)).squareRoot()
    #expect(agrees(try LInfinity.noiseFloor(p, q, significance: 0.05), Normal.upperQuantile(0.0125) * spread))
    #expect(agrees(try LInfinity.distance(p, q), 0.1))
  }

  @Test func fallsWithTheSampleSizeAndTheCategoriesThatAreEmptySayNothing() throws {
    let small = try LInfinity.noiseFloor(Counts([5, 5, 0]), Counts([5, 5, 0]))
    #expect(try LInfinity.noiseFloor(Counts([500, 500]), Counts([500, 500])) * 10 <= small)
    #expect(agrees(try LInfinity.noiseFloor(Counts([5, 5]), Counts([5, 5])), small))
    #expect(try LInfinity.noiseFloor(Counts([1, 1]), Counts([1, 1]), significance: 1e-9) == 1)
    #expect(try LInfinity.noiseFloor(Counts([7]), Counts([9])) == 0)
  }

  @Test func argumentsAreChecked() throws {
    let counts = try Counts([1, 2])
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try LInfinity.noiseFloor(counts, Counts([1])) }
    for significance in [0, 1, .nan] {
      #expect(throws: Undefined.outsideDomain("significance must be between 0 and 1")) {
        try LInfinity.noiseFloor(counts, counts, significance: significance)
      }
    }
  }
}
