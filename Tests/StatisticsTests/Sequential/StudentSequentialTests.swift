import Foundation
import Testing

@testable import Statistics

/// The sequential t-test, its pairs, and changes between two sequences.
@Suite struct StudentSequentialTests {
  private static func sequence(_ values: [Double], mixingVariance: Double = 0.05) throws -> StudentMixtureSequence {
    var sequence = try StudentMixtureSequence(mixingVariance: mixingVariance)
    try sequence.update(contentsOf: values)
    return sequence
  }

  /// Exact for normal values of any variance, from the second on: at most 5 % of 1000 paths ever miss.
  @Test func coversOverTimeWhateverTheVariance() throws {
    var random = Draws(seed: 61)
    for scale in [1e-6, 1, 1e9] {
      var misses = 0
      for _ in 0..<1000 {
        var sequence = try StudentMixtureSequence(mixingVariance: 0.05)
        var missed = false
        for value in random.normals(200) {
          try sequence.update(scale * (value + 3))
          if sequence.logEvidence(against: 3 * scale) >= -log(0.05) { missed = true }
        }
        if missed { misses += 1 }
      }
      #expect(misses < 75 && misses > 5, "\(misses) at \(scale)")
    }
  }

  /// With three values 1, 2, 6: mean 3, squares 14, t against 0 is 9/sqrt(21), x = 27/14; with r = 1, g = 4.
  @Test func evidenceByHand() throws {
    let sequence = try Self.sequence([1, 2, 6], mixingVariance: 1)
    let x = 27.0 / 14
    let expected = 1.5 * log((1 + x) / (1 + x / 4)) - 0.5 * log(4.0)
    #expect((sequence.logEvidence(against: 0) - expected).magnitude < 1e-14)
    #expect(sequence.logEvidence(against: 3) == -0.5 * log(4.0))
  }

  @Test func theIntervalIsWhatTheEvidenceDoesNotRuleOut() throws {
    var random = Draws(seed: 62)
    for (count, confidence) in [(12, 0.5), (300, 0.95), (500, 0.9875)] {
      let sequence = try Self.sequence(random.normals(count).map { 4 + 2 * $0 })
      let interval = try sequence.interval(confidence: confidence).interval
      try #require(interval.lower.isFinite)
      for end in [interval.lower, interval.upper] {
        #expect((sequence.logEvidence(against: end) + log1p(-confidence)).magnitude < 1e-9)
      }
    }
    // Two values rule out no mean at all with so much confidence.
    #expect(try Self.sequence([1, 2]).interval(confidence: 0.99).interval.upper == .infinity)
  }

  /// With many values the variance is known, and the normal mixture's interval is the same.
  @Test func approachesTheNormalMixture() throws {
    let factor = try StudentMixtureSequence.squaredHalfWidth(
      after: 1_000_000, mixingVariance: 0.01, confidence: 0.95)
    let normal = try NormalMixtureSequence(standardDeviation: 1, mixingVariance: 0.01)
      .halfWidth(after: 1_000_000, confidence: 0.95)
    #expect((factor.squareRoot() / normal - 1).magnitude < 1e-4)
  }

  // MARK: - Pairs

  @Test func differencesOfPairsAreThoseOfOneSample() throws {
    var random = Draws(seed: 63)
    let pairs = zip(random.normals(80), random.normals(80)).map { (candidate: 5 + $0 + $1, baseline: 3 + $1) }
    var paired = try PairedMeansSequence(mixingVariance: 0.05)
    try paired.update(contentsOf: pairs)
    let single = try Self.sequence(pairs.map { $0.candidate - $0.baseline }).interval(confidence: 0.95)
    let found = try paired.difference(confidence: 0.95)
    #expect((found.value - single.value).magnitude < 1e-12)
    #expect((found.interval.lower - single.interval.lower).magnitude < 1e-12)
    #expect((found.interval.upper - single.interval.upper).magnitude < 1e-12)
  }

