import Testing

@testable import Statistics

@Suite struct CellBootstrapTests {
  private static func precision(_ cells: [Double]) throws(Undefined) -> Double {
    guard cells[1] + cells[3] > 0 else { throw .noObservations }
    return cells[3] / (cells[1] + cells[3])
  }

  /// Of a share the standard error is sqrt(p (1 - p) / n), here of a number of rows that varies as well.
  @Test func theStandardErrorIsThatOfTheShare() throws {
    let distribution = try CellBootstrap(counts: [700, 100, 50, 150]).distribution(Self.precision)
    #expect(distribution.estimate == 0.6)
    let expected = (0.6 * 0.4 / 250).squareRoot()
    #expect(abs(try distribution.standardError() / expected - 1) < 0.04)
  }

  /// The same cells, row by row.
  @Test func itIsTheBootstrapOfTheRows() async throws {
    let counts = [40, 12, 9, 31]
    let cells = counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let rows = try await Bootstrap(resamples: 10_000, seed: Seed(3)).distribution(rows: 92, estimate: 31.0 / 43) {
      weights in
      var drawn = [Double](repeating: 0, count: 4)
      for (cell, count) in zip(cells, weights.counts) { drawn[cell] += Double(count) }
      return try? Self.precision(drawn)
    }
    let distribution = try CellBootstrap(counts: counts).distribution(Self.precision)
    for share in [0.025, 0.25, 0.5, 0.75, 0.975] {
      #expect(abs(distribution.quantile(share) - rows.quantile(share)) < 0.012, "\(share)")
    }
  }

  /// The jackknife of the rows, one by one.
  @Test func theAccelerationIsThatOfTheRows() throws {
    let counts = [40, 12, 9, 31]
    let cells = counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let jackknife = try Jackknife(rows: cells.count) { (left) throws(Undefined) in
      var drawn = [Double](repeating: 0, count: 4)
      for row in left { drawn[cells[row]] += 1 }
      return try Self.precision(drawn)
    }
    let influences = try #require(try CellBootstrap(counts: counts).influences(Self.precision))
    #expect(abs(influences.acceleration - (try jackknife.acceleration())) < 1e-12)
    // As if each row were a cluster of its own.
    let single = try CellBootstrap(counts: counts).influences(of: cells.map { [(cell: $0, count: 1)] }, Self.precision)
    #expect(abs((single?.effectiveCount ?? 0) - influences.effectiveCount) < 1e-9)
  }

  /// Of a share of one half among m rows all have the same influence, whatever the other rows are.
  @Test func onlyRowsWithInfluenceCount() throws {
    let influences = try #require(try CellBootstrap(counts: [1000, 20, 500, 20]).influences(Self.precision))
    #expect(abs(influences.effectiveCount - 40) < 0.5, "\(influences)")
  }

  /// Student's t of 9 degrees is 2.262157, times the root of 10/9 2.384523: the normal quantile of 98.29 %.
  @Test func fewObservationsNeedWiderLevels() {
    #expect(abs(BootstrapDistribution.expanded(0.95, count: 10) - 0.982899) < 1e-4)
    #expect(abs(BootstrapDistribution.expanded(0.95, count: 1e9) - 0.95) < 1e-8)
    #expect(BootstrapDistribution.expanded(1 - 1e-15, count: 3) < 1)
  }

  /// A tenth as many rows as clusters of ten equal rows say as much as these: the error is larger by the root of ten.
  @Test func clustersAreDrawnWhole() throws {
    let clusters = (0..<100).map { [(cell: $0 < 60 ? 3 : 1, count: 10)] }
    let distribution = try CellBootstrap(counts: [0, 400, 0, 600]).distribution(of: clusters, Self.precision)
    #expect(abs(try distribution.standardError() / (0.6 * 0.4 / 100).squareRoot() - 1) < 0.04)
  }

  @Test func whatIsOftenUndefinedIsNotEstimated() {
    #expect(throws: Undefined.self) { try CellBootstrap(counts: [50, 1, 3, 1]).distribution(Self.precision) }
    #expect(throws: Undefined.noObservations) { try CellBootstrap(counts: [0, 0]) }
  }

  /// Mean and variance of 20,000 draws, within five standard errors, on both sides of where the normal law takes over.
  @Test(arguments: [(10, 0.3), (1000, 0.01), (1000, 0.4), (1000, 0.97), (5, 1.0), (1_000_000, 0.2)])
  func binomialNumbersHaveTheirMoments(count: Int, share: Double) {
    var random = Philox(Seed(9))
    let draws = (0..<20_000).map { _ in Double(random.binomial(count, share)) }
    let (mean, variance) = (Double(count) * share, Double(count) * share * (1 - share))
    let observed = draws.reduce(0, +) / 20_000
    #expect(abs(observed - mean) <= 5 * (variance / 20_000).squareRoot())
    let spread = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(spread - variance) <= 0.06 * variance)
    #expect(draws.allSatisfy { $0 >= 0 && $0 <= Double(count) })
  }
}
