import Testing

@testable import Statistics

/// Shares of rows with weights.
@Suite struct WeightedOutcomesTests {
  private static func rows(_ n: Int, _ random: inout Philox) -> [(baseline: Bool, candidate: Bool, u: Double)] {
    (0..<n).map { _ in
      let u = random.uniform()
      return (u < 0.85, u < 0.82, u)
    }
  }

  /// Weights that are all the same say nothing, whatever they are.
  @Test(arguments: [1e-300, 0.25, 1, 1e300]) func equalWeightsAreNone(weight: Double) throws {
    var random = Philox(Seed(4))
    let rows = Self.rows(300, &random)
    let weights = [Double](repeating: weight, count: 300)
    let (first, second) = (rows.map(\.candidate), rows.map(\.baseline))
    let outcomes = try WeightedOutcomes(weights: weights, first: first, second: second)
    let counted = try PairedOutcomes(
      both: zip(first, second).count { $0 && $1 }, firstOnly: 0, secondOnly: zip(first, second).count { !$0 && $1 },
      neither: zip(first, second).count { !$0 && !$1 })
    let (found, expected) = (
      try PairedDifference.interval(outcomes, confidence: 0.95).interval,
      try PairedDifference.interval(counted, confidence: 0.95).interval
    )
    #expect(agrees(found.lower, expected.lower, within: 1e-9) && agrees(found.upper, expected.upper, within: 1e-9))
    let share = try Wilson.interval(WeightedShare(weights: weights, isHit: first), confidence: 0.95)
    let count = try Wilson.interval(BinomialCount(counted.both, of: 300), confidence: 0.95)
    #expect(agrees(share.interval.lower, count.interval.lower, within: 1e-9) && agrees(share.value, count.value))
  }

  /// A row of weight 2 says no more than one row, and two of them weigh as one of four.
  @Test func heavyRowsAreFewer() throws {
    let first = (0..<100).map { $0 % 2 == 0 }
    let even = try WeightedShare(weights: [Double](repeating: 1, count: 100), isHit: first)
    let odd = try WeightedShare(weights: (0..<100).map { $0 < 50 ? 3 : 1 }, isHit: first)
    #expect(even.rows == 100 && agrees(odd.rows, 80) && agrees(odd.share, 0.5))
    let none = try WeightedOutcomes(weights: (0..<100).map { $0 < 50 ? 3 : 1 }, first: first, second: first)
    #expect(none.areEqual && agrees(none.total, 80))
    #expect(try PairedDifference.interval(none, confidence: 0.95).interval.lower < -0.04)
  }

  /// Of candidates that are worse by just the margin at most one in forty passes, whether or not heavy rows are those that
  /// they get wrong: 2,000 samples, of which more than 68 would be as likely as 1 %.
  @Test(arguments: [200, 400], [0, 1, 2]) func whatIsWorseByTheMarginSeldomPasses(n: Int, kind: Int) throws {
    var random = Philox(Seed("weighted", [Double(n), Double(kind)]))
    // The weighted loss of accuracy: 3 % of the rows, as heavy as the others, five times as heavy, or of two weights.
    let margin = kind == 1 ? 0.15 / 1.12 : 0.03
    var passed = 0
    for _ in 0..<2000 {
      let rows = Self.rows(n, &random)
      let weights = rows.map { row -> Double in
        switch kind {
        case 0: random.uniform() < 0.5 ? 1 : 2
        case 1: row.baseline != row.candidate ? 5 : 1
        default: random.uniform() < 0.1 ? 10 : 1
        }
      }
      let outcomes = try WeightedOutcomes(
        weights: weights, first: rows.map(\.candidate), second: rows.map(\.baseline))
      if try PairedDifference.interval(outcomes, confidence: 0.95).interval.lower > -margin { passed += 1 }
    }
    #expect(passed <= 68, "\(passed)")
  }

  @Test func whatIsNoWeightIsRefused() {
    for weights in [[1, -1], [1, .nan], [1, .infinity], [0, 0], [1]] {
      #expect(throws: Undefined.self) {
        try WeightedOutcomes(weights: weights, first: [true, false], second: [true, true])
      }
      #expect(throws: Undefined.self) { try WeightedShare(weights: weights, isHit: [true, false]) }
    }
  }
}
