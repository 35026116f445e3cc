import Foundation
import Testing

@testable import Statistics

/// The sequential methods of successes and of quantiles. Their errors over time are computed exactly, by following the
/// probability of every count that has not yet been stopped.
@Suite struct BinomialSequentialTests {
  /// The probability that a count of successes ever leaves what `keeps` allows, within so many trials.
  static func error(_ share: Double, trials: Int, keeps: (_ successes: Int, _ trials: Int) -> Bool) -> Double {
    var alive = [1.0] + [Double](repeating: 0, count: trials)
    var lost = CompensatedSum()
    for n in 1...trials {
      for k in stride(from: n, through: 0, by: -1) {
        let mass = (k > 0 ? alive[k - 1] * share : 0) + (k < n ? alive[k] * (1 - share) : 0)
        let kept = mass > 0 && keeps(k, n)
        alive[k] = kept ? mass : 0
        if !kept { lost.add(mass) }
      }
    }
    return lost.value
  }

  @Test(arguments: [0.01, 0.1, 0.5, 0.83]) func theBetaBinomialSequenceHoldsOverTime(share: Double) {
    let limit = -log(0.05)
    let error = Self.error(share, trials: 1000) {
      BetaBinomialSequence.logEvidence(successes: $0, trials: $1, share: share) < limit
    }
    #expect(error < 0.05 && error > 0.002, "\(error)")
  }

  /// The interval is what the evidence does not rule out, for counts of any size.
  @Test(arguments: [
    (0, 0), (0, 1), (1, 1), (7, 10), (0, 1000), (5, 1_000_000_000), (999_999_999, 1_000_000_000),
    (500_000_000, 1_000_000_000), (1_000_000_000, 1_000_000_000), (Int.max / 3, Int.max), (1, Int.max),
  ])
  func endsMeetTheBound(successes: Int, trials: Int) throws {
    var sequence = BetaBinomialSequence()
    try sequence.update(successes: successes, trials: trials)
    for confidence in [0.5, 0.95, 1 - 1e-9] {
      let interval = try sequence.interval(confidence: confidence)
      let bound = -log1p(-confidence)
      #expect(interval.lower <= interval.upper && interval.lower >= 0 && interval.upper <= 1)
      if interval.lower > 0, trials < 1 << 40 {
        #expect((sequence.logEvidence(against: interval.lower) - bound).magnitude < 1e-6 * bound)
      }
      // Nearer to 1 the doubles are too far apart.
      if 1 - interval.upper > 1e-9, trials < 1 << 40 {
        #expect((sequence.logEvidence(against: interval.upper) - bound).magnitude < 1e-6 * bound)
      }
      #expect((interval.lower == 0) == (successes == 0) && (interval.upper == 1) == (successes == trials))
    }
  }

  /// ln B(8, 4) - 10 ln 0.5 of 7 in 10: B(8, 4) = 7! 3! / 11!.
  @Test func evidenceByHand() throws {
    var sequence = BetaBinomialSequence()
    for success in [true, true, false, true, true, false, true, true, false, true] { try sequence.update(success) }
    #expect((sequence.logEvidence(against: 0.5) - log(5040.0 * 6 / 39_916_800 * 1024)).magnitude < 1e-13)
    #expect(sequence.logEvidence(against: 0) == .infinity && sequence.logEvidence(against: 1) == .infinity)
    #expect(try BetaBinomialSequence().interval(confidence: 0.9) == .init(lower: 0, upper: 1, confidence: 0.9))
    // Wider than an interval of fixed n.
    let fixed = try ClopperPearson.interval(BinomialCount(7, of: 10), confidence: 0.95).interval
    let sequential = try sequence.interval(confidence: 0.95)
    #expect(sequential.lower < fixed.lower && sequential.upper > fixed.upper)
  }

