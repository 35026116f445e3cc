import Testing

@testable import Statistics

@Suite struct ScaledDoubleTests {
  @Test func productsOutliveTheRangeOfDoubles() {
    var number = ScaledDouble(1)
    for _ in 0..<10 { number = number * 1e-100 }
    #expect(number.probability.value == 0)
    #expect(agree(number.probability.log10, -1000))
    for _ in 0..<10 { number = number * 1e100 }
    #expect(agree(number.probability.value, 1, 1e-12))
  }

  @Test func sumsAcrossScales() {
    var sum = ScaledDouble(0)
    let tiny = ScaledDouble(1e-200) * 1e-200
    sum += tiny
    sum += tiny
    #expect(agree(sum.probability.log10, -399.6989700043360, 1e-13))
    sum += ScaledDouble(0.25)
    #expect(sum.probability.value == 0.25)
    sum += tiny
    #expect(sum.probability.value == 0.25)
  }
}
