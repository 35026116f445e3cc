import Testing

@testable import Statistics

@Suite struct MomentsTests {
  @Test func shiftAndScaleDoWhatTheyMust() throws {
    let values = [3.0, -1, 4, 1, -5, 9, 2, 6]
    let moments = try Moments(values)
    let moved = try Moments(values.map { $0 * 0.5 + 1e6 })
    #expect((moved.mean - (moments.mean * 0.5 + 1e6)).magnitude < 1e-9)
    #expect((try moved.variance() / moments.variance() - 0.25).magnitude < 1e-9)
    #expect((try moved.skewness() - moments.skewness()).magnitude < 1e-8)
    #expect((try moved.kurtosis() - moments.kurtosis()).magnitude < 1e-8)
    let mirrored = try Moments(values.map(-))
    #expect((try mirrored.skewness() + moments.skewness()).magnitude < 1e-12)
  }

  @Test func cancellationTakesNoDigits() throws {
    #expect(try Moments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance() == 30)
    #expect([1e16, 1, -1e16, 1].compensatedSum == 2)
    #expect([1, 1e100, 1, -1e100].compensatedSum == 2)
  }

  @Test func whatIsUndefinedSaysWhy() throws {
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try Moments([]) }
    #expect(throws: Undefined.notFinite(index: 1)) { try Moments([1, .infinity]) }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try Moments([1]).variance() }
    // A tenth is no double: the mean of many differs from each by its rounding alone.
    let equal = try Moments([Double](repeating: 0.1, count: 1001))
    #expect(throws: Undefined.zeroVariance) { try equal.skewness() }
    #expect(throws: Undefined.zeroVariance) { try equal.kurtosis() }
  }
}
