import Foundation
import Testing

@testable import Statistics

/// Laws of the distributions, far beyond what doubles hold.
@Suite struct TailTests {
  /// ln of the normal tail by its asymptotic series, good to 1e-12 from z = 40 on.
  @Test(arguments: [40.0, 100, 500, 1e4, 1e8]) func normalTailsFollowTheirSeries(z: Double) {
    let square = z * z
    let series = 1 - 1 / square + 3 / (square * square) - 15 / (square * square * square)
    let expected = (-square / 2 - log(z * (2 * Double.pi).squareRoot()) + log(series)) / log(10)
    #expect((Normal.upper(z).log10 / expected - 1).magnitude < 1e-9)
  }

  @Test(arguments: [0.3, 1, 7.5, 30]) func normalTailsAddUp(z: Double) {
    #expect((Normal.upper(z).value + Normal.lower(z).value - 1).magnitude < 1e-15)
    #expect(Normal.twoSided(z) == Normal.twoSided(-z))
    #expect((Normal.upperQuantile(Normal.upper(z).value) - z).magnitude < 1e-12 * z)
  }

  /// A t with one degree of freedom is Cauchy, with two it has a closed form; F(1, d) is the square of t.
  @Test(arguments: [0.5, 3, 1e5, 1e150]) func studentTailsHaveClosedForms(t: Double) {
    #expect((StudentT(degrees: 1).upper(t).value / (atan(1 / t) / .pi) - 1).magnitude < 1e-9)
    let root = (2 + t * t).squareRoot()
    #expect((StudentT(degrees: 2).upper(t).value / (1 / (root * (root + t))) - 1).magnitude < 1e-9)
    let squared = FisherF(1, 5).upper(t * t)
    #expect((squared.log10 - StudentT(degrees: 5).twoSided(t).log10).magnitude < 1e-9 * max(1, -squared.log10))
  }

  /// With two degrees of freedom the tail is exp(-x/2).
  @Test(arguments: [0.1, 10, 1e3, 1e5, 1e9]) func chiSquaredTailsHaveAClosedForm(x: Double) {
    let log10 = ChiSquared(degrees: 2).upper(x).log10
    #expect((log10 - -x / 2 / log(10)).magnitude < 1e-12 * max(1, x))
  }

  @Test func tailsFallAndNeverLeaveTheirRange() {
    var before = (normal: 0.0, student: 0.0, squared: 0.0, kolmogorov: 0.0)
    for step in 1...600 {
      let x = Double(step) * 0.25
      let now = (
        normal: Normal.upper(x).log10, student: StudentT(degrees: 300).upper(x).log10,
        squared: ChiSquared(degrees: 7.5).upper(x * x).log10, kolmogorov: Kolmogorov.upper(x).log10
      )
      #expect(now.normal < before.normal && now.student < before.student && now.squared < before.squared)
      #expect(now.kolmogorov <= before.kolmogorov)
      before = now
    }
  }

  @Test func binomialTailsAreSumsOfMasses() {
    for (trials, share) in [(1, 0.3), (10, 0.5), (40, 0.02), (200, 0.97)] {
      let binomial = Binomial(trials: trials, share: share)
      var below = 0.0
      for k in 0...trials {
        let above = (k...trials).map(binomial.mass).reduce(0, +)
        #expect((binomial.upper(k).value - above).magnitude < 1e-13)
        below += binomial.mass(k)
        #expect((binomial.lower(k).value - below).magnitude < 1e-13)
      }
      #expect(binomial.upper(0) == .one && binomial.lower(trials) == .one)
      #expect(binomial.upper(trials + 1) == .zero && binomial.lower(-1) == .zero)
    }
    #expect(Binomial(trials: 5, share: 0).lower(0).value == 1 && Binomial(trials: 5, share: 1).upper(5).value == 1)
  }

  /// Where the tails of a beta distribution underflow, they are those of a power: I_x(a, 1) is x^a.
  @Test(arguments: [1e3, 1e5, 1e7]) func betaTailsHaveAClosedForm(a: Double) {
    #expect((Beta(a, 1).lower(0.25).log10 / (a * log(0.25) / log(10)) - 1).magnitude < 1e-9)
    #expect((Beta(1, a).upper(0.75).log10 / (a * log(0.25) / log(10)) - 1).magnitude < 1e-9)
  }

  @Test func outsideOfTheirDomainNothingTraps() {
    #expect(Normal.upper(.infinity) == .zero && Normal.upper(-.infinity).value == 1)
    #expect(StudentT(degrees: -1).upper(1).value.isNaN)
    #expect(FisherF(2, 0).upper(1).value.isNaN)
    #expect(ChiSquared(degrees: 3).upper(-1) == .one)
    #expect(Kolmogorov.upper(0) == .one && Kolmogorov.upper(.infinity).value == 0)
    #expect(Beta(0, 1).lower(0.5).value.isNaN)
  }
}
