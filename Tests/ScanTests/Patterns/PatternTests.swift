import Testing

@testable import Scan

@Suite struct PatternTests {
  @Test(
    arguments: [
      ("a+", "aaa", true), ("a+", "aaab", false), ("a|ab", "ab", true), ("", "", true), ("", "a", false),
      ("[a-z0-9.]+@[a-z]+\\.[a-z]+", "user1@example.com", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
      ("ä.", "äß", true), ("^a$", "a", true), ("a$", "a\n", false), ("(?i)aa", "AA", true), ("\\d{4}", "2024", true),
      ("\\d{4}", "２０２４", false), (".", "😀", true),
    ] as [(String, String, Bool)])
  func matchesTheWholeText(pattern: String, text: String, matches: Bool) throws {
    #expect(try Pattern(pattern).matches(text) == matches)
    let table = TestTable(columns: [("a", [text, nil, text])])
    let batch = table.batch(0..<3)
    let expected: UInt8 = matches ? 1 : 0
    #expect(try Pattern(pattern).matches(batch.texts("a")) == [expected, 0, expected])
  }

  @Test func searchesWhenAsked() throws {
    #expect(try Pattern("b+").matches("abc", full: false))
    #expect(try !Pattern("^b+").matches("abc", full: false))
  }

  @Test(
    arguments: [
      ("(", "missing"), ("[a", "missing"), ("a{2,1}", "repe"), ("*a", "repe"), ("(?=a)", "(?="), ("(?<!a)b", "(?<"),
      ("(a)\\1", "\\1"), ("a{1001}", "repe"), ("\\", "\\"), ("(?P<n", "(?P<n"),
    ] as [(String, String)])
  func saysWhatIsWrong(pattern: String, words: String) {
    do {
      _ = try Pattern(pattern)
      Issue.record("\(pattern) was accepted")
    } catch {
      #expect(error.reason.contains(words), "\(error.reason)")
    }
  }

  /// A backtracking engine takes 2^n steps for these.
  @Test(
    .timeLimit(.minutes(1)), arguments: ["(a+)+$", "(a|a)*b", "(a*)*c", "(.*)*x", "(a|aa)+$", "a*a*a*a*a*a*a*a*a*a*b"])
  func hostilePatternsFinish(pattern: String) throws {
    let text = String(repeating: "a", count: 200_000) + "!"
    #expect(try !Pattern(pattern).matches(text))
  }

  /// A pattern whose automaton outgrows its memory must refuse or answer, and not crash.
  @Test func hugePatternsAreRefusedOrAnswered() {
    let huge = "((a{100}){100}){100}"
    if let pattern = try? Pattern(huge) { #expect(!pattern.matches("b")) }
  }

  @Test func theReasonIsShortForALongPattern() {
    let pattern = String(repeating: "(", count: 10_000)
    do {
      _ = try Pattern(pattern)
      Issue.record("accepted")
    } catch {
      #expect(!error.reason.isEmpty && error.reason.utf8.count < 256)
    }
  }

  @Test func equalTextsAreEqualPatterns() throws {
    #expect(try Pattern("a") == Pattern("a"))
    #expect(try Pattern("a") != Pattern("b"))
  }
}
