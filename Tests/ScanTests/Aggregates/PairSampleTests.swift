import TestSupport
import Testing

@testable import Scan

@Suite struct PairSampleTests {
  private static func table(_ count: Int, _ generator: inout SeededGenerator) -> TestTable {
    let ties = Bool.random(using: &generator)
    let share = Double.random(in: -1...1, using: &generator)
    let x = (0..<count).map { _ in
      let value = Double.random(in: -5...5, using: &generator)
      return ties ? value.rounded() : value
    }
    let y = x.map { (share * $0 + Double.random(in: -5...5, using: &generator)).rounded() }
    return TestTable(columns: [("x", x.map { "\($0)" }), ("y", y.map { "\($0)" })])
  }

  /// Whatever the table and the parts that it is cut into.
  @Test(arguments: 0..<40)
  func theCorrelationOfAllRowsLiesInTheInterval(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let table = Self.table(6000, &generator)
    let parts = [0..<500, 500..<4000, 4000..<6000].map { table.batches(of: 700, in: $0) }
    let all = try await PairSample.Specification("x", "y").summary(of: parts)
    let truth = try #require(all.rankCorrelation)
    #expect(truth.interval == nil && all.counts.evaluated == 6000)
    let some = try await PairSample.Specification("x", "y", limit: 400).summary(of: parts)
    let found = try #require(some.rankCorrelation)
    let interval = try #require(found.interval)
    #expect(interval.contains(truth.coefficient) && interval.contains(found.coefficient), "\(found), not \(truth)")
    #expect(some.counts.evaluated == 6000)
    // A greater sample says more.
    let more = try await PairSample.Specification("x", "y", limit: 3000).summary(of: parts)
    let narrow = try #require(more.rankCorrelation?.interval)
    #expect(narrow.contains(truth.coefficient))
    #expect(narrow.upperBound - narrow.lowerBound < (interval.upperBound - interval.lowerBound) / 2)
  }

  /// A copied column with a few rows of another kind, which the sample may have none of.
  @Test func noIntervalIsWithoutWidth() async throws {
    let values = (0..<5000).map { "\($0)" }
    var copy = values
    copy[17] = "99999"
    let table = TestTable(columns: [("x", values), ("y", copy)])
    let found = try await PairSample.Specification("x", "y", limit: 300).summary(of: [table.batches(of: 5000)])
    let truth = try await PairSample.Specification("x", "y").summary(of: [table.batches(of: 5000)])
    let interval = try #require(found.rankCorrelation?.interval)
    let coefficient = try #require(truth.rankCorrelation?.coefficient)
    #expect(interval.lowerBound < 1 && interval.contains(coefficient))
  }
}
