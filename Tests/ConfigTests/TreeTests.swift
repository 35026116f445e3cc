import Config
import Language
import Testing
import Verdict

@Suite struct TreeTests {
  @Test func scalarsStayTextWithTheirQuotes() {
    #expect(
      tree(
        """
        country: NO
        on: off
        version: 1.10
        octal: 007
        single: 'it''s'
        double: "a\\tb\\u00e9"
        nothing:
        tilde: ~
        literal: |
          a
            b
        folded: >-
          a
          b
        """)
        == "{country: NO, on: off, version: 1.10, octal: 007, single: \"it's\", double: \"a\tbé\", nothing: , tilde: ~, "
        + "literal: \"a\n  b\n\", folded: \"a b\"}")
  }

  @Test func blockAndFlowStyleAreTheSame() {
    let block = tree("a:\n  - 1\n  - b: c\n    d: [e]\nf: {}\ng: []")
    #expect(block == tree("{a: [1, {b: c, d: [e]}], f: {}, g: []}"))
    #expect(block == tree("# comment\na: # more\n- 1\n# less\n- {b: c, d: [e,]} # x\nf: {}\ng: []\n# end"))
  }

  @Test func lineEndsMakeNoDifference() {
    let text = "a: 1\nb:\n  - x\n  - y\n"
    #expect(tree(text) == tree(text.replacing("\n", with: "\r\n")))
    #expect(tree(text) == tree(text.replacing("\n", with: "\r")))
    #expect(tree(text) == tree("\u{FEFF}" + text))
    #expect(tree(text) == tree("---\n" + text + "...\n"))
  }

  @Test(
    "Every value knows its place, its length and its line",
    arguments: [
      "①key: ②value",
      "# comment\n①a:\n  ②b: ③c # d\n",
      "①a: [②1, {③b: ④'c d'}]",
      "①a:\r\n  - ②b\r\n  - ③c\r\n",
      "\u{FEFF}①a: ②b\n③c: ④d",
      "①größe: ②müll # ü\n③\"naïve 🙂 e\u{301}\": ④\"a\\\"b\" ",
      "①a:\t②b\t# c\n③d:\t\t④'e'",
      "①a: &x ②b\n③c: !!str ④1\n⑤d: &y !!str ⑥2\n⑦e: !!str\n  ⑧f",
      "①a: ②b\r③c: ④d\r",
      "①a: &anchor # comment\n  ②b: ③c",
      "\n\n  ①a: ②b\n  ③c:\n   - - ④d",
    ])
  func places(marked: String) throws {
    let marked = MarkedText(marked)
    let (file, diagnostics) = read(marked.text)
    #expect(diagnostics.isEmpty)
    var locations: [Verdict.SourceLocation] = []
    func visit(_ node: Node) {
      switch node.content {
      case .scalar: locations.append(node.location)
      case .sequence(let nodes): nodes.forEach(visit)
      case .mapping(let entries):
        for entry in entries {
          locations.append(entry.keyLocation)
          visit(entry.value)
        }
      }
    }
    visit(try #require(file).root)
    #expect(Set(locations.map { "\($0.line):\($0.column)" }) == Set(marked.places.values))
    #expect(locations.count == marked.places.count)
    for location in locations {
      // What the caret underlines in the line is the scalar as it is written.
      let line = Array(location.lineText.unicodeScalars)
      let underlined = line[(location.column - 1)..<min(line.count, location.column - 1 + location.length)]
      #expect(!underlined.contains { "\n\r\t:#[]{},".unicodeScalars.contains($0) })
      #expect(underlined.first != " " && underlined.last != " ")
    }
  }

  @Test func caretsUnderlineWhatIsWritten() throws {
    let (file, _) = read("größe: 'a b'  # c\ntext: |  \n  one\n  two\nlist: [1, 2]\nlong: one\n  two")
    let root = try #require(file).root
    func underlined(_ location: Verdict.SourceLocation) -> String {
      String(location.lineText.unicodeScalars.dropFirst(location.column - 1).prefix(location.length))
    }
    #expect(root[key: "größe"].map { underlined($0.keyLocation) } == "größe")
    #expect(root[key: "größe"].map { underlined($0.value.location) } == "'a b'")
    #expect(root[key: "größe"]?.value.location.lineText == "größe: 'a b'  # c")
    #expect(root[key: "text"].map { underlined($0.value.location) } == "|")
    #expect(root[key: "list"].map { underlined($0.value.location) } == "[")
    #expect(root[key: "long"].map { underlined($0.value.location) } == "one")
    #expect(root.location.description == "cupel.yaml:1:1")
  }

  @Test func fileKnowsItsFolder() {
    let file = read("a: 1").file
    #expect(file?.path == "project/cupel.yaml")
    #expect(file?.directory == "project")
    #expect(file?.secrets == [])
  }
}
