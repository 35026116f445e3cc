import Testing

@testable import Statistics

@Suite struct ProbabilityArithmeticTests {
  @Test func sumsAndMultiplesKeepTheirLogarithms() {
    let tiny = Probability(log10: -1000)
    #expect(agrees((tiny + tiny).log10, -1000 + 0.3010299956639812))
    #expect(agrees((tiny + Probability(log10: -1003)).log10, -1000 + 0.000434077479318641, within: 1e-14))
    #expect((tiny + .zero).log10 == -1000 && (Probability.zero + .zero) == .zero)
    #expect((Probability(0.25) + Probability(0.5)).value == 0.75 && (Probability(0.75) + Probability(0.5)) == .one)
    #expect(agrees(tiny.times(100).log10, -998))
    #expect(Probability(0.3).times(5) == .one && Probability.zero.times(1e300) == .zero)
    #expect(agrees(Probability(0x1p-1030).times(0x1p64).value, 0x1p-966, within: 1e-9))
    #expect(agrees(Probability(exponential: -3000, times: 2).log10, -3000 / 2.302585092994046 + 0.3010299956639812))
  }

  @Test func numbersThatAreNoPValuesAreRefused() throws {
    #expect(try Probability.values([0, 0.5, 1]).map(\.value) == [0, 0.5, 1])
    #expect(throws: Undefined.notFinite(index: 1)) { try Probability.values([0.5, .nan]) }
    for value in [-0.1, 1.1] {
      #expect(throws: Undefined.outsideDomain("a p-value must be between 0 and 1")) { try Probability.values([value]) }
    }
  }

  @Test func normalQuantilesOfTailsBelowEveryDouble() {
    for log10 in [-5.0, -299, -301, -310, -1000, -1e6, -1e12] {
      let z = Normal.upperQuantile(Probability(log10: log10))
      #expect(agrees(Normal.upper(z).log10, log10, within: 1e-13))
    }
    #expect(Normal.upperQuantile(.zero) == .infinity && Normal.upperQuantile(.one) == -.infinity)
    #expect(agrees(Normal.upperQuantile(Probability(0.025)), 1.959963984540054))
  }

  @Test func differencesOfProductsLoseNoDigits() {
    #expect(productDifference(3, 5, 2, 7) == 1)
    let (a, b) = (1 + 0x1p-30, 1 - 0x1p-30)
    #expect(productDifference(a, b, 1, 1) == -0x1p-60)
  }
}
