import Testing

@testable import Statistics

@Suite struct BootstrapTests {
  private static func mean(_ values: [Double]) -> @Sendable (borrowing ResampleWeights) -> Double? {
    { weights in
      var (sum, total) = (0.0, 0.0)
      for (value, count) in zip(values, weights.counts) {
        sum += value * Double(count)
        total += Double(count)
      }
      return total > 0 ? sum / total : nil
    }
  }

  /// Draws from a skewed distribution with mean 1.
  private static func exponential(_ count: Int, _ random: inout Philox) -> [Double] {
    (0..<count).map { _ in -Normal.upper(Normal.quantile(random.uniform() + 0x1p-54)).log10 * 2.302585092994046 }
  }

  @Test(arguments: [Bootstrap.Scheme.rows, .poisson])
  func theStandardErrorOfAMeanIsItsFormula(scheme: Bootstrap.Scheme) async throws {
    var random = Philox(Seed(1))
    let values = Self.exponential(400, &random)
    let moments = try Moments(values)
    let distribution = try await Bootstrap(resamples: 4000, scheme: scheme, seed: Seed("mean", values))
      .distribution(rows: 400, estimate: moments.mean, Self.mean(values))
    let expected = (moments.populationVariance / 400).squareRoot()
    // The standard error of a standard error from 4,000 replicates is about 1.1 %.
    #expect((try distribution.standardError() / expected - 1).magnitude < 0.05)
  }

  /// Coverage in 400 samples of 60 skewed values, within four standard errors of what theory and the literature lead
  /// to expect: 95 % less some points for the percentile interval, more for BCa.
  @Test func intervalsCover() async throws {
    var random = Philox(Seed(2))
    var (percentile, basic, bca) = (0, 0, 0)
    for _ in 0..<400 {
      let values = Self.exponential(60, &random)
      let mean = try Moments(values).mean
      let distribution = try await Bootstrap(resamples: 999, seed: Seed("cover", values))
        .distribution(rows: 60, estimate: mean, Self.mean(values))
      let left = values.map { (mean * 60 - $0) / 59 }
      if try distribution.percentile(confidence: 0.95).contains(1) { percentile += 1 }
      if try distribution.basic(confidence: 0.95).contains(1) { basic += 1 }
      let acceleration = try Jackknife(left).acceleration()
      if try distribution.bca(acceleration: acceleration, confidence: 0.95).contains(1) { bca += 1 }
    }
    #expect((356...395).contains(percentile))
    #expect((350...395).contains(basic))
    #expect((360...396).contains(bca))
  }

  /// Rows of one cluster say nearly the same: drawn one by one they make intervals far too narrow. 300 samples of 40
  /// clusters of 4 rows; four standard errors of a coverage of 93 % are 18 samples.
  @Test func clustersKeepTheCoverageThatRowsLose() async throws {
    var random = Philox(Seed(5))
    let clusters = (0..<160).map { $0 / 4 }
    var covered = (clusters: 0, rows: 0)
    for _ in 0..<300 {
      let effects = (0..<40).map { _ in random.normal() }
      let values = clusters.map { 2 * effects[$0] + random.normal() }
      let mean = try Moments(values).mean
      func covers(_ scheme: Bootstrap.Scheme) async throws -> Bool {
        try await Bootstrap(resamples: 400, scheme: scheme, seed: Seed("clusters", values))
          .distribution(rows: 160, estimate: mean, Self.mean(values)).percentile(confidence: 0.95).contains(0)
      }
      if try await covers(.clusters(clusters, count: 40)) { covered.clusters += 1 }
      if try await covers(.rows) { covered.rows += 1 }
    }
    #expect((261...297).contains(covered.clusters))
    #expect(covered.rows < 240)
  }

  /// As the percentile interval of rows: 300 samples of 60 skewed values.
  @Test func poissonIntervalsCover() async throws {
    var random = Philox(Seed(6))
    var covered = 0
    for _ in 0..<300 {
      let values = Self.exponential(60, &random)
      let distribution = try await Bootstrap(resamples: 400, scheme: .poisson, seed: Seed("poisson", values))
        .distribution(rows: 60, estimate: try Moments(values).mean, Self.mean(values))
      if try distribution.percentile(confidence: 0.95).contains(1) { covered += 1 }
    }
    #expect((258...297).contains(covered))
  }

  @Test func clustersAreDrawnWhole() async throws {
    let clusters = (0..<60).map { $0 / 6 }
    let torn = try await Bootstrap(resamples: 300, scheme: .clusters(clusters, count: 10), seed: Seed(3))
      .distribution(rows: 60, estimate: 0) { weights in
        let isWhole = (0..<60).allSatisfy { weights.counts[$0] == weights.counts[$0 / 6 * 6] }
        let drawn = stride(from: 0, to: 60, by: 6).reduce(0) { $0 + Int(weights.counts[$1]) }
        return isWhole && drawn == 10 ? 0 : 1
      }
    #expect(torn.replicates.allSatisfy { $0 == 0 })
  }

  @Test func resultsDoNotDependOnTheThreads() async throws {
    let values = (0..<50).map { Double($0 * $0 % 17) }
    var seen: Set<[Double]> = []
    for threads in [1, 2, 5] {
      let distribution = try await Bootstrap(resamples: 500, seed: Seed("t", values), threads: threads)
        .distribution(rows: 50, estimate: 1, Self.mean(values))
      seen.insert(distribution.replicates)
    }
    #expect(seen.count == 1)
  }

  @Test func whatCannotBeToldIsUndefined() async throws {
    let equal = try await Bootstrap(resamples: 50, seed: Seed(1))
      .distribution(rows: 5, estimate: 2, Self.mean([2, 2, 2, 2, 2]))
    #expect(throws: Undefined.allEqual) { try equal.percentile(confidence: 0.95) }
    #expect(throws: Undefined.allEqual) { try equal.basic(confidence: 0.95) }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try equal.percentile(confidence: 1)
    }
    let bootstrap = Bootstrap(resamples: 200, seed: Seed(1))
    await #expect(throws: Undefined.undefinedResamples(200, of: 200)) {
      try await bootstrap.distribution(rows: 5, estimate: 2) { _ in nil }
    }
    await #expect(throws: Undefined.tooFew("rows", needed: 2, got: 1)) {
      try await bootstrap.distribution(rows: 1, estimate: 2) { _ in 0 }
    }
    let torn = Bootstrap(resamples: 200, scheme: .clusters([0, 1, 7], count: 3), seed: Seed(1))
    await #expect(throws: Undefined.outsideDomain("a row's cluster must be below the number of clusters")) {
      try await torn.distribution(rows: 3, estimate: 2) { _ in 0 }
    }
    let outside = try BootstrapDistribution(estimate: 9, replicates: [1, 2, 3])
    #expect(throws: Undefined.self) { try outside.bias() }
  }

  @Test func withoutBiasAndAccelerationBCaIsThePercentileInterval() throws {
    let distribution = try BootstrapDistribution(estimate: 50, replicates: (0...100).map(Double.init))
    let (bca, percentile) = (
      try distribution.bca(acceleration: 0, confidence: 0.9), try distribution.percentile(confidence: 0.9)
    )
    #expect((bca.lower - percentile.lower).magnitude < 1e-9 && (bca.upper - percentile.upper).magnitude < 1e-9)
    #expect((percentile.lower - 5).magnitude < 1e-9 && (percentile.upper - 95).magnitude < 1e-9)
  }
}
