import TestSupport
import Testing

@testable import Scan

@Suite struct LengthCountsTests {
  private static func counts(_ values: [String?]) async throws -> LengthCounts {
    let parts = TestTable(columns: [("a", values)]).batches(of: 5).map { [$0] }
    return try await LengthCounts.Specification("a").summary(of: parts)
  }

  @Test func lengthsAreThoseOfScalars() async throws {
    let found = try await Self.counts(["é", "e\u{301}", nil, "", "日本", String(repeating: "x", count: 5000)])
    #expect(found.count == 5 && found.longest == 5000)
    let summary = found.summary { $0 == 2 || $0 == 5000 }
    #expect([summary.rows, summary.nulls, summary.evaluated, summary.violating] == [6, 1, 5, 3])
    #expect(summary.first.map(\.place.number) == [3, 7])
    #expect(try await Self.counts([nil]).quantile(at: 0.5) == nil)
  }

  /// The definition, by sorting: the least length that at least the share of all do not exceed.
  @Test func quantilesAreThoseOfTheSortedLengths() async throws {
    var generator = SeededGenerator(seed: 46)
    for count in [1, 2, 33, 34, 100, 301] {
      let lengths = (0..<count).map { _ in Int.random(in: 0...300, using: &generator) }
      let found = try await Self.counts(lengths.map { String(repeating: "é", count: $0) })
      for percent in [1, 3, 7, 29, 50, 97, 99] {
        let expected = lengths.sorted()[max(0, (percent * count + 99) / 100 - 1)]
        #expect(found.quantile(at: Double(percent) / 100) == expected, "\(percent)% of \(count)")
      }
    }
  }
}
