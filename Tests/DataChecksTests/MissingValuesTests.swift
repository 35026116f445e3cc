import DataChecks
import Scan
import Testing
import Verdict

/// Codes that mean no value, and the spellings of null that nobody named.
@Suite struct MissingValuesTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  @Test func codesCountAsMissingAndAreNotJudged() async throws {
    let rules: Tree = [
      "columns": [
        "a": [
          "missing_values": ["-999", "N/A", "?"], "type": "integer", "at_least": "0", "required": "true",
          "missing": ["equals": "4 rows"], "unique": "true", "null_spellings": ["at_most": "1"],
        ]
      ], "rows_where": [["expect": "a >= 0", "id": "row"]],
    ]
    let csv = Self.csv(["1", "-999", "N/A", "?", "", "2", "-999.0"])
    let findings = try await Gate.findings(rules, on: csv)
    func find(_ name: String) throws -> Finding { try #require(findings.first { $0.id.check == name }) }
    #expect(try find("missing").outcome == .passed)
    #expect(try find("missing").message == "4 of 7 rows have no value (57.1%)")
    #expect(try find("required").evidence.samples.map(\.line) == [3, 4, 5, 6])
    // Text is compared as it is written: -999.0 is another one.
    #expect(try find("type").message == "1 of 3 values are no integers (33.3%)")
    #expect(try find("at_least").evidence.counts?.all == [7, 4, 2, 0])
    #expect(try find("unique").outcome == .passed)
    #expect(try find("row").evidence.counts?.all == [7, 4, 2, 0])
    #expect(try find("null_spellings").message == "values are missing in one way: no value")
  }

  @Test func codesByAPattern() async throws {
    let rules: Tree = [
      "columns": [
        "a": ["missing_values": ["values": ["x"], "matches": "(?i)n/?a|-9+"], "missing": ["equals": "5 rows"]],
        "b": ["required": "true"],
      ]
    ]
    let csv = Self.csv(["na", "N/A", "-99", "x", "", "-98", "banana"])
    let findings = try await Gate.findings(rules, on: csv)
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
  }

  /// A column of nothing but codes is one without values.
  @Test func nothingButCodesIsNothing() async throws {
    let rules: Tree = ["columns": ["a": ["missing_values": ["?"], "in": ["?"]]]]
    let finding = try await Gate.finding("a.in", rules, on: Self.csv(["?", "?"]))
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    #expect(try await Gate.finding("a.in", rules, on: Self.csv([])).outcome == .errored)
  }

  @Test func codesOfJSON() async throws {
    let rows = ["-999", "\"N/A\"", "null", "5", "\"-999\""].map { "{\"a\": \($0), \"b\": 1}\n" }.joined()
    let rules: Tree = ["columns": ["a": ["missing_values": ["-999", "N/A"], "missing": ["equals": "4 rows"]]]]
    #expect(try await Gate.finding("a.missing", rules, on: rows, format: .jsonLines).outcome == .passed)
  }

  /// A pattern among the codes is told where it belongs.
  @Test func aPatternIsNoCode() throws {
    let problems = Gate.problems(["columns": ["a": ["missing_values": ["N/A", ["matches": "-+"]]]]])
    #expect(problems.map(\.headline) == ["a pattern is no code of a list"])
    #expect(problems.first?.help.first?.contains("values: [N/A], matches") == true)
  }

  @Test(arguments: [[], [:], ["values": []], "N/A", ["matches": "("]] as [Tree])
  func whatNamesNoCodeIsAProblem(codes: Tree) {
    #expect(Gate.problems(["columns": ["a": ["missing_values": codes]]]).count == 1)
  }

  // MARK: - null_spellings

  private static func spellings(_ limit: Tree, _ csv: String) async throws -> Finding {
    try await Gate.finding("a.null_spellings", ["columns": ["a": ["null_spellings": limit]]], on: csv)
  }

  @Test func spellingsAreCounted() async throws {
    let csv = Self.csv(["1", "NA", "", "n/a", "NA", "\" \"", "\"   \"", "none of it", "-", "-1", "NULL", "\"\""])
    let failed = try await Self.spellings(["at_most": "1"], csv)
    #expect(failed.outcome == .failed)
    #expect(
      failed.message
        == "values are missing in 7 ways: \"NA\", no value, \"n/a\", white space, \"-\", \"NULL\", \"\", "
        + "the limit is at most 1")
    #expect(failed.evidence.samples.map(\.line) == [3, 4, 5, 7, 10, 12, 13])
    #expect(failed.evidence.samples.first?.value == "\"NA\", in 2 rows")
    #expect(failed.evidence.observed == Quantity(7))
    #expect(try await Self.spellings(["at_most": "7"], csv).outcome == .passed)
  }

  @Test func oneSpellingIsNoMixture() async throws {
    let none = try await Self.spellings(["at_most": "1"], Self.csv(["1", "2"]))
    #expect(none.outcome == .passed && none.message == "no value is missing")
    #expect(try await Self.spellings(["at_most": "1"], Self.csv(["1", "", ""])).outcome == .passed)
    #expect(try await Self.spellings(["at_most": "1"], Self.csv(["1", "NaN"])).outcome == .passed)
    #expect(try await Self.spellings(["at_most": "1"], Self.csv(["", ""])).outcome == .passed)
    #expect(try await Self.spellings(["at_most": "1"], Self.csv([])).reason == .nothingToEvaluate)
    // It speaks of the column, and no single row is one too many.
    let rules: Tree = ["columns": ["a": ["null_spellings": ["at_most": "0"]]]]
    #expect(try await Neighbours(Self.csv(["N/A", ""])).written(rules, "a.null_spellings", violating: true) == nil)
    let hidden: Tree = ["columns": ["a": ["null_spellings": ["at_most": "0"], "sensitive": "true"]]]
    let finding = try await Gate.finding("a.null_spellings", hidden, on: Self.csv(["N/A", "1"]))
    #expect(finding.outcome == .failed && !"\(finding)".contains("N/A"))
  }
}
