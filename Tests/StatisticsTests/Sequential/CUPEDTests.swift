import Testing

@testable import Statistics

@Suite struct CUPEDTests {
  static func sample(_ count: Int, _ seed: UInt64) -> (y: [Double], x: [Double]) {
    var random = Draws(seed: seed)
    let x = random.normals(count)
    let noise = random.normals(count)
    return (zip(x, noise).map { 2 + 1.5 * $0 + 0.7 * $1 }, x)
  }

  /// The slow twin: the adjusted values themselves.
  @Test func agreesWithTheAdjustedValues() throws {
    let (y, x) = Self.sample(50, 81)
    let cuped = try CUPED(outcomes: y, covariates: x)
    let (my, mx) = (y.compensatedSum / 50, x.compensatedSum / 50)
    let sxy = zip(x, y).map { ($0 - mx) * ($1 - my) }.compensatedSum
    let theta = sxy / x.map { ($0 - mx) * ($0 - mx) }.compensatedSum
    let adjusted = zip(x, y).map { $1 - theta * ($0 - mx) }
    #expect((try cuped.theta() - theta).magnitude < 1e-12)
    #expect((cuped.mean - my).magnitude < 1e-13)
    #expect((try cuped.variance() - Moments(y).variance()).magnitude < 1e-12)
    #expect((try cuped.reducedVariance() - Moments(adjusted).variance()).magnitude < 1e-12)
    #expect((try cuped.reducedVariance() - cuped.variance() * (1 - cuped.explained())).magnitude < 1e-12)
  }

  /// var(y) (1 - rho²) would have no digit left here.
  @Test func aLineLeavesNothing() throws {
    let x = (0..<40).map { Double($0) + 1e6 }
    let exact = try CUPED(outcomes: x.map { 3 * $0 - 2 }, covariates: x)
    #expect(try exact.reducedVariance() < 1e-18)
    #expect(try exact.explained() == 1)
    var random = Draws(seed: 82)
    let noise = random.normals(40).map { $0 * 1e-7 }
    let nearly = try CUPED(outcomes: zip(x, noise).map { $0 - 1e6 + $1 }, covariates: x.map { $0 - 1e6 })
    let residual = try nearly.reducedVariance()
    #expect(residual > 0.3e-14 && residual < 2e-14)
  }

  @Test func shiftsScalesAndOrderChangeNothing() throws {
    let (y, x) = Self.sample(30, 83)
    let plain = try CUPED(outcomes: y, covariates: x)
    let moved = try CUPED(outcomes: y.map { 4 * $0 + 100 }, covariates: x.map { 0.5 * $0 - 8 })
    let reversed = try CUPED(outcomes: y.reversed(), covariates: x.reversed())
    #expect((try moved.reducedVariance() / 16 - plain.reducedVariance()).magnitude < 1e-9)
    #expect((try moved.explained() - plain.explained()).magnitude < 1e-9)
    #expect((try moved.theta() / 8 - plain.theta()).magnitude < 1e-9)
    #expect((try reversed.reducedVariance() - plain.reducedVariance()).magnitude < 1e-12)
  }

  /// 2000 experiments: the interval covers, and is much shorter than without the covariate.
  @Test func theDifferenceCovers() throws {
    var covered = 0
    for seed in 0..<2000 {
      let (first, second) = (Self.sample(40, UInt64(1000 + seed)), Self.sample(60, UInt64(5000 + seed)))
      let candidate = try CUPED(outcomes: first.y.map { $0 + 0.3 }, covariates: first.x)
      let baseline = try CUPED(outcomes: second.y, covariates: second.x)
      let estimate = try candidate.difference(from: baseline, confidence: 0.95)
      if estimate.interval.contains(0.3) { covered += 1 }
      if seed == 0 {
        let plain = try WelchT.difference(first.y, second.y).interval(confidence: 0.95)
        #expect(estimate.interval.width < 0.6 * plain.width)
        let back = try baseline.difference(from: candidate, confidence: 0.95)
        #expect((back.value + estimate.value).magnitude < 1e-12)
      }
    }
    #expect((Double(covered) / 2000 - 0.95).magnitude < 0.02)
  }

  @Test func hostileSamplesAreTypedErrors() throws {
    #expect(throws: Undefined.lengthsDiffer(1, 2)) { try CUPED(outcomes: [1], covariates: [1, 2]) }
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try CUPED(outcomes: [], covariates: []) }
    #expect(throws: Undefined.notFinite(index: 1)) { try CUPED(outcomes: [1, 2], covariates: [1, .nan]) }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) {
      try CUPED(outcomes: [1], covariates: [1]).theta()
    }
    let constant = try CUPED(outcomes: [1, 2, 4], covariates: [7, 7, 7])
    #expect(throws: Undefined.zeroVariance) { try constant.theta() }
    #expect(throws: Undefined.zeroVariance) { try constant.reducedVariance() }
    #expect((try constant.variance() - 7.0 / 3).magnitude < 1e-12)
    #expect(throws: Undefined.zeroVariance) { try CUPED(outcomes: [1, 1], covariates: [1, 2]).explained() }
    #expect(throws: Undefined.zeroVariance) { try constant.difference(from: constant, confidence: 0.9) }
    #expect(throws: Undefined.outOfRange) {
      try CUPED(outcomes: [1e308, -1e308], covariates: [1, 2])
    }
    // The covariate varies late: the first rows have no line.
    let late = try CUPED(outcomes: [1, 3, 5, 5], covariates: [2, 2, 2, 6])
    #expect((try late.reducedVariance() - 8.0 / 3).magnitude < 1e-12)
  }
}
