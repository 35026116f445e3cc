import Testing

@testable import Statistics

/// The two-sample and the paired permutation test, and the rule of their p-values.
@Suite struct PermutationTests {
  @Test func splitsAgreeWithEveryChoice() async throws {
    var draws = Draws(seed: 1)
    for (m, n) in [(1, 1), (2, 5), (4, 4), (5, 3), (7, 6)] {
      let (x, y) = (draws.integers(m, below: 7), draws.integers(n, below: 7))
      let pooled = x + y
      func difference(_ chosen: [Int]) -> Double {
        let sum = chosen.reduce(0.0) { $0 + pooled[$1] }
        return sum / Double(m) - (pooled.reduce(0, +) - sum) / Double(n)
      }
      let observed = difference(Array(0..<m))
      let values = combinations(m, of: m + n).map(difference)
      let result = try await PermutationTest.test(x, y)
      #expect(result.isExact)
      #expect(result.arrangements == values.count)
      let all = Double(values.count)
      #expect(agree(result.greater.value, Double(values.count { $0 >= observed - 1e-9 }) / all))
      #expect(agree(result.less.value, Double(values.count { $0 <= observed + 1e-9 }) / all))
      #expect(agree(result.twoSided.value, Double(values.count { $0.magnitude >= observed.magnitude - 1e-9 }) / all))
    }
  }

  @Test func signsAgreeWithEveryChoice() async throws {
    var draws = Draws(seed: 2)
    for count in [1, 2, 3, 7, 12] {
      let differences = draws.integers(count, below: 9).map { $0 / 8 - 0.5 }
      let sums = (0..<1 << count).map { signs in
        differences.enumerated().reduce(0.0) { $0 + (signs >> $1.offset & 1 == 1 ? -$1.element : $1.element) }
      }
      let observed = differences.reduce(0, +)
      let result = try await SignFlip.test(differences: differences)
      #expect(result.isExact)
      #expect(result.arrangements == sums.count)
      let all = Double(sums.count)
      #expect(agree(result.greater.value, Double(sums.count { $0 >= observed }) / all))
      #expect(agree(result.less.value, Double(sums.count { $0 <= observed }) / all))
      #expect(agree(result.twoSided.value, Double(sums.count { $0.magnitude >= observed.magnitude }) / all))
      #expect(agree(result.twoSidedDoubled.value, result.twoSided.value))
    }
  }

  /// Sums that differ in their last bits only are the same arrangement's.
  @Test func roundingMakesNoDifference() async throws {
    let result = try await SignFlip.test(differences: [0.1, 0.2, -0.3, 0.3])
    // In exact tenths 1 + 2 - 3 + 3: nine of sixteen sums have at least that size.
    let tenths = try await SignFlip.test(differences: [1, 2, -3, 3])
    #expect(result.greater == tenths.greater && result.less == tenths.less && result.twoSided == tenths.twoSided)
  }

  /// Thirty-nine differences counted exactly, and drawn: zeros, which no sign changes, make them too many to count.
  @Test func drawnSignsAgreeWithAllSigns() async throws {
    var draws = Draws(seed: 3)
    let differences = draws.normals(39, mean: 0.1)
    let exact = try await SignFlip.test(differences: differences + [Double](repeating: 0, count: 100))
    #expect(exact.isExact)
    #expect(exact.arrangements == 1 << 39)
    let drawn = try await SignFlip.test(differences: differences + [1e-12, -1e-12, 1e-12], replicates: 20_000)
    #expect(!drawn.isExact)
    #expect(isNear(drawn.greater.value, exact.greater.value, simulations: 20_000))
    #expect(isNear(drawn.twoSided.value, exact.twoSided.value, simulations: 20_000))
  }

  @Test func drawnSplitsAgreeWithTheT() async throws {
    var draws = Draws(seed: 4)
    let (x, y) = (draws.normals(150, mean: 0.15), draws.normals(140))
    let drawn = try await PermutationTest.test(x, y, replicates: 10_000)
    let t = try WelchT.difference(x, y)
    #expect(!drawn.isExact)
    #expect((drawn.greater.value - (try t.p(.greater).value)).magnitude < 0.02)
    #expect((drawn.twoSided.value - (try t.p().value)).magnitude < 0.02)
    #expect(drawn == (try await PermutationTest.test(x, y, replicates: 10_000, threads: 1)))
    // Exchanged samples exchange the sides, though other arrangements are drawn.
    let exchanged = try await PermutationTest.test(y, x, replicates: 10_000)
    #expect((exchanged.less.value - drawn.greater.value).magnitude < 0.03)
  }

  @Test func monteCarloPValuesAreNeverZero() throws {
    #expect(try MonteCarloP.p(extreme: 0, of: 99).value == 0.01)
    #expect(try MonteCarloP.p(extreme: 99, of: 99) == .one)
    #expect(try MonteCarloP.p(extreme: Int.max, of: Int.max) == .one)
    #expect(throws: Undefined.self) { try MonteCarloP.p(extreme: -1, of: 9) }
    #expect(throws: Undefined.self) { try MonteCarloP.p(extreme: 10, of: 9) }
    #expect(throws: Undefined.tooFew("replicates", needed: 1, got: 0)) { try MonteCarloP.p(extreme: 0, of: 0) }
  }

  @Test func whatIsUndefined() async throws {
    await #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try await PermutationTest.test([], [1]) }
    await #expect(throws: Undefined.notFinite(index: 0)) { try await SignFlip.test(differences: [.infinity]) }
    await #expect(throws: Undefined.outOfRange) { try await SignFlip.test(differences: [1e308, 1e308]) }
    await #expect(throws: Undefined.outOfRange) { try await PermutationTest.test([1e308, 1e308], [0]) }
    await #expect(throws: Undefined.tooFew("replicates", needed: 1, got: 0)) {
      try await SignFlip.test(differences: [Double](repeating: 1, count: 50), replicates: -5)
    }
    // All arrangements are the observed one.
    #expect(try await SignFlip.test(differences: [0, 0, 0]).twoSided == .one)
    #expect(try await PermutationTest.test([2, 2], [2]).twoSided == .one)
  }
}
