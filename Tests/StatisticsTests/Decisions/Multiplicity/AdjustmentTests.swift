import Glibc
import Testing

@testable import Statistics

@Suite struct AdjustmentTests {
  private static let all: [any Adjustment.Type] = [
    Bonferroni.self, Sidak.self, Holm.self, HolmSidak.self, Hochberg.self, Hommel.self, BenjaminiHochberg.self,
    BenjaminiYekutieli.self,
  ]

  private func adjusted(_ p: [Double], _ adjustment: any Adjustment.Type) -> [Double] {
    adjustment.adjust(p.map { Probability($0) }).map(\.value)
  }

  private func families(_ seed: UInt64) -> [[Double]] {
    var random = Philox(Seed(seed))
    return (1...60).map { number in
      (0..<(1 + number % 7)).map { _ in
        let p = random.uniform() * random.uniform()
        return number % 3 == 0 ? (p * 20).rounded() / 20 : p
      }
    }
  }

  /// The closure principle: a hypothesis is rejected when every set that it is in is, so its adjusted p-value is the
  /// largest of the sets' own.
  private func closure(_ p: [Double], _ test: ([Double]) -> Double) -> [Double] {
    p.indices.map { index in
      (1..<(1 << p.count)).filter { $0 >> index & 1 == 1 }.map { set in
        min(1, test(p.indices.filter { set >> $0 & 1 == 1 }.map { p[$0] }))
      }.max() ?? 1
    }
  }

  @Test func hommelIsTheClosureOfSimes() {
    for p in families(27) {
      let expected = closure(p) { set in
        set.sorted().enumerated().map { Double(set.count) * $1 / Double($0 + 1) }.min() ?? 1
      }
      for (one, other) in zip(adjusted(p, Hommel.self), expected) { #expect(agrees(one, other), "\(p)") }
    }
  }

  @Test func holmIsTheClosureOfBonferroniAndHolmSidakThatOfSidak() {
    for p in families(28) {
      let holm = closure(p) { set in Double(set.count) * (set.min() ?? 1) }
      for (one, other) in zip(adjusted(p, Holm.self), holm) { #expect(agrees(one, other)) }
      let sidak = closure(p) { set in 1 - pow(1 - (set.min() ?? 1), Double(set.count)) }
      for (one, other) in zip(adjusted(p, HolmSidak.self), sidak) { #expect((one - other).magnitude < 1e-14) }
    }
  }

  /// Benjamini and Hochberg's own words: reject the k smallest, for the largest k with p(k) <= k / m level.
  @Test func benjaminiHochbergRejectsAsDefined() {
    for p in families(29) {
      for level in [0.01, 0.0513, 0.21] {
        let sorted = p.sorted()
        let last = sorted.indices.last { sorted[$0] <= Double($0 + 1) / Double(p.count) * level }
        let expected = p.map { value in last.map { value <= sorted[$0] } ?? false }
        #expect(adjusted(p, BenjaminiHochberg.self).map { Probability($0).rejects(at: level) } == expected)
      }
    }
  }

  @Test func theProceduresAreOrderedByTheirPower() {
    for p in families(30) {
      let values = Self.all.map { adjusted(p, $0) }
      for index in p.indices {
        let v = values.map { $0[index] }
        let (bonferroni, sidak, holm, holmSidak, hochberg, hommel, bh, by) = (
          v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]
        )
        #expect(bonferroni >= holm * (1 - 1e-12) && holm >= hochberg * (1 - 1e-12))
        #expect(hochberg >= hommel * (1 - 1e-12) && hommel >= bh * (1 - 1e-12) && bh >= p[index] * (1 - 1e-12))
        #expect(bonferroni >= sidak * (1 - 1e-12) && sidak >= holmSidak * (1 - 1e-12) && by >= bh)
      }
    }
  }

  @Test func orderIsKeptAndDoesNotMatter() {
    for p in families(31) {
      for adjustment in Self.all {
        let values = adjusted(p, adjustment)
        #expect(adjusted(p.reversed(), adjustment) == values.reversed())
        for i in p.indices { for j in p.indices where p[i] <= p[j] { #expect(values[i] <= values[j]) } }
        #expect(values.allSatisfy { (0...1).contains($0) })
      }
    }
  }

  /// Far below every double the same hypotheses stand in the same relation.
  @Test func logarithmsAreAdjustedToo() {
    for adjustment in Self.all {
      let near = adjustment.adjust([1e-60, 3e-60, 2e-61, 9e-58].map { Probability($0) })
      let far = adjustment.adjust(
        [-60, -59.52287874528034, -60.69897000433602, -57.04575749056067].map {
          Probability(log10: $0 - 1000)
        })
      for (one, other) in zip(near, far) { #expect(agrees(other.log10, one.log10 - 1000, within: 1e-13)) }
      #expect(far.allSatisfy { $0.value == 0 })
    }
  }

  @Test func hypothesesThatWereNotTestedAreNotCounted() {
    for adjustment in Self.all {
      let tested = adjustment.adjust([Probability(0.01), Probability(0.04)])
      #expect(adjustment.adjust([Probability(0.01), nil, Probability(0.04)]) == [tested[0], nil, tested[1]])
      #expect(adjustment.adjust([Probability?.none]) == [nil])
      #expect(adjustment.adjust([Probability]()).isEmpty)
      #expect(adjusted([0.03], adjustment) == [0.03])
      #expect(adjusted([0, 1, 1], adjustment) == [0, 1, 1])
    }
  }

  @Test func boundsAreInclusiveInSpiteOfRounding() {
    #expect(Probability(0.1 * 3).rejects(at: 0.3))
    #expect(!Probability(0.3001).rejects(at: 0.3))
    #expect(adjusted([0.01, 0.5, 0.5, 0.5, 0.5], Bonferroni.self).map { Probability($0).rejects(at: 0.05) }[0])
  }

  @Test func manyHypotheses() {
    var random = Philox(Seed(32))
    let p = (0..<50_000).map { _ in random.uniform() }
    for adjustment in Self.all {
      let values = adjusted(p, adjustment)
      #expect(values.allSatisfy { $0 > 0.001 })
    }
    // All equal: nothing is lost.
    #expect(adjusted([Double](repeating: 0.02, count: 1000), Hommel.self).allSatisfy { agrees($0, 0.02) })
  }
}
