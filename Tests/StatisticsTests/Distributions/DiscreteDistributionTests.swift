import Glibc
import Testing

@testable import Statistics

@Suite struct DiscreteDistributionTests {
  @Test(arguments: [(5, 9, 6), (12, 1, 7), (0, 5, 3), (40, 60, 100), (3, 3, 0), (300, 200, 111)])
  func hypergeometricProbabilitiesAddUp(successes: Int, failures: Int, draws: Int) {
    let law = Hypergeometric(successes: successes, failures: failures, draws: draws)
    #expect(agrees(law.support.map { exp(law.logMass($0)) }.compensatedSum, 1))
    for k in law.support {
      let mass = exp(law.logMass(k))
      #expect(law.logMass(k) <= law.logMass(law.mode) + 1e-12)
      #expect((law.lower(k).value + law.upper(k).value - 1 - mass).magnitude < 1e-12)
      #expect(law.lower(k) == .one || law.lower(k - 1) < law.lower(k))
    }
    #expect(law.lower(law.support.lowerBound - 1) == .zero && law.upper(law.support.upperBound + 1) == .zero)
    #expect(law.logMass(law.support.upperBound + 1) == -.infinity)
  }

  @Test func binomialModeIsLikeliest() {
    for share in [0.0, 0.001, 0.37, 0.5, 0.999, 1.0] {
      let law = Binomial(trials: 20, share: share)
      #expect((0...20).allSatisfy { law.logMass($0) <= law.logMass(law.mode) + 1e-12 })
      #expect(agrees((0...20).map(law.mass).compensatedSum, 1))
    }
  }

  /// All orders of six things, counted.
  @Test func inversionsAreThoseOfAllOrders() {
    func orders(_ items: [Int]) -> [[Int]] {
      items.isEmpty ? [[]] : items.flatMap { item in orders(items.filter { $0 != item }).map { [item] + $0 } }
    }
    let all = orders(Array(0..<6)).map { order in
      var values = order.map { Double($0) }
      let inversions = Inversions.sort(&values)
      #expect(values == values.sorted())
      #expect(inversions == order.indices.reduce(0) { sum, i in sum + order[i...].count { $0 < order[i] } })
      return inversions
    }
    for k in -1...16 {
      #expect(agrees(Inversions(count: 6).lower(k).value, Double(all.count { $0 <= k }) / 720))
    }
    // Beyond 34 only the ends are asked for.
    #expect(agrees(Inversions(count: 100).lower(1).log10, log10(100) - 157.97000365471575, within: 1e-12))
    #expect(Inversions(count: 100).lower(4949) == .one && Inversions(count: 100).lower(4950) == .one)
  }

  @Test func deviancesAreRightFarAndNear() {
    #expect(agrees(Deviance.term(3, 2), 3 * log(1.5) - 1))
    #expect(Deviance.term(0, 2) == 2 && Deviance.term(5, 5) == 0 && Deviance.term(0, 0) == 0)
    // (x - mean)^2 / 2 mean, less the cubic term, where the two logarithms would cancel.
    let d = 0x1p-20
    #expect(agrees(Deviance.term(1 + d, 1), d * d / 2 - d * d * d / 6 + d * d * d * d / 12, within: 1e-14))
  }
}
