import Testing

@testable import Scan

@Suite struct SpellingCountsTests {
  @Test(
    arguments: [
      (["Deep", "deep!", "DEEP", " deep "], 1), (["New York", "new-york", "NewYork"], 1), (["é", "e\u{301}", "É"], 1),
      (["1.5", "15", "-15", "1,5"], 4), (["C", "C++", "c+"], 3), (["-", "--", ""], 3), (["a_b", "ab", "A B"], 1),
      (["2024-01-02", "20240102"], 2), (["A-1", "A1", "a 1"], 1), (["1-a", "1a"], 1),
      (["STRASSE", "straße", "Straße"], 1),
      (["ΟΔΟΣ", "οδος", "οδοσ"], 1), (["ﬁn", "FIN"], 1), (["ılık", "ilik"], 2),
      (["١٫٥", "١٥"], 2), (["\u{0}-", "-"], 2),
    ] as [([String], Int)])
  func spellingsOfOneValueAreFoldedToOne(texts: [String], values: Int) {
    #expect(Set(texts.map { FoldedSpelling($0) }).count == values)
  }

  private static func spellings(_ values: [String?]) async throws -> SpellingCounts {
    let parts = TestTable(columns: [("a", values)]).batches(of: 3).map { [$0] }
    return try await SpellingCounts.Specification("a").summary(of: parts)
  }

  @Test func theUsualSpellingComesFirst() async throws {
    let found = try await Self.spellings(["Rome!", "Oslo", "OSLO", nil, "Oslo", "oslo", "rome", "x", "oslo", "Oslo"])
    #expect(
      found.groups.map { $0.map { "\($0.text) \($0.count)" } } == [
        ["Oslo 3", "oslo 2", "OSLO 1"], ["Rome! 1", "rome 1"],
      ])
    let summary = found.summary(of: found.groups)
    #expect([summary.rows, summary.nulls, summary.evaluated, summary.violating] == [10, 1, 9, 4])
    #expect(summary.first.map(\.place.number) == [4, 7, 8])
    #expect(summary.first.map(\.values) == [["OSLO", "Oslo"], ["oslo", "Oslo"], ["rome", "Rome!"]])
  }

  @Test func tooManyTextsAreNoCategories() async throws {
    let many = (0...SpellingCounts.limit).map { "v\($0)" }
    #expect(try await !Self.spellings(Array(many.dropLast())).isOverfull)
    #expect(try await Self.spellings(many).isOverfull)
    #expect(try await Self.spellings(many).groups.isEmpty)
    let long = String(repeating: "x", count: 1 << 20)
    #expect(try await Self.spellings((0..<4).map { "\($0)" + long }).isOverfull)
  }
}
