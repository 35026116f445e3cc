import Testing

@testable import Statistics

@Suite struct MeanIntervalTests {
  /// 1, 2, 3, 4: mean 2.5, standard error sqrt(5/12), t of three degrees 3.182446305284263.
  @Test func byHand() throws {
    let estimate = try MeanInterval.interval([1, 2, 3, 4], confidence: 0.95)
    let half = 3.182446305284263 * (5.0 / 12).squareRoot()
    #expect(estimate.value == 2.5)
    #expect(agree(estimate.interval.upper, 2.5 + half) && agree(estimate.interval.lower, 2.5 - half))
  }

  /// 20,000 samples of five normal values.
  @Test func covers() throws {
    var random = Draws(seed: 21)
    var covered = 0
    for _ in 0..<20_000 {
      if try MeanInterval.interval(random.normals(5, mean: 3), confidence: 0.95).interval.contains(3) { covered += 1 }
    }
    #expect(isNear(Double(covered) / 20_000, 0.95, simulations: 20_000))
  }

  @Test func shiftAndScale() throws {
    var random = Draws(seed: 22)
    let values = random.normals(8)
    let plain = try MeanInterval.interval(values, confidence: 0.9).interval
    for (scale, shift) in [(1e-300, 0.0), (1e300, 0), (3, 1e6)] {
      let moved = try MeanInterval.interval(values.map { $0 * scale + shift }, confidence: 0.9).interval
      #expect(((moved.lower - shift) / scale - plain.lower).magnitude < 1e-8)
      #expect(((moved.upper - shift) / scale - plain.upper).magnitude < 1e-8)
    }
  }

  @Test func hostileSamplesAreTypedErrors() {
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try MeanInterval.interval([], confidence: 0.9) }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try MeanInterval.interval([3], confidence: 0.9) }
    #expect(throws: Undefined.notFinite(index: 1)) { try MeanInterval.interval([1, .nan], confidence: 0.9) }
    #expect(throws: Undefined.zeroVariance) { try MeanInterval.interval([0.1, 0.1, 0.1], confidence: 0.9) }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try MeanInterval.interval([1, 2], confidence: 1)
    }
  }
}
