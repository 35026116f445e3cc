import Testing
import Verdict

@testable import Reports

@Suite struct SourceSnippetTests {
  private func draw(_ text: String, column: Int, length: Int = 1, label: String? = nil, width: Int = 100) -> [String] {
    let location = SourceLocation(file: "a.yaml", line: 12, column: column, length: length, lineText: text)
    return SourceSnippet(location, label: label, width: width).lines.map(\.plain)
  }

  @Test func looksLikeACompilersMessage() {
    #expect(
      draw("  max_mising: 0.01", column: 3, length: 10, label: "did you mean `max_missing`?") == [
        "  --> a.yaml:12:3",
        "   |",
        "12 |   max_mising: 0.01",
        "   |   ^^^^^^^^^^ did you mean `max_missing`?",
      ])
  }

  /// Text, the column of the scalar that is meant, and the columns of the terminal before it and below it.
  @Test(arguments: [
    ("\tkey: x", 7, 1, 9, 1),
    ("ab\tc", 4, 1, 4, 1),
    ("漢字: x", 5, 1, 6, 1),
    ("a: 漢字", 4, 2, 3, 4),
    ("e\u{301}: x", 5, 1, 3, 1),
    ("\u{1B}[: x", 5, 1, 7, 1),
    ("##[x]: y", 8, 1, 8, 1),
    ("::x y", 5, 1, 5, 1),
    ("abc", 99, 5, 3, 1),
    ("abc", 2, 99, 1, 2),
  ])
  func caretsStandBelowWhatIsMeant(text: String, column: Int, length: Int, before: Int, below: Int) {
    let lines = draw(text, column: column, length: length)
    #expect(lines[3] == "   | " + String(repeating: " ", count: before) + String(repeating: "^", count: below))
  }

  @Test(arguments: [1, 40, 500, 990, 1000]) func longLinesAreCutAroundTheCaret(column: Int) throws {
    // Every scalar of the line tells its place.
    let text = String((0..<1000).map { Character(Unicode.Scalar(UInt8(33 + $0 % 90))) })
    let lines = draw(text, column: column, width: 60)
    #expect(lines.allSatisfy { TextSafety.width($0) <= 60 })
    let caret = try #require(lines[3].unicodeScalars.firstIndex(of: "^"))
    let offset = lines[3].unicodeScalars.distance(from: lines[3].unicodeScalars.startIndex, to: caret)
    #expect(Array(lines[2])[offset] == Array(text)[column - 1])
    #expect(lines[2].contains("…"))
  }

  @Test func aHugeLineCostsLittle() {
    let lines = draw(String(repeating: "漢", count: 200_000), column: 100_000, length: 100_000)
    #expect(lines.allSatisfy { TextSafety.width($0) <= 100 })
  }

  @Test func withoutATextThereIsOnlyTheArrow() {
    #expect(draw("", column: 3) == ["  --> a.yaml:12:3"])
    #expect(SourceSnippet(nil, width: 80).lines.isEmpty)
  }

  @Test func diagnosticsHaveHeadlineAndHelp() {
    let diagnostic = Diagnostic(
      "unknown key", at: SourceLocation(file: "b", line: 3, column: 1, lineText: "x: 1"), label: "here",
      help: ["one", "two\nthree"])
    #expect(
      DiagnosticRenderer().lines(diagnostic).map(\.plain) == [
        "error: unknown key", " --> b:3:1", "  |", "3 | x: 1", "  | ^ here", "  = help: one", "  = help: two",
        "  = help: three",
      ])
  }
}
