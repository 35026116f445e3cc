import Glibc
import Testing

@testable import Statistics

@Suite struct CorrelationChangeTests {
  private typealias Pairs = (x: [Double], y: [Double])

  private enum Kind: String, CaseIterable { case normal, skewed, heavyTailed, uniform }

  /// Pairs of two variables with about this correlation.
  private func pairs(_ count: Int, _ kind: Kind, _ correlation: Double, _ random: inout Philox) -> Pairs {
    let (a, b) = (random.normals(count), random.normals(count))
    let rest = (1 - correlation * correlation).squareRoot()
    let second = zip(a, b).map { correlation * $0 + rest * $1 }
    switch kind {
    case .normal: return (a, second)
    case .skewed: return (a.map { exp(0.5 * $0) }, second.map { exp(0.5 * $0) })
    case .heavyTailed:
      // A common divisor: the squares depend on each other, as in bivariate t.
      let scales = (0..<count).map { _ in (random.normals(6).reduce(0) { $0 + $1 * $1 } / 6).squareRoot() }
      return (zip(a, scales).map { $0 / $1 }, zip(second, scales).map { $0 / $1 })
    case .uniform:
      func share(_ z: Double) -> Double { Normal.lower(z).value }
      return (a.map(share), second.map(share))
    }
  }

  /// The correlations are those of the library; the interval is Fisher's where the values are normal, and the jackknife's
  /// variance is near 1/(n - 3) there.
  @Test func agreesWithFisherForNormalValues() throws {
    var random = Philox(Seed(21))
    let (before, now) = (pairs(4000, .normal, 0.3, &random), pairs(4000, .normal, 0.6, &random))
    let found = try CorrelationChange(before: before, now: now)
    let (first, second) = (try Pearson(before.x, before.y), try Pearson(now.x, now.y))
    #expect(found.before.value == first.coefficient && found.now.value == second.coefficient)
    let (one, other) = (try first.interval(confidence: 0.95), try second.interval(confidence: 0.95))
    #expect(abs(found.before.interval.width / one.width - 1) < 0.1)
    let difference = second.coefficient - first.coefficient
    #expect(found.change.value == difference)
    // Zou's interval by hand, from Fisher's.
    let lower =
      difference
      - ((second.coefficient - other.lower) * (second.coefficient - other.lower)
      + (one.upper - first.coefficient) * (one.upper - first.coefficient)).squareRoot()
    #expect(abs(found.change.interval.lower - lower) < 0.005)
    #expect(found.decision(limit: 0.2, isSignificant: true) == .drifted)
    #expect(found.decision(limit: 0.2, isSignificant: false) == .undecided)
    #expect(found.decision(limit: 0.5, isSignificant: true) == .stable)
    #expect(found.p.value < 1e-20)
  }

  /// The slow jackknife: one row left out at a time.
  @Test func theVarianceIsTheJackknifes() throws {
    var random = Philox(Seed(22))
    let sample = pairs(60, .skewed, 0.5, &random)
    let all = try Pearson(sample.x, sample.y)
    let slow = try Jackknife(rows: 60) { rows throws(Undefined) in
      atanh(try Pearson(rows.map { sample.x[$0] }, rows.map { sample.y[$0] }).coefficient)
    }.standardError()
    let found = try CorrelationChange(before: sample, now: sample)
    let half = Normal.critical(confidence: 0.95) * slow
    #expect(abs(found.before.interval.upper - tanh(atanh(all.coefficient) + half)) < 1e-9)
    #expect(found.change.value == 0 && found.p == .one && found.change.interval.contains(0))
  }

  /// How often the interval holds the change of the populations, and how seldom one limit is left by samples of one.
  @Test(arguments: [(200, 0.0), (200, 0.7), (1000, 0.4)])
  func theIntervalHoldsWhateverTheDistribution(size: Int, correlation: Double) throws {
    for kind in Kind.allCases {
      var random = Philox(Seed(kind.rawValue, [Double(size), correlation]))
      var (covered, alarms) = (0, 0)
      let runs = 150
      for _ in 0..<runs {
        let found = try CorrelationChange(
          before: pairs(size, kind, correlation, &random), now: pairs(size, kind, correlation, &random))
        if found.change.interval.contains(0) { covered += 1 }
        if found.decision(limit: 0.02, isSignificant: found.p.value <= 0.05) == .drifted { alarms += 1 }
      }
      // 95 %: 131 of 150 or fewer have a probability below 1 in 1,000.
      #expect(covered >= 132, "\(kind): \(covered)")
      #expect(alarms <= 15, "\(kind): \(alarms)")
    }
  }

  /// No sample proves that a relation has no exception.
  @Test func aPerfectCorrelationHasAnInterval() throws {
    let x = (0..<200).map(Double.init)
    let found = try CorrelationChange(before: (x, x.map { 2 * $0 + 1 }), now: (x, x))
    #expect(found.now.value == 1 && found.now.interval.lower < 1 && found.now.interval.lower > 0.98)
    #expect(found.change.value == 0 && found.change.interval.width > 0)
    #expect(found.decision(limit: 0.1, isSignificant: false) == .stable)
    let broken = try CorrelationChange(before: (x, x), now: (x, x.map { $0.truncatingRemainder(dividingBy: 7) }))
    #expect(broken.decision(limit: 0.25, isSignificant: broken.p.value < 0.05) == .drifted)
  }

  @Test func rowsToDecide() throws {
    var random = Philox(Seed(23))
    let few = try CorrelationChange(
      before: pairs(150, .normal, 0, &random), now: pairs(150, .normal, 0, &random))
    #expect(few.decision(limit: 0.05, isSignificant: false) == .undecided)
    let needed = try #require(few.rowsToDecide(limit: 0.05))
    // 2 (1.96 + 1.28)² / 0.05² for two uncorrelated normal samples.
    #expect(abs(Double(needed) / 8406 - 1) < 0.35, "\(needed)")
    #expect(few.rowsToDecide(limit: 0) == nil)
  }

  @Test func whatHasNoCorrelationIsUndefined() {
    let x = [1.0, 2, 3, 4, 5]
    #expect(throws: Undefined.zeroVariance) { try CorrelationChange(before: (x, [1, 1, 1, 1, 1]), now: (x, x)) }
    #expect(throws: Undefined.self) { try CorrelationChange(before: ([1, 2, 3], [1, 2, 3]), now: (x, x)) }
    #expect(throws: Undefined.self) { try CorrelationChange(before: (x, [1, 2, 3, 4, .nan]), now: (x, x)) }
  }
}