  /// At the ends of the ratio's interval, c - q b just keeps 0.
  @Test func theRatioInvertsTheTest() throws {
    var random = Draws(seed: 64)
    let pairs = zip(random.normals(60), random.normals(60)).map { (candidate: 12 + $0, baseline: 10 + $1 + 0.5 * $0) }
    var paired = try PairedMeansSequence(mixingVariance: 0.05)
    try paired.update(contentsOf: pairs)
    let found = try paired.ratio(confidence: 0.95)
    #expect(found.interval.contains(found.value) && found.interval.contains(1.2))
    for end in [found.interval.lower, found.interval.upper] {
      let rest = try Self.sequence(pairs.map { $0.candidate - end * $0.baseline })
      #expect((rest.logEvidence(against: 0) + log(0.05)).magnitude < 1e-8)
    }
  }

  /// A baseline that may be 0 divides nothing.
  @Test func aRatioToNearlyNothingIsUnbounded() throws {
    var paired = try PairedMeansSequence(mixingVariance: 0.05)
    try paired.update(contentsOf: [-1.0, 1.1, -0.9, 1, -1, 0.9].map { (candidate: $0 + 1, baseline: $0) })
    let interval = try paired.ratio(confidence: 0.95).interval
    #expect(interval.lower == -.infinity && interval.upper == .infinity)
  }

  /// An A/A canary on latencies with a heavy tail, looked at after every pair: the interval of the ratio of means ever
  /// leaves 1 to one side in at most 2.5 % of the runs.
  @Test func heavyTailsDoNotAlarm() throws {
    var random = Draws(seed: 65)
    var alarms = 0
    for _ in 0..<1000 {
      var paired = try PairedMeansSequence(mixingVariance: 0.05)
      var alarm = false
      for (first, second) in zip(random.normals(300), random.normals(300)) {
        try paired.update((candidate: exp(first), baseline: exp(second)))
        if paired.count >= 30, try paired.ratio(confidence: 0.95).interval.lower > 1 { alarm = true }
      }
      if alarm { alarms += 1 }
    }
    #expect(alarms <= 25, "\(alarms)")
  }

  // MARK: - Two samples

  @Test func changesOfTwoSequences() {
    let candidate = ConfidenceInterval(lower: 6, upper: 8, confidence: 0.975)
    let baseline = ConfidenceInterval(lower: 4, upper: 5, confidence: SeparateSequences.each(0.95))
    let difference = SeparateSequences.difference(candidate, baseline)
    let ratio = SeparateSequences.ratio(candidate, baseline)
    #expect((difference.lower, difference.upper) == (1, 4) && (difference.confidence - 0.95).magnitude < 1e-12)
    #expect((ratio.lower, ratio.upper) == (1.2, 2))
    let unknown = ConfidenceInterval(lower: 0, upper: .infinity, confidence: 0.975)
    #expect(SeparateSequences.ratio(candidate, unknown).lower == 0)
    #expect(SeparateSequences.difference(unknown, unknown).lower == -.infinity)
    #expect(SeparateSequences.difference(unknown, unknown).upper == .infinity)
    #expect(SeparateSequences.ratio(unknown, unknown).upper == .infinity)
  }

  @Test func hostileInputsAreTypedErrors() throws {
    for number in [0, -1, .nan, .infinity] {
      #expect(throws: Undefined.self) { try StudentMixtureSequence(mixingVariance: number) }
      #expect(throws: Undefined.self) { try PairedMeansSequence(mixingVariance: number) }
    }
    var sequence = try Self.sequence([1])
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try sequence.interval(confidence: 0.95) }
    for value in [Double.nan, .infinity] { #expect(throws: Undefined.self) { try sequence.update(value) } }
    try sequence.update(1)
    #expect(throws: Undefined.zeroVariance) { try sequence.interval(confidence: 0.95) }
    #expect(sequence.logEvidence(against: 1) < 0 && sequence.logEvidence(against: 2) > 0)
    #expect(throws: Undefined.self) { try sequence.interval(confidence: 1) }
    var paired = try PairedMeansSequence(mixingVariance: 1)
    #expect(throws: Undefined.self) { try paired.update((candidate: .nan, baseline: 1)) }
    var large = try PairedMeansSequence(mixingVariance: 1)
    try large.update((candidate: 1e300, baseline: 1))
    #expect(throws: Undefined.self) { try large.update((candidate: -1e300, baseline: 1)) }
    try paired.update(contentsOf: [(candidate: 1, baseline: 0), (candidate: 2, baseline: 0)])
    #expect(throws: Undefined.noObservations) { try paired.ratio(confidence: 0.95) }
    #expect(paired.count == 2)
  }
}
