import Testing

@testable import Statistics

/// The sequential test and intervals of a mean with a known variance.
@Suite struct NormalSequentialTests {
  /// 2000 paths of 400 looks under the null: a small p ever, in at most 5 % (four standard errors are 2 %); a test of
  /// fixed n that looks as often errs many times as much.
  @Test func lookingOftenCostsNothing() throws {
    var random = Draws(seed: 51)
    var (errors, naive) = (0, 0)
    for _ in 0..<2000 {
      var test = try MixtureSPRT(variance: 4, mixingVariance: 0.4, null: 1)
      var (sum, erred) = (0.0, false)
      for (index, value) in random.normals(400).enumerated() {
        try test.update(1 + 2 * value)
        sum += value
        if sum.magnitude > 1.96 * Double(index + 1).squareRoot() { erred = true }
      }
      if test.p.value <= 0.05 { errors += 1 }
      if erred { naive += 1 }
    }
    #expect(errors < 140 && errors > 20)
    #expect(naive > 600)
  }

  @Test func findsAnEffect() throws {
    var random = Draws(seed: 52)
    var test = try MixtureSPRT(variance: 1, mixingVariance: 0.1)
    var last = Probability.one
    for value in random.normals(500) {
      try test.update(value + 0.4)
      #expect(test.p <= last)
      last = test.p
    }
    #expect(test.p.value < 1e-6 && test.count == 500)
  }

  /// The p-value is below alpha when the interval has left the null.
  @Test func testAndIntervalAgree() throws {
    var random = Draws(seed: 53)
    var test = try MixtureSPRT(variance: 1, mixingVariance: 0.2, null: 0.1)
    var left = false
    for value in random.normals(800) {
      try test.update(value + 0.4)
      let interval = try test.interval(confidence: 0.99).interval
      left = left || !interval.contains(0.1)
      #expect(left == (test.p.value < 0.01))
    }
    #expect(left)
  }

  @Test func aBatchIsItsValuesOneByOne() throws {
    var random = Draws(seed: 54)
    let values = random.normals(60).map { $0 + 0.3 }
    var (one, batch, summary) = try (
      MixtureSPRT(variance: 1, mixingVariance: 1), MixtureSPRT(variance: 1, mixingVariance: 1),
      MixtureSPRT(variance: 1, mixingVariance: 1)
    )
    for value in values { try one.update(value) }
    try batch.update(contentsOf: values)
    try summary.update(mean: values.compensatedSum / 60, count: 60)
    #expect(one.p == batch.p && one.logLikelihoodRatio == batch.logLikelihoodRatio)
    #expect((summary.logLikelihoodRatio - one.logLikelihoodRatio).magnitude < 1e-12)
    #expect(one.p <= summary.p)
    // A batch with a bad value is not taken at all.
    #expect(throws: Undefined.notFinite(index: 61)) { try batch.update(contentsOf: [1, .nan, 2]) }
    #expect(batch.count == 60 && batch.p == one.p)
  }

  /// Intervals of all times together miss in at most 5 % of 1000 paths; they are about half again as wide as those of a
  /// fixed n.
  @Test func theSequenceCoversOverTime() throws {
    var random = Draws(seed: 55)
    var misses = 0
    for _ in 0..<1000 {
      var sequence = try NormalMixtureSequence(standardDeviation: 3, mixingVariance: 0.05)
      var missed = false
      for value in random.normals(300) {
        try sequence.update(3 * value - 7)
        if try !sequence.interval(confidence: 0.95).interval.contains(-7) { missed = true }
      }
      if missed { misses += 1 }
    }
    #expect(misses < 80)
    let best = try NormalMixtureSequence.mixingVariance(bestAt: 300, confidence: 0.95)
    let half = try NormalMixtureSequence(standardDeviation: 1, mixingVariance: best)
      .halfWidth(after: 300, confidence: 0.95)
    for other in [best / 3, best / 1.3, best * 1.3, best * 3] {
      let wider = try NormalMixtureSequence(standardDeviation: 1, mixingVariance: other)
      #expect(try wider.halfWidth(after: 300, confidence: 0.95) > half * (1 - 1e-3))
    }
    let fixed = Normal.critical(confidence: 0.95) / 300.0.squareRoot()
    #expect(half > 1.3 * fixed && half < 1.8 * fixed)
  }

  @Test func hostileInputsAreTypedErrors() throws {
    for number in [0, -1, .nan, .infinity] {
      #expect(throws: Undefined.self) { try MixtureSPRT(variance: number, mixingVariance: 1) }
      #expect(throws: Undefined.self) { try MixtureSPRT(variance: 1, mixingVariance: number) }
      #expect(throws: Undefined.self) { try NormalMixtureSequence(standardDeviation: number, mixingVariance: 1) }
    }
    #expect(throws: Undefined.self) { try MixtureSPRT(variance: 1, mixingVariance: 1, null: .nan) }
    var test = try MixtureSPRT(variance: 1, mixingVariance: 1)
    #expect(test.p == .one && test.logLikelihoodRatio == 0)
    #expect(throws: Undefined.noObservations) { try test.interval(confidence: 0.95) }
    for value in [Double.nan, .infinity, 1e300] {
      #expect(throws: Undefined.self) { try test.update(value) }
    }
    #expect(throws: Undefined.outsideDomain("a count must not be negative")) { try test.update(mean: 1, count: -1) }
    try test.update(mean: 1, count: 0)
    #expect(test.count == 0 && test.p == .one)
    // Evidence beyond the smallest double keeps its logarithm.
    try test.update(1e100)
    #expect(test.p.value == 0 && test.p.log10 < -1e190)
    var sequence = try NormalMixtureSequence(standardDeviation: 1, mixingVariance: 1)
    try sequence.update(mean: 0, count: .max)
    #expect(throws: Undefined.self) { try sequence.update(1) }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try sequence.interval(confidence: 1)
    }
    #expect(throws: Undefined.noObservations) { try NormalMixtureSequence.mixingVariance(bestAt: 0, confidence: 0.9) }
  }
}
