import Config
import Language
import Testing
import Verdict

@Suite struct SyntaxTests {
  @Test func tabs() {
    expectProblems("data:\n①\tflights: 1", "① a tab cannot indent")
    expectProblems("data:\n  a: 1\n①\tb: 2", "① a tab cannot indent")
    expectProblems("data:\n  - a\n①\t- b", "① a tab cannot indent")
  }

  @Test func unclosedBrackets() {
    expectProblems("a: 1\nin: ①[AA, BB\nb: 2", "① this bracket is never closed")
    expectProblems("in: ①[AA, BB", "① this bracket is never closed")
    expectProblems("x: ①{a: 1, b: 2\ny: 3", "① this bracket is never closed")
    expectProblems("x: {a: 1①]", "① a comma or } is missing before this")
    expectProblems("x: ['a' ①'b']", "① a comma or ] is missing before this")
  }

  @Test func unclosedQuotes() {
    expectProblems("a: ①\"text\nb: 2\n", "① this quote is never closed")
    expectProblems("a: 1\nb: ①'it\n", "① this quote is never closed")
  }

  @Test func badIndentation() {
    expectProblems("a:\n    b: 1\n  ①c: 2", "① this does not line up with what stands above")
    expectProblems("a:\n  - 1\n ①- 2", "① this does not line up with what stands above")
    expectProblems("a: 1\n  b①: 2", "① a key cannot stand here")
  }

  @Test func colonsInPlainText() {
    expectProblems("url: see①: below", "① a second colon in one line")
    expectProblems("when: a = 'x'①: y", "① a second colon in one line")
  }

  @Test func forbiddenBeginnings() {
    expectProblems("a: ①@home", "① text cannot begin with @")
    expectProblems("a: ①`ls`", "① text cannot begin with `")
    expectProblems("a: ①%x", "① text cannot begin with %")
    expectProblems("a: ①*.csv", "① text cannot begin with *")
  }

  @Test func missingParts() {
    expectProblems("a: 1\n①just text\nb: 2", "① a key and a colon are missing here")
    expectProblems("a: [1, ①, 2]", "① a value is missing before this")
    expectProblems("a: ①- 1", "① a list cannot begin here")
    expectProblems("a: |①x\n  y", "① only a comment may follow | or > in its line")
    expectProblems("a: \"C:①\\dir\"", "① this backslash begins no escape that YAML knows")
  }

  @Test func whatCannotFollow() {
    expectProblems("a: \"b\" ①c\nd: 1", "① this cannot follow the value before it")
    expectProblems("a: [1] ①x: 2", "① this cannot follow the value before it")
    expectProblems("a: 1\n①- b", "① a list and keys cannot stand side by side")
    expectProblems("- a\n①b: 1", "① a list and keys cannot stand side by side")
    expectProblems("a: 1\n①version:1\nb: x", "① a colon needs a space behind it")
    expectProblems("version:1\nproject①: x", "① a key cannot stand here")
    expectProblems("a: 1\n①{b: 2}", "① a key and a colon are missing here")
    expectProblems("①%x: 1", "① text cannot begin with %")
  }

  @Test func secondDocuments() {
    expectProblems("a: 1\n①---\nb: 2", "① a second document begins here")
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "~", "\u{FEFF}", "--- # x\n...\n"])
  func emptyFiles(text: String) {
    let (file, diagnostics) = read(text)
    #expect(file == nil)
    #expect(diagnostics.map(\.headline) == ["cupel.yaml is empty"])
    #expect(diagnostics.first?.help.first?.contains("cupel init DATA") == true)
  }

  @Test func everyDiagnosticSaysWhatToDo() {
    for text in [
      "a: [", "a: '", "a:\n\tb: 1", "@", "a: b: c", "%YAML 9.9\n---\na", "a: !<", "a: &", "- a\nb", "!!x y",
      "a: \"\\q\"",
    ] {
      let diagnostics = read(text).diagnostics
      #expect(!diagnostics.isEmpty, "\(text)")
      for diagnostic in diagnostics {
        #expect(!diagnostic.help.isEmpty)
        #expect(diagnostic.location != nil)
      }
    }
  }

  @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")])
  func depth(opening: String, closing: String) {
    func nested(_ levels: Int) -> String {
      String(repeating: opening, count: levels) + "x" + String(repeating: closing, count: levels)
    }
    #expect(read(nested(YAMLLimits.depth)).diagnostics.isEmpty)
    #expect(
      read(nested(YAMLLimits.depth + 1)).diagnostics.map(\.headline) == [
        "lists and mappings are nested more than 64 deep here"
      ])
    #expect(
      read(nested(100_000)).diagnostics.map(\.headline) == ["lists and mappings are nested more than 64 deep here"])
  }

  @Test func tooManyValues() {
    let diagnostics = read(String(repeating: "- \n", count: 100_001)).diagnostics
    #expect(diagnostics.map(\.headline) == ["this config holds more than 100,000 values"])
  }
}

/// The limits as the brief of the language states them.
private enum YAMLLimits { static let depth = 64 }
