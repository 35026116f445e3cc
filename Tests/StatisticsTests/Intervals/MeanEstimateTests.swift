import Testing

@testable import Statistics

@Suite struct MeanEstimateTests {
  /// 1, 2, 3, 4: mean 2.5, standard error sqrt(5/12), t of three degrees 3.182446305284263.
  @Test func byHand() throws {
    let mean = try MeanEstimate([1, 2, 3, 4])
    #expect(mean.value == 2.5 && mean.degreesOfFreedom == 3)
    let half = 3.182446305284263 * (5.0 / 12).squareRoot()
    let interval = try mean.interval(confidence: 0.95).interval
    #expect((interval.upper - 2.5 - half).magnitude < 1e-12 && (2.5 - interval.lower - half).magnitude < 1e-12)
    #expect((try mean.test(against: interval.upper).p.value - 0.05).magnitude < 1e-12)
  }

  /// 20,000 samples of five normal values: within three standard errors (0.5 %) of 95 %.
  @Test func covers() throws {
    var random = Philox(Seed(21))
    var covered = (one: 0, two: 0)
    for _ in 0..<20_000 {
      let values = Self.normals(5, &random)
      let others = Self.normals(9, &random).map { 3 * $0 + 1 }
      if try MeanEstimate(values).interval(confidence: 0.95).interval.contains(0) { covered.one += 1 }
      if try MeanEstimate(values, others).interval(confidence: 0.95).interval.contains(-1) { covered.two += 1 }
    }
    #expect((Double(covered.one) / 20_000 - 0.95).magnitude < 0.005)
    // Welch's degrees of freedom are an approximation.
    #expect((Double(covered.two) / 20_000 - 0.95).magnitude < 0.01)
  }

  static func normals(_ count: Int, _ random: inout Philox) -> [Double] {
    (0..<count).map { _ in Normal.quantile(random.uniform() + 0x1p-54) }
  }

  @Test func shiftAndScale() throws {
    var random = Philox(Seed(22))
    let (x, y) = (Self.normals(8, &random), Self.normals(12, &random))
    let plain = try MeanEstimate(x, y)
    for (scale, shift) in [(1e-300, 0.0), (1e300, 0), (1e100, 0), (3, 1e6)] {
      let moved = try MeanEstimate(x.map { $0 * scale + shift }, y.map { $0 * scale + shift })
      #expect((moved.value / scale - plain.value).magnitude < 1e-8)
      #expect((moved.standardError / scale / plain.standardError - 1).magnitude < 1e-8)
      #expect((moved.degreesOfFreedom - plain.degreesOfFreedom).magnitude < 1e-6)
    }
    #expect(try MeanEstimate(y, x).value == -plain.value)
  }

  @Test func hugeAndTinyValuesHaveTheirMeans() throws {
    #expect(try MeanEstimate([1e308, -1e308]).value == 0)
    #expect((try MeanEstimate([1e308, -1e308]).standardError / 1e308 - 1).magnitude < 1e-15)
    #expect((try MeanEstimate(pairs: [1e308, 0], [-1e307, 0]).value / 0.55e308 - 1).magnitude < 1e-15)
    #expect((try MeanEstimate([1e-300, 3e-300]).standardError / 1e-300 - 1).magnitude < 1e-10)
    let least = Double.leastNonzeroMagnitude
    #expect(try MeanEstimate([8 * least, 16 * least]).standardError == 4 * least)
  }

  @Test func hostileSamplesAreTypedErrors() {
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 0)) { try MeanEstimate([]) }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try MeanEstimate([1, 2], [3]) }
    #expect(throws: Undefined.notFinite(index: 1)) { try MeanEstimate([1, .nan]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try MeanEstimate(pairs: [1, 2], [.infinity, 2]) }
    #expect(throws: Undefined.lengthsDiffer(2, 3)) { try MeanEstimate(pairs: [1, 2], [1, 2, 3]) }
    #expect(throws: Undefined.zeroVariance) { try MeanEstimate([0.1, 0.1, 0.1]) }
    #expect(throws: Undefined.zeroVariance) { try MeanEstimate([1, 1], [2, 2]) }
    #expect(throws: Undefined.outsideDomain("the difference must be within the range of a double")) {
      try MeanEstimate([1.7e308, 1.6e308], [-1.7e308, -1.6e308])
    }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try MeanEstimate([1, 2]).interval(confidence: 1)
    }
  }
}
