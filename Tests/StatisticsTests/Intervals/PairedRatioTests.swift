import Foundation
import Testing

@testable import Statistics

/// The interval of a ratio of two proportions of the same rows.
@Suite struct PairedRatioTests {
  /// The likeliest counts given a ratio, found by trying: every split of the rows of either that has the ratio.
  private func likeliest(_ outcomes: PairedOutcomes, _ ratio: Double) -> (first: Double, second: Double) {
    let (a, b, c) = (Double(outcomes.both), Double(outcomes.firstOnly), Double(outcomes.secondOnly))
    let either = a + b + c
    func likelihood(_ x: Double) -> Double {
      let (y, s) = (ratio * x - (ratio - 1) * either, ratio * either - (1 + ratio) * x)
      guard x >= 0, y >= -1e-12, s >= -1e-12 else { return -.infinity }
      return [(a, s), (b, x), (c, y)].reduce(0) { $1.0 > 0 ? $0 + $1.0 * log(max($1.1, 1e-300)) : $0 }
    }
    var (low, high) = (max(0, (ratio - 1) / ratio * either), ratio / (1 + ratio) * either)
    for _ in 0..<200 {
      let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
      if likelihood(left) < likelihood(right) { low = left } else { high = right }
    }
    return (low, ratio * low - (ratio - 1) * either)
  }

  @Test(arguments: [[5, 42, 29, 231], [0, 3, 4, 20], [30, 1, 9, 2], [3, 0, 6, 50], [7, 5, 0, 1]])
  func restrictedCountsAreTheLikeliest(_ cells: [Int]) throws {
    let outcomes = try PairedOutcomes(both: cells[0], firstOnly: cells[1], secondOnly: cells[2], neither: cells[3])
    for ratio in [0.1, 0.5, 0.9, 1, 1.2, 2, 7] {
      let found = PairedRatio.restrictedCounts(outcomes, ratio)
      let expected = likeliest(outcomes, ratio)
      #expect((found.first - expected.first).magnitude < 1e-4, "\(cells) \(ratio): \(found) \(expected)")
      #expect((found.second - expected.second).magnitude < 1e-3, "\(cells) \(ratio): \(found) \(expected)")
    }
  }

  /// Which model is called the first makes no difference.
  @Test func theInverseIsTheOther() throws {
    for cells in [[5, 42, 29, 231], [10, 1, 8, 3], [40, 0, 3, 9]] {
      let one = try PairedOutcomes(both: cells[0], firstOnly: cells[1], secondOnly: cells[2], neither: cells[3])
      let other = try PairedOutcomes(both: cells[0], firstOnly: cells[2], secondOnly: cells[1], neither: cells[3])
      let (a, b) = (
        try PairedRatio.interval(one, confidence: 0.9).interval,
        try PairedRatio.interval(other, confidence: 0.9).interval
      )
      #expect((a.lower * b.upper - 1).magnitude < 1e-9 && (a.upper * b.lower - 1).magnitude < 1e-9, "\(a) \(b)")
    }
  }

  /// At a ratio of 1 the test is McNemar's: the end of the interval is there when its z is the critical one.
  @Test func oneIsMcNemars() throws {
    let outcomes = try PairedOutcomes(both: 50, firstOnly: 30, secondOnly: 14, neither: 6)
    let z = 16 / Double(44).squareRoot()
    let confidence = 1 - 2 * Normal.upper(z).value
    let interval = try PairedRatio.interval(outcomes, confidence: confidence).interval
    #expect((interval.lower - 1).magnitude < 1e-6, "\(interval)")
  }

  /// By going through all tables, exactly; and at the limit that a gate tests no side errs more than twice as often as it
  /// may with so few rows.
  @Test func covers() throws {
    let tables = try PairedDifferenceTests.tables(30).filter { $0.both + $0.secondOnly > 0 }
    let all = try tables.map { try PairedRatio.interval($0, confidence: 0.95).interval }
    for cells in [[0.02, 0.14, 0.06, 0.78], [0.3, 0.2, 0.1, 0.4], [0.01, 0.29, 0.09, 0.61], [0.6, 0.1, 0.1, 0.2]] {
      let ratio = (cells[0] + cells[1]) / (cells[0] + cells[2])
      var (below, above) = (0.0, 0.0)
      for (table, interval) in zip(tables, all) {
        let probability = PairedDifferenceTests.probability(table, cells)
        if interval.upper < ratio { below += probability }
        if interval.lower > ratio { above += probability }
      }
      #expect(below < 0.04 && above < 0.04 && below + above < 0.065, "\(cells): \(below) \(above)")
    }
  }

  /// 34 and 47 of 307, 5 of both: an interval around the observed ratio ended at 88.7 %, the oracles' at 109 to 116 %.
  @Test func aSmallShareHasALongUpperEnd() throws {
    let outcomes = try PairedOutcomes(both: 5, firstOnly: 42, secondOnly: 29, neither: 231)
    let interval = try PairedRatio.interval(outcomes, confidence: 0.95).interval
    #expect(interval.upper > 2.05 && interval.upper < 2.2 && interval.lower < 1, "\(interval)")
    let none = try PairedOutcomes(both: 4, firstOnly: 3, secondOnly: 0, neither: 9)
    #expect(try PairedRatio.interval(none, confidence: 0.95).interval.upper > 2)
    #expect(throws: Undefined.self) {
      try PairedRatio.interval(PairedOutcomes(both: 0, firstOnly: 3, secondOnly: 0, neither: 9), confidence: 0.95)
    }
  }
}
