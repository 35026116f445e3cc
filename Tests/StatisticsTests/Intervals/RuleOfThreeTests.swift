import Foundation
import Testing

@testable import Statistics

@Suite struct RuleOfThreeTests {
  @Test func isAboutThreeOverN() throws {
    #expect((try RuleOfThree.largestShare(unseenIn: 1, confidence: 0.95) - 0.95).magnitude < 1e-15)
    for count in [100, 10_000, 1_000_000_000] {
      let share = try RuleOfThree.largestShare(unseenIn: count, confidence: 0.95)
      #expect((share * Double(count) / 3 - 1).magnitude < 0.02)
      // Were the share any larger, so many rows would show it with more than 95 %.
      #expect((Double(count) * log1p(-share) - log(0.05)).magnitude < 1e-9)
    }
    #expect(try RuleOfThree.largestShare(unseenIn: 597, confidence: 0.95) > 0.005)
    #expect(try RuleOfThree.largestShare(unseenIn: 598, confidence: 0.95) < 0.005)
  }

  /// A one-sided exact interval of no successes says the same.
  @Test func agreesWithClopperPearson() throws {
    for count in [1, 7, 500] {
      let exact = ClopperPearson.upperBound(try BinomialCount(0, of: count), tail: 0.05)
      #expect((try RuleOfThree.largestShare(unseenIn: count, confidence: 0.95) / exact - 1).magnitude < 1e-12)
    }
  }

  /// The farthest mean that n equal values allow: a share q of the population at the far end of the range.
  @Test func boundsTheMeanOfEqualValues() throws {
    let share = try RuleOfThree.largestShare(unseenIn: 20, confidence: 0.9)
    let estimate = try RuleOfThree.mean(of: 2, count: 20, within: 0...10, confidence: 0.9)
    #expect((estimate.interval.lower - (1 - share) * 2).magnitude < 1e-12)
    #expect((estimate.interval.upper - ((1 - share) * 2 + share * 10)).magnitude < 1e-12)
    let edge = try RuleOfThree.mean(of: 10, count: 20, within: 0...10, confidence: 0.9).interval
    #expect(edge.upper == 10 && edge.lower < 10)
  }

  @Test func hostileInputsAreTypedErrors() throws {
    #expect(throws: Undefined.noObservations) { try RuleOfThree.largestShare(unseenIn: 0, confidence: 0.9) }
    #expect(throws: Undefined.noObservations) { try RuleOfThree.largestShare(unseenIn: .min, confidence: 0.9) }
    let message = Undefined.outsideDomain("the value must lie in a finite range")
    #expect(throws: message) { try RuleOfThree.mean(of: 11, count: 3, within: 0...10, confidence: 0.9) }
    #expect(throws: message) { try RuleOfThree.mean(of: .nan, count: 3, within: 0...10, confidence: 0.9) }
    #expect(throws: message) { try RuleOfThree.mean(of: 1, count: 3, within: 0...(.infinity), confidence: 0.9) }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try RuleOfThree.largestShare(unseenIn: 3, confidence: .nan)
    }
    let huge = try RuleOfThree.mean(of: 0, count: 1, within: -1e308...1e308, confidence: 0.5).interval
    #expect(huge.lower.isFinite && huge.upper.isFinite)
  }
}
