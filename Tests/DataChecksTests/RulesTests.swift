import DataChecks
import Language
import Scan
import Testing
import Verdict

@Suite struct RulesTests {
  /// What is wrong before any data is read, with the text under the caret.
  @Test(
    arguments: [
      (
        ["columns": ["a": ["type": "integer", "between": ["5", "1"]]]], "no value can be at least 5 and at most 1", "5"
      ),
      (["columns": ["a": ["type": "integer", "at_least": "x"]]], "\"x\" is no integer", "x"),
      (["columns": ["a": ["type": "date", "at_most": "2023-02-29"]]], "\"2023-02-29\" is no date", "2023-02-29"),
      (
        ["columns": ["a": ["type": "string", "between": ["b", "a"]]]], "no value can be at least b and at most a", "b"
      ),
      (["columns": ["a": ["type": "integer", "above": "4", "below": "4"]]], "above 4 and below 4", "4"),
      (["columns": ["a": ["type": "number", "above": "inf"]]], "no value lies beyond inf", "inf"),
      (["columns": ["a": ["type": "date", "equals": "x"]]], "\"x\" is no date", "x"),
      (["columns": ["a": ["multiple_of": "-1"]]], "a number above 0 of at most 18 digits", "-1"),
      (["columns": ["a": ["type": "date", "multiple_of": "2"]]], "a column of type date has no multiples", "2"),
      (
        ["columns": ["a": ["type": "string", "finite": "true"]]], "a column of type string has no finite values", "true"
      ),
      (["columns": ["a": ["type": "integer", "in": ["1", "x"]]]], "\"x\" is no integer", "x"),
      (["columns": ["a": ["in": ["x", "x"]]]], "stands in the set twice", "x"),
      (["columns": ["a": ["matches": "(?=x)"]]], "this is no RE2 pattern", "(?=x)"),
      (["columns": ["a": ["matches": "("]]], "this is no RE2 pattern", "("),
      (["columns": ["a": ["format": "mail"]]], "is not one of", "mail"),
      (["columns": ["a": ["type": "int"]]], "is not one of", "int"),
      (["columns": ["a": ["allow": "1"]]], "a tolerance such as 1% or 10 rows", "1"),
      (["columns": ["a": ["required": "true", "allow": "1%"]]], "there is nothing to allow", "1%"),
      (["columns": ["a": ["type": "integer", "allow": "1%"]]], "there is nothing to allow", "1%"),
      (
        ["columns": ["a": ["checks": [["required": "true", "allow": "2 rows"]]]]], "write missing: {at_most: 1%}",
        "true"
      ),
      (["columns": ["a": ["missing": ["at_most": "3"]]]], "expected a tolerance", "3"),
      (["columns": ["a": ["missing": ["at_least": "1%", "at_most": "3 rows"]]]], "one limit is a share", "3 rows"),
      (["columns": ["a": ["missing": ["at_least": "5%", "at_most": "3%"]]]], "no value can be at least 5%", "5%"),
      (["columns": ["a": ["length": ["at_least": "-1"]]]], "expected a whole number", "-1"),
      (["rows": ["at_least": "10", "at_most": "5"]], "no value can be at least 10 rows", "10"),
      (["rows": ["at_least": "1%"]], "expected a number of rows", "1%"),
      (["unexpected_columns": "forbid"], "is not one of", "forbid"),
      (["column_order": "sorted"], "is not one of", "sorted"),
      (["rows_where": ["a >"]], "ends where", ""),
      (["rows_where": [["expect": "a > 'x' + 1", "id": "i"]]], "and this is a string", "'x'"),
      (["rows_where": [["expect": "a > 0", "when": "b @ 1"]]], "means nothing", "@"),
      (["rows_where": ["1 < 2"]], "reads no column", "1 < 2"),
      (["columns": ["a": ["type": "string"]], "rows_where": ["a > 1"]], "cannot be compared", "a > 1"),
    ] as [(Tree, String, String)])
  func everyMistakeIsUnderlined(rules: Tree, words: String, part: String) throws {
    let problems = Gate.problems(rules)
    #expect(problems.count == 1, "\(problems.map(\.headline))")
    let problem = try #require(problems.first)
    #expect(problem.headline.contains(words), "\(problem.headline)")
    let place = try #require(problem.location)
    let underlined = place.lineText.unicodeScalars.dropFirst(place.column - 1).prefix(place.length)
    #expect(String(String.UnicodeScalarView(underlined)) == part)
    #expect(!part.isEmpty || place.column == place.lineText.unicodeScalars.count + 1)
  }

