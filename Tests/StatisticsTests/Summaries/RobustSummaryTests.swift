import Testing

@testable import Statistics

/// Median absolute deviation, Tukey's fences and modified z-scores.
@Suite struct RobustSummaryTests {
  @Test func byHand() throws {
    let values = [10.0, 12, 11, 13, 12, 11, 95]
    #expect(try MedianAbsoluteDeviation.value(values) == 1)
    let fences = try TukeyFences(values)
    #expect(fences.lower == 8.75 && fences.upper == 14.75)
    #expect(values.filter { !fences.contains($0) } == [95])
    let z = try ModifiedZ(values)
    #expect(z.spread == .medianAbsoluteDeviation)
    #expect(agrees(z.scores[6], 83 * 0.6744897501960817))
    #expect(z.scores.count { $0.magnitude > 3.5 } == 1)
  }

  @Test func fallsBackWhereMoreThanHalfOfTheValuesAreEqual() throws {
    let z = try ModifiedZ([1, 1, 1, 1, 9])
    #expect(z.spread == .meanAbsoluteDeviation)
    // The mean absolute deviation is 8/5.
    #expect(agrees(z.scores[4], 8 / (1.2533141373155001 * 1.6)))
    #expect(z.scores[0] == 0)
    #expect(throws: Undefined.zeroVariance) { try ModifiedZ([5, 5, 5]) }
    #expect(try MedianAbsoluteDeviation.value([5, 5, 5, 7]) == 0)
  }

  @Test func scalesAndShiftsAsASpreadDoes() throws {
    var random = Philox(Seed(18))
    let values = random.normals(31)
    let moved = values.map { 3 - 2 * $0 }
    #expect(agrees(try MedianAbsoluteDeviation.value(moved), try 2 * MedianAbsoluteDeviation.value(values)))
    for (one, other) in zip(try ModifiedZ(values).scores, try ModifiedZ(moved).scores) {
      #expect((one + other).magnitude < 1e-12)
    }
    // Nearly half of the values may be anything.
    let broken = values.enumerated().map { $0.offset % 2 == 1 ? 1e9 : $0.element }
    #expect(try MedianAbsoluteDeviation.value(broken) < 10)
  }

  /// The scaled deviation of normal values is their standard deviation: within 4.5 standard errors (1.17 / sqrt n).
  @Test func isTheStandardDeviationOfNormalValues() throws {
    var random = Philox(Seed(19))
    let values = random.normals(20_000)
    #expect((try MedianAbsoluteDeviation.scaled(values) - 1).magnitude < 0.038)
    let fences = try TukeyFences(values)
    let outside = Double(values.count { !fences.contains($0) }) / 20_000
    #expect((outside - 0.00698).magnitude < 0.003)
  }

  @Test func undefinedSummaries() {
    let compute: [([Double]) throws -> Void] = [
      { _ = try MedianAbsoluteDeviation.value($0) }, { _ = try TukeyFences($0) }, { _ = try ModifiedZ($0) },
    ]
    for summary in compute {
      #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try summary([]) }
      #expect(throws: Undefined.notFinite(index: 1)) { try summary([1, .nan]) }
      #expect(throws: Undefined.outOfRange) { try summary([-1.7e308, -1.7e308, -1.7e308, 1.7e308, 1.7e308]) }
    }
    for k in [-1, .infinity, .nan] {
      #expect(throws: Undefined.outsideDomain("k must not be negative")) { try TukeyFences([1, 2], k: k) }
    }
  }
}
