import Language
import Testing

@Suite struct NearestTests {
  @Test(arguments: [
    ("mising", "missing"), ("missingg", "missing"), ("miss1ng", "missing"), ("imssing", "missing"),
    ("MISSING", "missing"), ("at_leats", "at_least"), ("atmost", "at_most"), ("colums", "columns"),
  ])
  func findsTheWordThatWasMeant(word: String, meant: String) {
    #expect(nearest(word, among: ["columns", "missing", "at_least", "at_most", "rows"]) == meant)
  }

  @Test(arguments: ["", "x", "zebra", "completely-different", String(repeating: "a", count: 100_000)])
  func isSilentWhenNothingIsNear(word: String) {
    #expect(nearest(word, among: ["columns", "missing", "at_least"]) == nil)
  }

  /// The words of other tools, where an edit distance would find another word or none.
  @Test(arguments: [
    ("min", "at_least"), ("Maximum", "at_most"), ("error", "block"), ("float", "number"), ("text", "string"),
    ("datetime", "timestamp"), ("int", "integer"), ("bool", "boolean"), ("len", "length"),
  ])
  func wordsOfOtherToolsAreKnown(word: String, meant: String) {
    let words = [
      "ln", "in", "at_least", "at_most", "block", "warn", "number", "string", "timestamp", "integer", "boolean",
      "length",
    ]
    #expect(nearest(word, among: words) == meant)
    #expect(nearest(word, among: ["zebra"]) == nil)
  }

  @Test func theNearestWinsAndOfEquallyNearOnesTheFirst() {
    #expect(nearest("rowz", among: ["crows", "rows"]) == "rows")
    #expect(nearest("cat", among: ["bat", "rat"]) == "bat")
    #expect(nearest("cat", among: [String]()) == nil)
  }

  /// The distance is symmetric, so a word is found from a typo by as many edits as the typo from the word.
  @Test func swappedNeighboursCountAsOneEdit() {
    #expect(nearest("abc", among: ["acb"]) == "acb")
    #expect(nearest("abc", among: ["cba"]) == nil)
  }
}