  @Test(
    arguments: [
      ["columns": ["a": ["type": "integer", "in": ["1.5", "2", "x"]]]],
      ["columns": ["a": ["type": "date", "not_in": ["yesterday", "2023-02-29", "2023-03-01"]]]],
      ["columns": ["a": ["type": "number", "values": ["equal_to": ["one", "2", "three"]]]]],
      ["columns": ["a": ["in": ["x", "x", "y", "y"]]]],
    ] as [Tree])
  func everyWrongMemberIsTold(rules: Tree) {
    let places = Gate.problems(rules).compactMap(\.location)
    #expect(places.count == 2 && Set(places).count == 2)
  }

  @Test func whatAllowsMissingValuesIsNamed() {
    let rules: Tree = ["columns": ["a": ["required": "true", "allow": "10 rows"]]]
    #expect(Gate.problems(rules).first?.help.first?.contains("missing: {at_most: 10 rows}") == true)
    // A tolerance of checks that have one says nothing of the others, and no second mistake is made of a first.
    #expect(Gate.problems(["columns": ["a": ["required": "true", "at_least": "1", "allow": "1%"]]]).isEmpty)
    #expect(Gate.problems(["columns": ["a": ["matches": "(", "allow": "1%"]]]).count == 1)
  }

  @Test(
    arguments: [
      ["columns": ["a": ["in": []]]], ["columns": ["a": ["checks": [["at_least": "1", "at_most": "5"]]]]],
      ["columns": ["a": ["checks": [["severity": "warn"]]]]], ["keys": [[]]], ["keys": [["a", "a"]]], ["rows": [:]],
      ["columns": ["a": ["between": ["1"]]]], ["columns": ["a": ["between": ["1", "2", "3"]]]],
      ["rows_where": [["when": "a > 0"]]],
      ["columns": ["a": ["nonsense": "1"]]], ["nonsense": "1"], ["columns": ["a": ["checks": [["type": "integer"]]]]],
      ["rows": ["equals": "3", "at_most": "5"]],
    ] as [Tree])
  func whatMeansNothingIsAProblem(rules: Tree) { #expect(!Gate.problems(rules).isEmpty) }

  /// A mistake in one rule of a column leaves the column its type, and makes no mistakes of what others say of it.
  @Test(
    arguments: [
      ["type": "date", "in": ["2024-01-05", "2024-01-05"]], ["type": "date", "betwen": "3"], ["type": "dat"],
      ["type": "dat", "at_least": "2024-01-05", "at_most": "2023-01-01"],
    ] as [Tree])
  func oneMistakeMakesNoOthers(column: Tree) {
    let rules: Tree = [
      "columns": ["c": column], "rows_where": ["day_of_week(c) < 6", "year(c) > 2000"],
      "rows": ["at_least": "1", "where": "date_diff('day', c, c) = 0"],
    ]
    #expect(Gate.problems(rules).count == 1, "\(Gate.problems(rules).map(\.headline))")
  }

  /// What a person may have meant, or how it is written.
  @Test(
    arguments: [
      (["keys": ["a", "b"]], "[[a, b], [c]]"), (["rows": "100"], "{at_least: 100}"),
      (["rows": ["min": "100"]], "\"at_least\""), (["columns": ["a": ["severity": "error"]]], "\"block\""),
      (["columns": ["a": ["type": "float"]]], "\"number\""), (["columns": ["a": ["type": "text"]]], "\"string\""),
      (["columns": ["a": ["type": "datetime"]]], "\"timestamp\""),
      (["columns": ["a": ["type": "boolean", "in": ["yes", "no"]]]], "true or false"),
      (["columns": ["a": ["type": "date", "at_least": "1.1.2024"]]], "2013-01-31"),
    ] as [(Tree, String)])
  func mistakesAreAnsweredWithWhatWasMeant(rules: Tree, words: String) throws {
    let problem = try #require(Gate.problems(rules).first)
    #expect(([problem.label ?? ""] + problem.help).contains { $0.contains(words) }, "\(problem)")
  }

  @Test func allMistakesAreToldInOneGo() {
    let rules: Tree = [
      "rows": ["at_least": "x"], "columns": ["a": ["type": "int", "matches": "("], "b": ["in": []]],
      "rows_where": ["a >", "b <"],
    ]
    // "x", "int", "(", "[]" and the two expressions.
    #expect(Gate.problems(rules).count == 6)
    let decoded: Tree = ["columns": ["a": ["at_least": "1", "between": ["5", "1"]]], "rows_where": ["a >", "b <"]]
    #expect(Gate.problems(decoded).count == 3)
  }

  @Test(
    arguments: [
      ["columns": ["a": ["at_least": "1", "checks": [["at_least": "2"]]]]], ["keys": [["a", "b"], ["a", "b"]]],
      ["columns": ["a": ["checks": [["at_least": "1", "id": "x"], ["at_most": "2", "id": "x"]]]]],
      ["rows_where": [["expect": "a > 0", "id": "x"], ["expect": "a > 1", "id": "x"]]],
      ["rows_where": [["expect": "a > 0", "id": "rows"]], "rows": ["at_least": "1"]],
    ] as [Tree])
  func twoChecksNeverShareAnIdentity(rules: Tree) throws {
    let problems = Gate.problems(rules)
    #expect(problems.count == 1)
    #expect(problems.first?.headline.contains("two checks have the identity") == true)
    #expect(problems.first?.help.contains { $0.contains("rules.yaml:") } == true)
  }

  @Test func anIDMakesTwoOfAKindDifferent() {
    #expect(Gate.problems(["columns": ["a": ["at_least": "1", "checks": [["at_least": "2", "id": "x"]]]]]).isEmpty)
  }

  /// In one and in two scalars these are different bytes, so different values.
  @Test func aSetComparesBytes() { #expect(Gate.problems(["columns": ["a": ["in": ["é", "e\u{301}"]]]]).isEmpty) }

  @Test func rulesOfFileAndConfigAreJoined() throws {
    let file = try #require(
      Gate.rules(["rows": ["at_least": "1"], "columns": ["a": ["type": "integer"]], "keys": [["a"]]]).rules)
    let inline = try #require(
      Gate.rules([
        "columns": ["b": ["required": "true"]], "rows_where": ["b > 0"], "keys": [["a", "b"]],
        "unexpected_columns": "fail",
      ]).rules)
    var problems = Problems()
    let both = file.merged(with: inline, &problems)
    #expect(problems.isEmpty)
    let kinds = Gate.subject(both, path: "t.csv", .init(), &problems).checks.map(\.id.description)
    #expect(
      kinds == [
        "data.t.readable", "data.t.rows", "data.t.unexpected_columns", "data.t.a.present", "data.t.b.present",
        "data.t.a.type",
        "data.t.b.required", "data.t.\"key a\"", "data.t.\"key a+b\"", "data.t.rows_where_1",
      ])
  }

  @Test func whatBothSayIsAProblemWithBothPlaces() throws {
    let one: Tree = [
      "rows": ["at_least": "1"], "unexpected_columns": "fail", "column_order": "any",
      "columns": ["a": ["type": "integer"]],
    ]
    let rules = try #require(Gate.rules(one).rules)
    var problems = Problems()
    _ = rules.merged(with: rules, &problems)
    #expect(problems.diagnostics.count == 4)
    #expect(problems.diagnostics.allSatisfy { $0.location != nil && $0.help.contains { $0.contains("rules.yaml:") } })
  }

  @Test func aColumnWithoutRulesMustBeThere() async throws {
    let findings = try await Gate.findings(["columns": ["a": ""]], on: "a\n1\n")
    #expect(findings.map(\.kind) == ["readable", "present"])
  }
}
