import TestSupport
import Testing

@testable import Scan

/// How often keys come is how often values come.
@Suite struct KeyFrequenciesTests {
  @Test(arguments: [1, 256 << 20], [1, 3])
  func agreesWithTheCountsOfValues(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 33)
    for _ in 0..<60 {
      let table = AggregateCase.table(rows: Int.random(in: 0...90, using: &generator), &generator)
      for column in ["city", "mixed", "nulls"] {
        let keys = try await DuplicateKeys.Specification.frequencies(of: [column]).summary(
          of: table.batches(of: 9).map { [$0] }, ScanResources(threads: threads, memory: memory))
        let values = try await ValueCounts.Specification(column).summary(of: [table.batches(of: 64)])
        #expect(keys.isExact && keys.greatestCount == values.greatestCount && keys.leaders == values.leaders)
        #expect(abs(keys.entropy.lowerBound - values.entropy.lowerBound) < 1e-12)
        #expect(keys.counts.evaluated == values.counts.evaluated && keys.counts.nulls == values.counts.nulls)
      }
    }
  }

  @Test func aRowWithoutItsCompanionDoesNotCount() async throws {
    let table = TestTable(columns: [("a", ["x", "x", "y", nil]), ("b", ["1", nil, "2", "3"])])
    let keys = try await DuplicateKeys.Specification.frequencies(of: ["a"], beside: ["b"]).summary(
      of: [table.batches(of: 2)])
    #expect(keys.counts.evaluated == 2 && keys.counts.nulls == 2 && keys.leaders == ["x", "y"])
  }

  /// Numbers that grow are no exception, and of too many leaders none is named.
  @Test func allDifferent() async throws {
    for count in [KeyFrequencies.leaderLimit, KeyFrequencies.leaderLimit + 1] {
      let table = TestTable(columns: [("a", (0..<count).map(String.init))])
      let keys = try await DuplicateKeys.Specification.frequencies(of: ["a"]).summary(
        of: table.batches(of: 100).map { [$0] })
      #expect(keys.greatestCount == 1...1 && keys.distinctKeys == count)
      #expect(keys.leaders?.count == (count > KeyFrequencies.leaderLimit ? nil : count))
    }
  }
}
