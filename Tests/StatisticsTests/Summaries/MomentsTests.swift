import Testing

@testable import Statistics

@Suite struct MomentsTests {
  @Test func byHand() throws {
    let moments = try Moments([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(moments.mean == 5 && moments.populationVariance == 4 && moments.m2 == 32)
    #expect(agrees(try moments.variance(), 32 / 7.0))
    #expect(agrees(try moments.standardDeviation(), (32 / 7.0).squareRoot()))
    #expect(agrees(try moments.skewness(), 42 / 8.0 / 8))
    #expect(agrees(try moments.kurtosis(), 356 / 8.0 / 16 - 3))
  }

  @Test(arguments: [0x1p-1064, 1e-250, 1e-3, 1, 1e60, 1e140]) func scaleDoesNotMatter(scale: Double) throws {
    let values = [1.0, 2, 4, 8, 7]
    let (plain, scaled) = try (Moments(values), Moments(values.map { $0 * scale }))
    // The smallest doubles have few digits themselves.
    let tolerance = scale < 1e-300 ? 1e-3 : 1e-12
    #expect(agrees(try scaled.standardDeviation(), try plain.standardDeviation() * scale, within: tolerance))
    #expect(agrees(try scaled.skewness(), try plain.skewness(), within: tolerance))
    #expect(agrees(try scaled.kurtosis(), try plain.kurtosis(), within: tolerance))
    #expect(agrees(scaled.mean, plain.mean * scale, within: tolerance))
  }

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

  @Test func undefinedMoments() throws {
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try Moments([]) }
    #expect(throws: Undefined.notFinite(index: 1)) { try Moments([1, .infinity]) }
    #expect(throws: Undefined.outOfRange) { try Moments([1e308, -1e308]) }
    let one = try Moments([3])
    #expect(one.mean == 3 && one.populationVariance == 0)
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try one.variance() }
    #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try one.standardDeviation() }
    #expect(throws: Undefined.tooFew("values", needed: 3, got: 1)) { try one.adjustedSkewness() }
    #expect(throws: Undefined.tooFew("values", needed: 4, got: 1)) { try one.adjustedKurtosis() }
    // A tenth is no double: the mean of many differs from each by its rounding alone.
    let equal = try Moments([Double](repeating: 0.1, count: 1001))
    #expect(throws: Undefined.zeroVariance) { try equal.skewness() }
    #expect(throws: Undefined.zeroVariance) { try equal.kurtosis() }
    #expect(try equal.variance() < 1e-30)
    #expect(try Moments([1e308, 1e308]).mean == 1e308)
  }
}
