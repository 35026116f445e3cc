import Config
import Language
import Testing
import Verdict

@Suite struct KeyTests {
  @Test func allDuplicatesAreReportedAtOnce() {
    expectProblems(
      """
      data:
        rows: 1
        ①rows: 2
        nested: {a: 1, ②a: 2, ③"a": 3}
      other:
        rows: 1
      ④data: 4
      """,
      "① the key \"rows\" is written twice", "② the key \"a\" is written twice", "③ the key \"a\" is written twice",
      "④ the key \"data\" is written twice")
  }

  @Test func aDuplicateSaysWhereTheFirstOneStands() {
    let diagnostic = read("a: 1\nb: 2\n  \n\"b\": 3\n").diagnostics.first
    #expect(diagnostic?.location?.description == "cupel.yaml:4:1")
    #expect(diagnostic?.location?.length == 3)
    #expect(diagnostic?.label == "the first one stands at cupel.yaml:2:1")
  }

  @Test func readingGoesOnBehindADuplicate() {
    let (file, diagnostics) = read("a: 1\na: 2\nb: 3")
    #expect(diagnostics.count == 1)
    #expect(outline(file?.root) == "{a: 1, b: 3}")
  }

  @Test func keysAreText() {
    expectProblems("①[a, b]: 1\nc: 2", "① a key must be plain text, found a list")
    expectProblems("①{port}: 1", "① a key must be plain text, found a mapping")
    expectProblems("? ①{a: 1}\n: 2", "① a key must be plain text, found a mapping")
    expectProblems("a: &x k\n①*x : 2", "① a key must be plain text, found the alias *x")
    expectProblems("?①\n: 1", "① the key before this colon is missing")
    #expect(tree("? a\n: 1\n1: 2\ntrue: 3\n'': 4") == "{a: 1, 1: 2, true: 3, : 4}")
  }

  @Test func keysAreNotInterpolated() {
    #expect(tree("${A}: 1", environment: ["A": "b"]) == "{${A}: 1}")
  }
}

@Suite struct AliasTests {
  @Test func aliasesRepeatWhatTheyName() {
    #expect(
      tree("a: &x [1, 2]\nb: *x\nc: &y text\nd: [*y, *x]") == "{a: [1, 2], b: [1, 2], c: text, d: [text, [1, 2]]}")
    #expect(tree("a: &x 1\nb: &x 2\nc: *x") == "{a: 1, b: 2, c: 2}")
  }

  @Test func valuesOfAliasesStandWhereTheyAreWritten() throws {
    let root = try #require(read("a: &x\n  b: 1\nc: *x").file).root
    #expect(root[key: "c"]?.value[key: "b"]?.value.location.description == "cupel.yaml:2:6")
  }

  @Test func mergeKeysGiveWayToWrittenOnes() {
    let base = "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\n"
    #expect(
      tree(base + "x:\n  <<: *base\n  b: own")
        == "{base: {a: 1, b: 2}, more: {b: 3, c: 4}, x: {a: 1, b: own}}")
    #expect(
      tree(base + "x:\n  z: 0\n  <<: [*base, *more]\n  y: 9")
        == "{base: {a: 1, b: 2}, more: {b: 3, c: 4}, x: {z: 0, a: 1, b: 2, c: 4, y: 9}}")
    #expect(tree("x: {<<: {a: 1}, b: 2}") == "{x: {a: 1, b: 2}}")
    #expect(tree("'<<': 1") == "{<<: 1}")
  }

  @Test func onlyMappingsCanBeMerged() {
    expectProblems("a: &a ①[1]\nb: {<<: *a}", "① << merges mappings, found \"1\"".replacing("①", with: "1:8"))
    expectProblems("b: {<<: ①text, c: 1}", "① << merges mappings, found \"text\"")
    expectProblems("a: &a {}\nb: &b {}\nc: {<<: *a, ①<<: *b}", "① the key \"<<\" is written twice")
  }

  @Test func whatAnAliasNamesMustBeComplete() {
    expectProblems("a: &x\n  - ①*x", "① the alias *x stands inside of what it names")
    expectProblems("&x {a: {b: [①*x]}}", "① the alias *x stands inside of what it names")
    expectProblems(
      "a: &base 1\nb: ①*bsae\nc: ②*other",
      "① the alias *bsae names nothing above", "② the alias *other names nothing above")
  }

  @Test func aBombEndsAtOnce() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    let (file, diagnostics) = read(text)
    #expect(file == nil)
    #expect(diagnostics.map(\.headline) == ["the alias *a3 makes this config larger than 100,000 values"])
    #expect(diagnostics.first?.location?.line == 5)
  }

  @Test func mergeBombsEndAtOnce() {
    var text = "a0: &a0 {" + (0..<100).map { "k\($0): v" }.joined(separator: ", ") + "}\n"
    for level in 1...1000 { text += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)], n\(level): 1}\n" }
    let diagnostics = read(text).diagnostics
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.headline.contains("larger than 100,000 values") == true)
  }

  @Test func aliasesCannotHideDepth() {
    var text = "a0: &a0 [x]\n"
    for level in 1...100 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(read(text).diagnostics.map(\.headline) == ["lists and mappings are nested more than 64 deep here"])
  }
}

@Suite struct TagTests {
  @Test func coreTagsSayHowAScalarIsMeant() {
    #expect(
      tree("a: !!str 1\nb: !!int '2'\nc: !!seq [!!bool true]\nd: !!map {e: ! 5}")
        == "{a: \"1\", b: 2, c: [true], d: {e: \"5\"}}")
  }

  @Test func otherTagsAreRefused() {
    expectProblems(
      "a: ①!!python/object:os.system ls\nb: ②!Foo {c: 1}\nd: ③!!map [1]\ne: ④!<tag:x> y\n⑤!Bar k: 1",
      "① the tag !!python/object:os.system is not supported", "② the tag !Foo is not supported",
      "③ the tag !!map does not fit this value", "④ the tag tag:x is not supported", "⑤ the tag !Bar is not supported")
  }
}
