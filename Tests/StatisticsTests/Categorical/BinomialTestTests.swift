import Glibc
import Testing

@testable import Statistics

@Suite struct BinomialTestTests {
  private func p(_ k: Int, _ n: Int, _ share: Double, _ alternative: Alternative = .twoSided) throws -> Probability {
    try BinomialTest.p(successes: k, trials: n, share: share, alternative)
  }

  @Test func agreesWithTheSumOfOutcomesNoLikelier() throws {
    for n in [1, 2, 7, 25] {
      for share in [0.05, 0.3, 0.5, 0.77] {
        let masses = (0...n).map { choose(n, $0) * pow(share, Double($0)) * pow(1 - share, Double(n - $0)) }
        for k in 0...n {
          let extreme = masses.filter { $0 <= masses[k] * (1 + 1e-9) }.reduce(0, +)
          #expect(agrees(try p(k, n, share).value, extreme, within: 1e-11))
          #expect(agrees(try p(k, n, share, .less).value, masses[...k].reduce(0, +), within: 1e-11))
          #expect(agrees(try p(k, n, share, .greater).value, masses[k...].reduce(0, +), within: 1e-11))
        }
      }
    }
  }

  @Test func failuresAreTheMirrorOfSuccesses() throws {
    for k in 0...30 {
      for alternative in Alternative.allCases {
        #expect(agrees(try p(k, 30, 0.25, alternative).value, try p(30 - k, 30, 0.75, alternative.reversed).value))
      }
    }
  }

  @Test func keepsItsLevelForEveryShare() throws {
    for share in [0.01, 0.11, 0.42, 0.5, 0.93] {
      let binomial = Binomial(trials: 40, share: share)
      let rejected = try (0...40).filter { try p($0, 40, share).value <= 0.05 }
      #expect(rejected.reduce(0.0) { $0 + binomial.mass($1) } <= 0.05)
    }
  }

  @Test func certainSharesLeaveNoDoubt() throws {
    #expect(try p(0, 5, 0) == .one && p(5, 5, 1) == .one)
    #expect(try p(3, 5, 0) == .zero && p(3, 5, 1) == .zero)
  }

  @Test func manyTrialsAndFarTails() throws {
    #expect(agrees(try p(5000, 5000, 0.5, .greater).log10, -5000 * log10(2), within: 1e-13))
    #expect(try p(1 << 52, 1 << 53, 0.5) == .one)
    let n = 1_000_000_000_000
    let z = 3.0
    #expect(agrees(try p(n / 2 + Int(z * 1e6 / 2), n, 0.5).value, Normal.twoSided(z).value, within: 1e-4))
  }

  @Test func argumentsAreChecked() {
    #expect(throws: Undefined.noObservations) { try p(0, 0, 0.5) }
    #expect(throws: Undefined.outsideDomain("there must not be more successes than trials")) { try p(6, 5, 0.5) }
    #expect(throws: Undefined.outsideDomain("counts must not be negative")) { try p(-1, 5, 0.5) }
    #expect(throws: Undefined.outsideDomain("counts must be at most 2^53")) { try p(1, .max, 0.5) }
    for share in [-0.1, 1.1, .nan] {
      #expect(throws: Undefined.outsideDomain("the share must be between 0 and 1")) { try p(1, 5, share) }
    }
  }
}
