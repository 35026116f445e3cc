import Testing

@testable import Statistics

@Suite struct AndersonDarlingTests {
  /// Equation 3 of Scholz and Stephens for values without ties, term by term.
  private func sum(_ samples: [[Double]]) -> Double {
    let pooled = samples.flatMap { $0 }.sorted()
    let total = Double(pooled.count)
    return samples.reduce(0) { all, sample in
      let n = Double(sample.count)
      return all + (1..<pooled.count).reduce(0.0) { sum, j in
        let distance = total * Double(sample.count { $0 <= pooled[j - 1] }) - Double(j) * n
        return sum + distance * distance / (Double(j) * (total - Double(j)))
      } / n / total
    }
  }

  @Test func variantsAgreeWithoutTies() throws {
    var draws = Draws(seed: 1)
    let (a, b) = ([draws.normals(9), draws.normals(12)], [draws.normals(9), draws.normals(12, mean: 2)])
    // The normalised statistics differ as the sums do.
    for variant in [AndersonDarling.Variant.right, .continuous] {
      let (one, other) = (try AndersonDarling(a, variant: variant), try AndersonDarling(b, variant: variant))
      let scale = (try AndersonDarling(a, variant: .right).statistic + 0) / (sum(a) - 1)
      #expect(agree(other.statistic / scale, sum(b) - 1, 1e-9))
      #expect(agree(one.statistic / scale, sum(a) - 1, 1e-9))
    }
  }

  /// Mean 0 and variance 1 under the null hypothesis: equation 4.
  @Test func theStatisticIsStandardised() throws {
    var draws = Draws(seed: 2)
    let simulations = 3_000
    let values = try (0..<simulations).map { _ in
      try AndersonDarling([draws.normals(8), draws.normals(15), draws.normals(11)], variant: .right).statistic
    }
    let moments = try Moments(values)
    #expect(moments.mean.magnitude < 4 / Double(simulations).squareRoot())
    #expect((try moments.variance() - 1).magnitude < 0.2)
  }

  @Test func onlyTheOrderMatters() throws {
    var draws = Draws(seed: 3)
    let samples = [draws.integers(20, below: 8), draws.integers(10, below: 9), draws.integers(15, below: 7)]
    for variant in AndersonDarling.Variant.allCases {
      let one = try AndersonDarling(samples, variant: variant).statistic
      let other = try AndersonDarling(samples.map { $0.map { 5 * $0 * $0 - 9 } }, variant: variant).statistic
      #expect(agree(one, other, 1e-9))
      #expect(agree(try AndersonDarling(samples.reversed(), variant: variant).statistic, one, 1e-9))
    }
  }

  @Test func pValuesAreThoseOfPermutations() async throws {
    var draws = Draws(seed: 4)
    // All ways to divide six values into two threes: the farthest apart are 2 of 20.
    let apart = try await AndersonDarling([[1, 2, 3], [4, 5, 6]]).p(replicates: 4_999)
    #expect(isNear(apart.value, 0.1, simulations: 4_999))
    let test = try AndersonDarling([draws.normals(30), draws.normals(40, mean: 1.5)])
    let (alone, together) = (
      try await test.p(replicates: 499, threads: 1), try await test.p(replicates: 499, threads: 3)
    )
    #expect(alone == together)
    #expect(alone.value == 0.002)
    var small = 0
    for _ in 0..<400 {
      let test = try AndersonDarling([draws.normals(10), draws.normals(12)])
      if try await test.p(replicates: 99).value <= 0.1 { small += 1 }
    }
    #expect(isNear(Double(small) / 400, 0.1, simulations: 400))
  }

  @Test func whatIsUndefined() async throws {
    #expect(throws: Undefined.allEqual) { try AndersonDarling([[1, 1], [1, 1]]) }
    #expect(throws: Undefined.tooFew("samples", needed: 2, got: 1)) { try AndersonDarling([[1, 2, 3, 4]]) }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try AndersonDarling([[1, 2, 3, 4], []]) }
    #expect(throws: Undefined.tooFew("values", needed: 4, got: 3)) { try AndersonDarling([[1, 2], [3]]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try AndersonDarling([[1, 2], [.nan, 3]]) }
    await #expect(throws: Undefined.tooFew("replicates", needed: 1, got: 0)) {
      try await AndersonDarling([[1, 2], [3, 4]]).p(replicates: 0)
    }
  }
}
