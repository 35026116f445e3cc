import Glibc
import Testing

@testable import Statistics

@Suite struct CombinationTests {
  private static let all: [@Sendable ([Probability]) throws -> Probability] = [
    { try FisherCombination.combine($0) }, { try StoufferCombination.combine($0) },
    { try TippettCombination.combine($0) },
  ]

  @Test func oneAloneStays() throws {
    for combine in Self.all {
      for p in [1e-300, 1e-10, 0.03, 0.5, 0.99] {
        #expect(agrees(try combine([Probability(p)]).value, p, within: 1e-11))
      }
      #expect(agrees(try combine([Probability(log10: -5000)]).log10, -5000))
      #expect(throws: Undefined.tooFew("p-values", needed: 1, got: 0)) { try combine([]) }
    }
  }

  /// Of independent uniform p-values the combined one is uniform: within 4.5 standard errors.
  @Test func isUniformUnderTheNullHypothesis() throws {
    var random = Philox(Seed(33))
    let runs = 4000
    var counts = [0, 0, 0]
    for _ in 0..<runs {
      let p = (0..<5).map { _ in Probability(random.uniform()) }
      for (index, combine) in Self.all.enumerated() where try combine(p).value <= 0.1 { counts[index] += 1 }
    }
    for count in counts { #expect((Double(count) / Double(runs) - 0.1).magnitude < 0.022) }
  }

  @Test func tailsBelowEveryDoubleKeepTheirLogarithm() throws {
    // e^(-x/2) (1 + x/2) with x/2 = 350 ln 10.
    let fisher = try FisherCombination.combine([Probability(1e-200), Probability(1e-150)])
    #expect(fisher.value == 0)
    #expect(agrees(fisher.log10, -350 + log10(1 + 350 * log(10)), within: 1e-13))
    let stouffer = try StoufferCombination.combine([Probability(1e-200), Probability(1e-150)])
    let z = (Normal.upperQuantile(1e-200) + Normal.upperQuantile(1e-150)) / 2.0.squareRoot()
    #expect(agrees(stouffer.log10, Normal.upper(z).log10))
    let tippett = try TippettCombination.combine([Probability(log10: -400), Probability(0.5)])
    #expect(agrees(tippett.log10, log10(2) - 400))
  }

  @Test func theExtremesAreCertain() throws {
    for combine in Self.all { #expect(try combine([.zero, Probability(0.5)]) == .zero) }
    #expect(try StoufferCombination.combine([.one, Probability(0.5)]) == .one)
    #expect(throws: Undefined.outsideDomain("p-values of 0 and 1 contradict each other")) {
      try StoufferCombination.combine([.zero, .one])
    }
    #expect(try StoufferCombination.combine([.zero, .one], weights: [1, 0]) == .zero)
  }

  @Test func weightsHaveNoUnit() throws {
    let p = [Probability(0.01), Probability(0.4)]
    let plain = try StoufferCombination.combine(p, weights: [1, 3])
    #expect(agrees(try StoufferCombination.combine(p, weights: [1e300, 3e300]).value, plain.value))
    let z = (Normal.upperQuantile(0.01) + 3 * Normal.upperQuantile(0.4)) / 10.0.squareRoot()
    #expect(agrees(plain.value, Normal.upper(z).value))
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try StoufferCombination.combine(p, weights: [1]) }
    #expect(throws: Undefined.noObservations) { try StoufferCombination.combine(p, weights: [0, 0]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try StoufferCombination.combine(p, weights: [.nan, 1]) }
  }
}
