import Testing

@testable import Statistics

/// What is drawn has the moments of multinomial samples.
@Suite struct CellResamplerTests {
  private struct Share: CellEffect {
    var cell: Int
    func value(_ p: [Double], _ q: [Double]) -> Double { q[cell] }
  }

  @Test(arguments: [0, 1, 2, 3]) func sharesHaveTheirMeanAndVariance(cell: Int) throws {
    let shares = [0.004, 0.026, 0.17, 0.8]
    let cells = DriftCells(reference: shares.map { $0 * 1000 }, current: shares.map { $0 * 500 })
    let resampler = CellResampler(Share(cell: cell), try ObservedShares(cells), resamples: 20_000, seed: Seed(9))
    let drawn = resampler.effects((shares, shares))
    let moments = try Moments(drawn)
    let variance = shares[cell] * (1 - shares[cell]) / 500
    // Four standard errors of the mean, and of the variance of 20,000 draws, which is a little larger as the total varies.
    #expect((moments.mean - shares[cell]).magnitude < 4 * (variance / 20_000).squareRoot())
    #expect((moments.populationVariance / variance - 1).magnitude < 0.06)
    if cell == 0 { #expect(drawn.count { $0 == 0 } > 2200 && drawn.count { $0 == 0 } < 3200) }
  }

  /// A sample that is worth less than a row is that of one row.
  @Test func aSampleHasARow() throws {
    let shares = [0.2, 0.3, 0.5]
    let cells = DriftCells(reference: shares, current: shares, currentSize: 1e-3)
    for cell in 0..<3 {
      let drawn = CellResampler(Share(cell: cell), try ObservedShares(cells), resamples: 4000, seed: Seed(2))
        .effects((shares, shares))
      #expect(drawn.allSatisfy { $0 == 0 || $0 == 1 })
      // Four standard errors of a half are 0.032.
      #expect((Double(drawn.count { $0 == 1 }) / 4000 - shares[cell]).magnitude < 0.032)
    }
  }

  @Test func normalNumbersAreTheInverseOfTheUniformOnes() {
    var random = Philox(Seed(10))
    for point in random.points(2000) {
      #expect((point.normal - Normal.quantile(point.uniform)).magnitude < 1e-6)
    }
  }

  @Test func whatIsNotThereIsNotDrawn() throws {
    let cells = DriftCells(reference: [10, 10], current: [10, 0])
    let resampler = CellResampler(Share(cell: 1), try ObservedShares(cells), resamples: 500, seed: Seed(1))
    #expect(resampler.effects(([0.5, 0.5], [1, 0])).allSatisfy { $0 == 0 })
  }
}
