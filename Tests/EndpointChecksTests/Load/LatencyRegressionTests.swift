import Language
import Statistics
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// A time held against a recorded one.
@Suite struct LatencyRegressionTests {
  private func judgement(
    _ candidate: LatencyEstimate, _ baseline: LatencyEstimate, _ margin: Margin, requests: Int = 1000
  ) -> Judgement {
    LatencyRegression(name: "p99", candidate: candidate, baseline: baseline, margin: margin, confidence: 0.95)
      .judgement(requests: requests)
  }

  private func estimate(_ point: Double, _ lower: Double, _ upper: Double) -> LatencyEstimate {
    LatencyEstimate(point: point, lower: lower, upper: upper)
  }

  /// 100 ms (90 to 110) against 80 ms (70 to 90): 20 ms longer, from 0 to 40; a quarter, from 90/90 - 1 to 110/70 - 1.
  @Test(arguments: [
    (Margin(absolute: 0.04), Outcome.passed), (Margin(absolute: 0.0399), .inconclusive),
    (Margin(absolute: 0), .inconclusive), (Margin(relative: 0.58), .passed), (Margin(relative: 0.57), .inconclusive),
  ])
  func bothIntervalsCount(_ margin: Margin, _ outcome: Outcome) throws {
    let found = judgement(estimate(0.1, 0.09, 0.11), estimate(0.08, 0.07, 0.09), margin)
    #expect(found.outcome == outcome, "\(found.message)")
    let interval = try #require(found.evidence.interval)
    let wanted = margin.relative == nil ? (0.0, 0.04) : (0.0, 0.11 / 0.07 - 1)
    #expect(abs(interval.lower - wanted.0) < 1e-12)
    #expect(abs(interval.upper - wanted.1) < 1e-12)
    #expect(found.evidence.baseline == Quantity(0.08, .seconds))
  }

  @Test func whatIsLongerBeyondBothIntervalsFails() {
    let found = judgement(estimate(0.1, 0.095, 0.11), estimate(0.08, 0.07, 0.085), Margin(relative: 0.1))
    #expect(found.outcome == .failed)
    #expect(
      found.message
        == "p99 is 100ms, 25% above the baseline's 80ms (95% interval 11.8% to 57.1%), but must be at most 10% more")
  }

  @Test func whatIsShorterPasses() {
    let found = judgement(estimate(0.05, 0.045, 0.055), estimate(0.08, 0.07, 0.09), Margin(absolute: 0))
    #expect(found.outcome == .passed)
    #expect(found.message.contains("30ms below the baseline's 80ms"), "\(found.message)")
  }

  /// No good answer is longer than anything, and a baseline that is too short for its percentile decides nothing.
  @Test func whatIsUnknownIsNotGuessed() {
    let none = estimate(.infinity, .infinity, .infinity)
    #expect(judgement(none, estimate(0.08, 0.07, 0.09), Margin(relative: 1)).outcome == .failed)
    let short = judgement(estimate(0.1, 0.09, 0.11), estimate(0.08, 0, .infinity), Margin(relative: 1))
    #expect(short.outcome == .inconclusive)
    #expect(short.message.hasSuffix("one of the runs has too few requests"), "\(short.message)")
    #expect(short.evidence.interval == nil)
    #expect(judgement(estimate(0.1, 0.09, 0.11), estimate(0, 0, 0), Margin(relative: 1)).outcome == .errored)
  }

  /// Two runs of one server: the interval of the difference of their medians holds no difference at all about as often
  /// as it says, or more often.
  @Test func equalServersSeldomDiffer() throws {
    var generator = SeededGenerator(seed: 11)
    var exclusions = 0
    for _ in 0..<400 {
      let runs = (0..<2).map { _ in
        var histogram = LatencyHistogram()
        for _ in 0..<200 { histogram.record(Int64(1e6 / (1.0001 - Double.random(in: 0..<1, using: &generator)))) }
        return histogram
      }
      let each = LatencyRegression.eachConfidence(0.95)
      let effect = try LatencyEstimate.percentile(0.5, of: runs[0], confidence: each)
        .difference(from: .percentile(0.5, of: runs[1], confidence: each))
      if effect.lower > 0 || effect.upper < 0 { exclusions += 1 }
    }
    // 5 % of 400 are 20; a binomial of 400 and 0.05 exceeds 34 once in a thousand times.
    #expect(exclusions <= 34)
  }
}
