import Glibc
import Testing

@testable import Statistics

@Suite struct UnseenMassTests {
  /// Long tails bring new categories without any drift: more than a plain limit allows, but no alarm.
  @Test(arguments: [0.7, 1.1, 2]) func longTailsAreNoDrift(exponent: Double) throws {
    let shares = (1...3000).map { pow(Double($0), -exponent) }
    var random = Philox(Seed("zipf", [exponent]))
    var (drifted, covered, significant) = (0, 0, 0)
    for _ in 0..<120 {
      let (reference, current) = (random.counts(800, shares), random.counts(300, shares))
      let unseen = zip(reference, current).reduce(0) { $0 + ($1.0 == 0 ? $1.1 : 0) }
      let mass = try UnseenMass(
        seenOnce: reference.count { $0 == 1 }, of: 800, unseen: unseen, of: 300)
      if mass.decision(limit: 0, isSignificant: mass.p.value <= 0.05) == .drifted { drifted += 1 }
      if mass.excess.contains(0) { covered += 1 }
      if mass.p.value <= 0.05 { significant += 1 }
    }
    // A twentieth of 120 is 6; four standard errors are 10.
    #expect(drifted <= 6 && significant <= 12)
    #expect(covered >= 110)
  }

  /// Of numbers, those beyond the reference's range: on average 2 / (n + 1) of them.
  @Test(arguments: [10, 100, 1000]) func numbersBeyondTheRange(rows: Int) throws {
    var random = Philox(Seed("range", [Double(rows)]))
    var significant = 0
    for _ in 0..<300 {
      let reference = (0..<rows).map { _ in random.uniform() }
      let (low, high) = (reference.min() ?? 0, reference.max() ?? 0)
      let beyond = (0..<200).count { _ in !(low...high).contains(random.uniform()) }
      let mass = try UnseenMass(seenOnce: 2, of: rows, unseen: beyond, of: 200)
      if mass.p.value <= 0.05 { significant += 1 }
    }
    // 15 are a twentieth; four standard errors are 15.
    #expect(significant <= 30)
  }

  @Test func manyNewRowsAreDrift() throws {
    let mass = try UnseenMass(seenOnce: 3, of: 10_000, unseen: 40, of: 1000)
    #expect(mass.share == 0.04 && agrees(mass.expected, 3e-4))
    #expect(mass.excess.lower > 0.02 && mass.excess.upper < 0.06 && mass.p.value < 1e-10)
    #expect(mass.decision(limit: 0.01, isSignificant: true) == .drifted)
    #expect(mass.decision(limit: 0.01, isSignificant: false) == .undecided)
    #expect(mass.decision(limit: 0.04, isSignificant: true) == .undecided)
    #expect(mass.decision(limit: 0.06, isSignificant: true) == .stable)
    let few = try UnseenMass(seenOnce: 0, of: 50, unseen: 0, of: 1_000_000)
    #expect(few.decision(limit: 0.5, isSignificant: true) == .undecided)
  }

  @Test func growsWithTheUnseenRowsAndShrinksWithTheExpected() throws {
    var last = -1.0
    for unseen in stride(from: 0, through: 300, by: 30) {
      let mass = try UnseenMass(seenOnce: 30, of: 1000, unseen: unseen, of: 300)
      #expect(mass.excess.lower > last || unseen == 0)
      #expect(mass.excess.lower <= mass.share - mass.expected && mass.share - mass.expected <= mass.excess.upper)
      last = mass.excess.lower
      let more = try UnseenMass(seenOnce: 100, of: 1000, unseen: unseen, of: 300)
      #expect(more.excess.lower < mass.excess.lower && more.p >= mass.p)
    }
  }

  @Test func hostileInputIsTyped() throws {
    #expect(throws: Undefined.noObservations) { try UnseenMass(seenOnce: 0, of: 0, unseen: 0, of: 1) }
    #expect(throws: Undefined.noObservations) { try UnseenMass(seenOnce: 0, of: 1, unseen: 0, of: 0) }
    #expect(throws: Undefined.outsideDomain("successes must be between 0 and the trials")) {
      try UnseenMass(seenOnce: 0, of: 5, unseen: 6, of: 5)
    }
    #expect(throws: Undefined.self) { try UnseenMass(seenOnce: -1, of: 5, unseen: 1, of: 5) }
    #expect(throws: Undefined.self) { try UnseenMass(seenOnce: 1, of: .max, unseen: 1, of: 5) }
    #expect(throws: Undefined.self) { try UnseenMass(seenOnce: 1, of: 5, unseen: 1, of: 5, confidence: 1) }
    for count in [1, 1 << 53] {
      let mass = try UnseenMass(seenOnce: min(count, 9), of: count, unseen: 1, of: count)
      #expect(mass.excess.lower.isFinite && mass.excess.upper.isFinite && (0...1).contains(mass.p.value))
    }
  }
}
