import TestSupport
import Testing

@testable import Scan

@Suite struct RankCorrelationTests {
  /// The definition: Pearson's correlation of the ranks, each found by counting.
  private static func slow(_ x: [Double], _ y: [Double]) -> Double? {
    func ranks(_ values: [Double]) -> [Double] {
      values.map { value in Double(values.count { $0 < value }) + Double(values.count { $0 == value } + 1) / 2 }
    }
    let (a, b) = (ranks(x), ranks(y))
    let mean = Double(x.count + 1) / 2
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } }
    let scale = (product(a, a) * product(b, b)).squareRoot()
    return scale > 0 ? product(a, b) / scale : nil
  }

  private static func pairs(_ count: Int, _ generator: inout SeededGenerator) -> (x: [Double], y: [Double]) {
    let hasTies = Bool.random(using: &generator)
    let share = Double.random(in: -1...1, using: &generator)
    let x = (0..<count).map { _ in
      let value = Double.random(in: -9...9, using: &generator)
      return hasTies ? value.rounded() : value
    }
    let y = x.map { x in
      let value = x * share + Double.random(in: -9...9, using: &generator)
      return hasTies ? value.rounded() : value
    }
    return (x, y)
  }

  @Test(arguments: 0..<60)
  func isThatOfTheRanks(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (x, y) = Self.pairs(Int.random(in: 0...60, using: &generator), &generator)
    let expected = Self.slow(x, y)
    let found = RankCorrelation(x, y)
    #expect((found == nil) == (expected == nil))
    guard let found, let expected else { return }
    #expect(abs(found.coefficient - expected) < 1e-12)
    // No rising function of the values changes anything, and a falling one turns the sign.
    let bent = try #require(RankCorrelation(x.map { $0 * $0 * $0 }, y.map { -$0 }))
    #expect(abs(bent.coefficient + expected) < 1e-12 && abs(bent.standardError - found.standardError) < 1e-12)
  }

  @Test func whatOnlyRisesIsOne() throws {
    let x = [-Double.infinity, -3, 0, 0.5, 1e300, .infinity]
    let rising = try #require(RankCorrelation(x, x))
    #expect(rising.coefficient == 1 && rising.standardError < 1e-12)
    #expect(RankCorrelation(x, x.map { -$0 })?.coefficient == -1)
    #expect(
      RankCorrelation([1, 1, 1], [1, 2, 3]) == nil && RankCorrelation([], []) == nil && RankCorrelation([1], [2]) == nil
    )
  }

  /// Held against the jackknife: what the coefficient is without each of the pairs in turn.
  @Test(arguments: 0..<20)
  func theErrorIsThatOfTheJackknife(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (x, y) = Self.pairs(150, &generator)
    let found = try #require(RankCorrelation(x, y))
    let without = x.indices.compactMap { index in
      var (x, y) = (x, y)
      x.remove(at: index)
      y.remove(at: index)
      return RankCorrelation(x, y)?.coefficient
    }
    let mean = without.reduce(0, +) / 150
    let jackknife = (without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 149 / 150).squareRoot()
    #expect(abs(found.standardError / jackknife - 1) < 0.1, "\(found.standardError), not \(jackknife)")
  }
}
