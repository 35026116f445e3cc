import Testing

@testable import Scan

@Suite struct BatchTests {
  /// A value is cut between scalars: no sample ends in a character that is not in the data.
  @Test(arguments: ["é", "日", "😀"])
  func longValuesAreCutBetweenScalars(scalar: String) throws {
    for shift in 0..<4 {
      let text = String(repeating: "x", count: shift) + String(repeating: scalar, count: 100)
      let batch = TestTable(columns: [("a", [text])]).batch(0..<1)
      let shown = try #require(batch.display("a", row: 0))
      #expect(!shown.contains("\u{FFFD}"))
      #expect(shown.hasSuffix("… (\(text.utf8.count) bytes)"))
      #expect(text.hasPrefix(String(shown.prefix { $0 != "…" })))
    }
  }

  @Test func shortValuesAreShownAsTheyAre() {
    let text = String(repeating: "x", count: 120)
    let batch = TestTable(columns: [("a", [text, nil])]).batch(0..<2)
    #expect(batch.display("a", row: 0) == text)
    #expect(batch.display("a", row: 1) == nil)
    #expect(batch.display("b", row: 0) == nil)
  }
}
