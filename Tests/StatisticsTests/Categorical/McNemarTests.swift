import Glibc
import Testing

@testable import Statistics

@Suite struct McNemarTests {
  @Test func agreesWithTheEnumerationOfAllOutcomes() throws {
    for discordant in 1...40 {
      for first in 0...discordant {
        let test = try McNemar(firstOnly: first, secondOnly: discordant - first)
        let few = min(first, discordant - first)
        let all = pow(2, Double(discordant))
        let tail = (0...few).reduce(0.0) { $0 + choose(discordant, $1) } / all
        let mass = choose(discordant, few) / all
        #expect(agrees(test.exact.value, min(1, 2 * tail)))
        #expect(agrees(test.midP.value, 2 * few == discordant ? 1 - mass / 2 : 2 * tail - mass))
        #expect(test.midP <= test.exact)
      }
    }
  }

  /// The exact p-value keeps its level for every number of discordant pairs. Mid-p keeps it on average over these
  /// numbers, apart from less than 0.001, and comes nearer to it.
  @Test func keepsItsLevel() throws {
    let levels = try (0...100).map { discordant in
      var (exact, mid) = (0.0, 0.0)
      for first in 0...discordant {
        let test = try McNemar(firstOnly: first, secondOnly: discordant - first)
        let mass = Binomial(trials: discordant, share: 0.5).mass(first)
        if test.exact.value <= 0.05 { exact += mass }
        if test.midP.value <= 0.05 { mid += mass }
      }
      #expect(exact <= 0.05 && mid >= exact)
      return (exact: exact, mid: mid)
    }
    for pairs in [20, 50, 100] {
      for share in [0.02, 0.05, 0.1, 0.2, 0.5, 0.8] {
        let law = Binomial(trials: pairs, share: share)
        let mid = (0...pairs).reduce(0.0) { $0 + law.mass($1) * levels[$1].mid }
        let exact = (0...pairs).reduce(0.0) { $0 + law.mass($1) * levels[$1].exact }
        #expect(mid <= 0.051 && exact <= mid)
        if pairs == 100, share >= 0.1 { #expect(mid >= 0.04) }
      }
    }
  }

  @Test func orderDoesNotMatter() throws {
    let (one, other) = (try McNemar(firstOnly: 3, secondOnly: 11), try McNemar(firstOnly: 11, secondOnly: 3))
    #expect(one.exact == other.exact && one.midP == other.midP)
    #expect(one.chiSquared(corrected: true) == other.chiSquared(corrected: true))
  }

  @Test func withoutDiscordantPairsNothingSpeaksAgainstEquality() throws {
    let test = try McNemar(firstOnly: 0, secondOnly: 0)
    #expect(test.exact == .one && test.midP == .one)
    #expect(test.chiSquared().p == .one && test.chiSquared(corrected: true).p == .one)
    // The correction never turns equality around.
    #expect(try McNemar(firstOnly: 5, secondOnly: 5).chiSquared(corrected: true).statistic == 0)
  }

  @Test func tailsBelowEveryDoubleKeepTheirLogarithm() throws {
    let test = try McNemar(firstOnly: 0, secondOnly: 3000)
    #expect(agrees(test.exact.log10, -2999 * log10(2), within: 1e-13))
    #expect(agrees(test.midP.log10, -3000 * log10(2), within: 1e-13))
    let next = try McNemar(firstOnly: 1, secondOnly: 2999)
    // 2 P(X <= 1) - P(X = 1) = (2 + 3000) / 2^3000.
    #expect(agrees(next.midP.log10, log10(3002) - 3000 * log10(2), within: 1e-13))
  }

  @Test func countsAreChecked() throws {
    #expect(throws: Undefined.outsideDomain("counts must not be negative")) {
      try McNemar(firstOnly: -1, secondOnly: 2)
    }
    #expect(throws: Undefined.outsideDomain("counts must be at most 2^53")) {
      try McNemar(firstOnly: .max, secondOnly: .max)
    }
    let most = try McNemar(firstOnly: 1 << 53, secondOnly: 1 << 53)
    #expect(most.exact == .one)
    #expect(most.midP.value > 0.99 && most.midP.value < 1)
  }
}
