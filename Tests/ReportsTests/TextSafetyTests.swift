import Testing
import Verdict

@testable import Reports

@Suite struct TextSafetyTests {
  @Test(arguments: [
    ("plain text, with: colons and # signs", "plain text, with: colons and # signs"),
    ("::error::x", "\\::error::x"),
    ("  ::error::x", "  \\::error::x"),
    ("\u{A0}::error::x", "\u{A0}\\::error::x"),
    ("a ::error::x", "a ::error::x"),
    ("##[error]x", "#\\#[error]x"),
    ("a ##vso[task.complete]", "a #\\#vso[task.complete]"),
    ("##TeamCity[x]", "#\\#TeamCity[x]"),
    ("####[x", "###\\#[x"),
    ("## heading", "## heading"),
    ("a\nb\r\tc", "a\\nb\\r\\tc"),
    ("\u{1B}[31m\u{7F}\u{9B}\u{0}", "\\x1B[31m\\x7F\\x9B\\x00"),
    ("\u{202E}\u{200B}\u{FEFF}\u{2028}\u{FFFE}\u{E0041}", "\\u{202E}\\u{200B}\\u{FEFF}\\u{2028}\\u{FFFE}\\u{E0041}"),
    ("漢字 é e\u{301} 👩‍👧", "漢字 é e\u{301} 👩‍👧"),
  ])
  func inline(text: String, expected: String) {
    #expect(TextSafety.inline(text) == expected)
    #expect(TextSafety.inline(expected) == expected, "safe text stays as it is")
  }

  @Test(arguments: [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("漢字漢", 5, "漢字…"), ("ab\n\n", 5, "ab\\n…")])
  func cuts(text: String, limit: Int, expected: String) {
    #expect(TextSafety.inline(text, limit: limit) == expected)
  }

  @Test func hugeTextsAreCut() {
    #expect(TextSafety.inline(String(repeating: "\u{301}", count: 1_000_000)).unicodeScalars.count <= 2000)
  }

  @Test(arguments: [("a", 1), ("漢", 2), ("e\u{301}", 1), ("😀", 2), ("ｱ", 1), ("Ａ", 2), ("\u{200D}", 0), ("한", 2)])
  func widths(text: String, columns: Int) {
    #expect(TextSafety.width(text) == columns)
  }

  // MARK: - Laws over whole reports

  /// What must stand in no text that people or CI systems read.
  private func expectHarmless(_ text: String) {
    let banned = Set("\u{202E}\u{2066}\u{200B}\u{FEFF}\u{2028}\u{FFFE}".unicodeScalars)
    let harmful = text.unicodeScalars.first { scalar in
      guard scalar != "\n" else { return false }
      return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || banned.contains(scalar)
    }
    #expect(harmful == nil)
    #expect(text.firstMatch(of: /##[A-Za-z]*\[/) == nil)
    let command = text.split(separator: "\n").first { $0.drop { $0.isWhitespace }.hasPrefix("::") }
    #expect(command == nil)
  }

  @Test(arguments: GeneratedRun.seeds) func terminalIsHarmless(seed: UInt64) throws {
    let run = GeneratedRun.make(seed: seed)
    for verbosity in [TerminalStyle.Verbosity.quiet, .normal, .verbose] {
      let report = TerminalReport(style: TerminalStyle(width: 80, verbosity: verbosity))
      expectHarmless(String(decoding: try report.render(run), as: UTF8.self))
    }
    // With colours there are escapes, but only our own.
    let colored = TerminalReport(style: TerminalStyle(usesColor: true))
    let plain = TerminalReport(style: TerminalStyle())
    let stripped = String(decoding: try colored.render(run), as: UTF8.self).replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(try stripped == String(decoding: plain.render(run), as: UTF8.self))
  }

  @Test(arguments: GeneratedRun.seeds) func markdownIsHarmless(seed: UInt64) throws {
    let bytes = try MarkdownReport().render(GeneratedRun.make(seed: seed))
    let text = String(decoding: bytes, as: UTF8.self)
    expectHarmless(text)
    #expect(bytes.count <= MarkdownReport.sizeLimit)
    expectOnlyOwnMarkup(text)
  }

  /// Outside of code there is no HTML, mention, reference, link or fence but our own.
  private func expectOnlyOwnMarkup(_ text: String) {
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if line == open { fence = nil }
        continue
      }
      if ticks.count >= 3, line == ticks + "text" {
        fence = ticks
        continue
      }
      var prose = String(line)
      for own in ["<details><summary>evidence</summary>", "</details>", "&#8203;", "&lt;", "&gt;", "&amp;"] {
        prose = prose.replacing(own, with: "")
      }
      prose = Self.withoutCode(prose)
      #expect(!prose.contains("<") && !prose.contains(">"), "\(line)")
      #expect(prose.firstMatch(of: /@[A-Za-z]/) == nil || line.contains("@&#8203;"), "\(line)")
      #expect(
        prose.firstMatch(of: /(?:^|[^\\])(?:\\\\)*[\[\]`*_~](?!\*)/) == nil || line.hasPrefix("| **all**"), "\(line)")
      #expect(!line.contains("https://evil") || !prose.contains("https://evil") || line.contains(":&#8203;//"))
    }
    #expect(fence == nil, "every block of code is closed")
  }

  /// The line without its code span at the beginning: a run of backticks to the next run of the same length.
  private static func withoutCode(_ line: String) -> String {
    let start = line.drop { $0 == "-" || $0 == " " }
    let ticks = start.prefix { $0 == "`" }
    guard !ticks.isEmpty else { return line }
    var rest = start.dropFirst(ticks.count)
    while let next = rest.firstIndex(of: "`") {
      let run = rest[next...].prefix { $0 == "`" }
      rest = rest[run.endIndex...]
      if run.count == ticks.count { return String(rest) }
    }
    return line
  }
}
