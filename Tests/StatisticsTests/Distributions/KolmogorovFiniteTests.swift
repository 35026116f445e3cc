import Foundation
import Testing

@testable import Statistics

@Suite struct KolmogorovFiniteTests {
  /// The probability of one value is a length, that of two an area.
  @Test func agreesWithAreas() {
    for x in stride(from: 0.5, through: 0.99, by: 0.07) {
      #expect(agree(KolmogorovFinite(count: 1).upper(x).value, 2 * (1 - x)))
      #expect(agree(KolmogorovFinite(count: 2).upper(x).value, 2 * (1 - x) * (1 - x)))
    }
    for x in stride(from: 0.26, through: 0.49, by: 0.03) {
      #expect(agree(KolmogorovFinite(count: 2).upper(x).value, 1 - 2 * (2 * x - 0.5) * (2 * x - 0.5), 1e-12))
    }
  }

  /// Marsaglia, Tsang and Wang's own example, and values of scipy's kstwo in each region.
  @Test(arguments: [
    (10, 0.274, 0.3715203845434957), (100, 0.05, 0.9532159710635725), (140, 0.16, 0.001344016324418744),
    (444, 0.069, 0.02779105245607083), (5_000, 0.004, 0.9999977369528622), (5_000, 0.02, 0.03613941395325637),
    (100_000, 0.005, 0.013430824977799608),
  ])
  func agreesWithPublishedValues(count: Int, x: Double, p: Double) {
    #expect(agree(KolmogorovFinite(count: count).upper(x).value, p, 1e-8))
  }

  /// Where one form ends and the next begins they agree to the digits that the last of them has.
  @Test(arguments: [5, 60, 140, 141, 1_000, 100_000, 100_001, 300_000])
  func theFormsMeet(count: Int) {
    let n = Double(count)
    let edges = [1 / n, 2.2.squareRoot() / n.squareRoot(), 2 / n.squareRoot(), pow(1.4 / n, 2 / 3.0), 0.5]
    for edge in edges where edge < 0.6 {
      let (before, after) = (edge * (1 - 1e-9), edge * (1 + 1e-9))
      let law = KolmogorovFinite(count: count)
      #expect(agree(law.upper(before).value, law.upper(after).value, 5e-5))
    }
  }

  @Test func theTailFallsToTheLimit() {
    for count in [3, 50, 200, 20_000, 1_000_000] {
      let law = KolmogorovFinite(count: count)
      var last = Probability.one
      for z in stride(from: 0.05, through: 5, by: 0.05) {
        let tail = law.upper(z / Double(count).squareRoot())
        #expect(tail.value <= last.value * (1 + 1e-5))
        last = tail
      }
    }
    for z in [0.5, 1, 1.5, 2, 4] {
      let tail = KolmogorovFinite(count: 1_000_000_000).upper(z / 1e9.squareRoot())
      #expect(agree(tail.value, Kolmogorov.upper(z).value, 1e-3))
    }
  }

  @Test func farTailsKeepTheirLogarithm() {
    // n x^2 = 1,000: about 2 exp(-2000).
    let tail = KolmogorovFinite(count: 100_000).upper(0.1)
    #expect(tail.value == 0)
    #expect(tail.log10 < -868 && tail.log10 > -875)
    #expect(KolmogorovFinite(count: 5).upper(1) == .zero)
    #expect(KolmogorovFinite(count: 5).upper(0) == .one)
    // One of the two ends is reached with (1 - x)^n: the rest needs values beyond.
    #expect(agree(KolmogorovFinite(count: 400).upper(0.999).log10, 400 * log10(0.001) + log10(2), 1e-3))
  }

  /// Twice as many terms of the sum change nothing.
  @Test func everySecondTermIsEnough() {
    let (sparse, full) = (KolmogorovFinite(count: 200_000), KolmogorovFinite(count: 199_999))
    for z in [1.5, 3, 10] {
      #expect(agree(sparse.upper(z / 200_000.0.squareRoot()).value, full.upper(z / 199_999.0.squareRoot()).value, 1e-6))
    }
  }
}