  @Test func hostileCountsAreTypedErrors() throws {
    var sequence = BetaBinomialSequence()
    var test = try WaldSPRT(null: 0.1, alternative: 0.2, alpha: 0.05, beta: 0.1)
    for (successes, trials) in [(-1, 3), (4, 3), (0, -1), (Int.min, 1)] {
      let message = Undefined.outsideDomain("successes must be between 0 and the trials")
      #expect(throws: message) { try sequence.update(successes: successes, trials: trials) }
      #expect(throws: message) { try test.update(successes: successes, trials: trials) }
    }
    try sequence.update(successes: 3, trials: .max)
    try test.update(successes: 3, trials: .max)
    #expect(throws: Undefined.outsideDomain("trials must be fewer than 2^63")) { try sequence.update(true) }
    #expect(throws: Undefined.outsideDomain("trials must be fewer than 2^63")) { try test.update(true) }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try sequence.interval(confidence: .nan)
    }
    for share in [0, 1, -1, .nan] {
      #expect(throws: Undefined.self) { try WaldSPRT(null: share, alternative: 0.2, alpha: 0.05, beta: 0.1) }
      #expect(throws: Undefined.self) { try WaldSPRT(null: 0.1, alternative: share, alpha: 0.05, beta: 0.1) }
      #expect(throws: Undefined.self) { try WaldSPRT(null: 0.1, alternative: 0.2, alpha: share, beta: 0.1) }
      #expect(throws: Undefined.self) { try WaldSPRT(null: 0.1, alternative: 0.2, alpha: 0.05, beta: share) }
    }
    #expect(throws: Undefined.outsideDomain("the two shares must differ")) {
      try WaldSPRT(null: 0.1, alternative: 0.1, alpha: 0.05, beta: 0.1)
    }
    #expect(throws: Undefined.outsideDomain("alpha and beta must sum to less than 1")) {
      try WaldSPRT(null: 0.1, alternative: 0.2, alpha: 0.5, beta: 0.5)
    }
  }

  /// Wald's inequalities: wrong decisions have at most the probabilities alpha / (1 - beta) and beta / (1 - alpha).
  @Test(arguments: [(0.01, 0.03), (0.5, 0.6), (0.3, 0.1)]) func waldsErrorsAreBounded(null: Double, alternative: Double)
    throws
  {
    let test = try WaldSPRT(null: null, alternative: alternative, alpha: 0.05, beta: 0.1)
    let (up, down) = (log(alternative / null), log((1 - alternative) / (1 - null)))
    func ratio(_ k: Int, _ n: Int) -> Double { Double(k) * up + Double(n - k) * down }
    func accepts(_ share: Double, _ wrong: @escaping (Double) -> Bool) -> Double {
      var accepted = CompensatedSum()
      var alive = [1.0] + [Double](repeating: 0, count: 1500)
      for n in 1...1500 {
        for k in stride(from: n, through: 0, by: -1) {
          let mass = (k > 0 ? alive[k - 1] * share : 0) + (k < n ? alive[k] * (1 - share) : 0)
          let value = ratio(k, n)
          alive[k] = value < test.upper && value > test.lower ? mass : 0
          if wrong(value) { accepted.add(mass) }
        }
      }
      return accepted.value
    }
    let falseAlarm = accepts(null) { $0 >= test.upper }
    let falseRest = accepts(alternative) { $0 <= test.lower }
    #expect(falseAlarm < 0.05 / 0.9 && falseAlarm > 0.01)
    #expect(falseRest < 0.1 / 0.95 && falseRest > 0.02)
  }

  @Test func theFirstDecisionStands() throws {
    var test = try WaldSPRT(null: 0.1, alternative: 0.5, alpha: 0.05, beta: 0.05)
    #expect(test.decision == .undecided)
    try test.update(contentsOf: [true, true])
    #expect(test.decision == .acceptAlternative)
    try test.update(contentsOf: [Bool](repeating: false, count: 100))
    #expect(test.decision == .acceptAlternative && test.logLikelihoodRatio < test.lower && test.trials == 102)
    var other = try WaldSPRT(null: 0.1, alternative: 0.5, alpha: 0.05, beta: 0.05)
    try other.update(successes: 0, trials: 5)
    #expect(other.decision == .undecided)
    try other.update(false)
    #expect(other.decision == .acceptNull)
  }

  /// A quantile leaves its interval when the count of values at or below it leaves the ranks: exactly, over 500 looks.
  @Test(arguments: [0.05, 0.5, 0.9]) func theQuantileSequenceHoldsOverTime(probability: Double) throws {
    let ranks = try (1...500).map { try QuantileSequence.ranks(count: $0, probability, confidence: 0.9) }
    let error = Self.error(probability, trials: 500) { below, n in
      below >= ranks[n - 1].lower && below < ranks[n - 1].upper
    }
    #expect(error < 0.1 && error > 0.005, "\(error)")
  }

  @Test func theQuantileSequenceHoldsValues() throws {
    var random = Philox(Seed(61))
    // Heavy tails: no mean, but a median of 1.
    let values = (0..<400).map { _ in 1 / (1 - random.uniform()) - 1 }
    var (one, batch) = (QuantileSequence(), QuantileSequence())
    for value in values { try one.update(value) }
    try batch.update(contentsOf: values)
    #expect(one == batch && one.count == 400)
    let interval = try one.interval(0.5, confidence: 0.95)
    #expect(interval.contains(1) && interval.width < 1)
    #expect(try one.interval(0.999, confidence: 0.95).upper == .infinity)
    let fixed = try OrderStatistics.interval(values, 0.5, confidence: 0.95)
    #expect(interval.lower <= fixed.lower && interval.upper >= fixed.upper)
    #expect(throws: Undefined.notFinite(index: 401)) { try one.update(contentsOf: [1, .nan]) }
    #expect(throws: Undefined.notFinite(index: 400)) { try one.update(.infinity) }
    #expect(one.count == 400)
    #expect(throws: Undefined.noObservations) { try QuantileSequence().interval(0.5, confidence: 0.95) }
    #expect(throws: Undefined.outsideDomain("probability must be between 0 and 1")) {
      try one.interval(1, confidence: 0.95)
    }
    #expect(try QuantileSequence.ranks(count: .max, 0.5, confidence: 0.95).lower < .max / 2 + 1)
  }
}
