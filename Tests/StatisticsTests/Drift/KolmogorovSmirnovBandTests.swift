import Glibc
import Testing

@testable import Statistics

@Suite struct KolmogorovSmirnovBandTests {
  /// P(U + V > e) for the two bounds by another way: from random cases.
  @Test(arguments: [(10.0, 10.0), (1000, 1000), (100_000, 50)]) func theBandIsTheSumOfBoth(n: Double, m: Double) {
    let half = KolmogorovSmirnovBand.halfWidth(n, m, confidence: 0.95)
    var random = Philox(Seed(5))
    func error(_ rows: Double) -> Double { (-log((random.uniform() + 1e-18) / 2) / (2 * rows)).squareRoot() }
    let exceeded = (0..<40_000).count { _ in error(n) + error(m) > half }
    // 2,000 are expected; four standard errors are 174.
    #expect(half == 1 || (1826...2174).contains(exceeded))
    // Narrower than both bands at 97.5 % each, and wider than the band of either alone.
    let apart = [n, m].map { (log(4 / 0.05) / (2 * $0)).squareRoot() }
    #expect(half < apart[0] + apart[1])
    #expect(half == 1 || half > (log(2 / 0.05) / (2 * min(n, m))).squareRoot())
  }

  @Test func theTestIsTheExactOne() throws {
    var random = Philox(Seed(6))
    for shift in [0, 0.3, 1.5] {
      let (x, y) = (random.rows(60), random.rows(45, shift: shift))
      let cells = try DriftCells.numbers(reference: x, current: y, for: .ks)
      let estimate = try Drift.estimate(cells, .ks, limit: 0.1, seed: Seed(1))
      let exact = try KolmogorovSmirnov(x.map(\.value), y.map(\.value)).test(law: .exact)
      #expect(agrees(estimate.effect, exact.statistic) && agrees(estimate.p.value, exact.p.value))
    }
  }

  @Test func itCoversTheDistanceOfThePopulations() throws {
    // Two normal distributions a half apart: 2 Φ(1/4) - 1.
    let truth = 2 * Normal.lower(0.25).value - 1
    var random = Philox(Seed(7))
    var missed = 0
    for _ in 0..<200 {
      let cells = try DriftCells.numbers(reference: random.rows(400), current: random.rows(150, shift: 0.5), for: .ks)
      let estimate = try Drift.estimate(cells, .ks, limit: 0.1, seed: Seed(1))
      if !estimate.interval.contains(truth) { missed += 1 }
    }
    #expect(missed <= 10)
  }

  @Test func sketchesWidenItAndWeakenTheTest() throws {
    func estimate(_ error: Double) throws -> DriftEstimate {
      try Drift.estimate(
        DriftCells(
          reference: [500, 500, 500], current: [700, 500, 300], referenceError: error, currentError: error,
          ordered: true), .ks, limit: 0.1, seed: Seed(1))
    }
    let (exact, sketched) = (try estimate(0), try estimate(0.0133))
    #expect(agrees(exact.interval.lower - sketched.interval.lower, 0.0266, within: 1e-6))
    #expect(exact.p < sketched.p && exact.effect == sketched.effect)
    let (least, more) = (try #require(exact.rowsToDecide), try #require(sketched.rowsToDecide))
    #expect(least < more)
    #expect(try estimate(0.05).rowsToDecide == nil)
  }
}
