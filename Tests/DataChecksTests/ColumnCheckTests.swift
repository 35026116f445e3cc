import DataChecks
import Testing
import Verdict

@Suite struct ColumnCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  @Test(
    arguments: [
      ("integer", "integers", ["1", "-7", "+3"], ["1.5", "text", "\"\"", "9223372036854775808"]),
      ("number", "numbers", ["1.5", "nan", "-inf", "1e5"], ["text", "1e400", "1_000"]),
      ("boolean", "booleans", ["true", "FALSE", "0", "1"], ["yes", "2"]),
      ("date", "dates", ["2024-02-29"], ["2023-02-29", "29.2.2024"]),
      ("time", "times of day", ["07:30", "23:59:59.999999"], ["24:00", "7:30", "2024-02-29T10:00:00Z"]),
      ("timestamp", "timestamps", ["2024-02-29T10:00:00Z"], ["2024-02-29", "10:00"]),
    ] as [(String, String, [String], [String])])
  func typeJudgesPresentValues(type: String, words: String, good: [String], bad: [String]) async throws {
    let rules: Tree = ["columns": ["a": ["type": .scalar(type)]]]
    let passed = try await Gate.finding("a.type", rules, on: Self.csv(good + [""]))
    #expect(passed.outcome == .passed)
    #expect(passed.evidence.counts?.all == [good.count + 1, 1, good.count, 0])
    let failed = try await Gate.finding("a.type", rules, on: Self.csv(good + bad))
    #expect(failed.outcome == .failed)
    #expect(failed.message.contains("are no \(words)"))
    #expect(failed.evidence.counts?.all == [good.count + bad.count, 0, good.count + bad.count, bad.count])
    for csv in [Self.csv([]), Self.csv(["", ""])] {
      #expect(try await Gate.finding("a.type", rules, on: csv).outcome == .errored)
    }
  }

  /// A tolerance belongs to values: it forgives neither a wrong type nor a value that is required.
  @Test func aToleranceForgivesNoTypeAndNoNull() async throws {
    let rules: Tree = ["columns": ["a": ["type": "integer", "required": "true", "at_least": "0", "allow": "100%"]]]
    let findings = try await Gate.findings(rules, on: Self.csv(["text", "", "-1"]))
    #expect(findings.first { $0.kind == "type" }?.outcome == .failed)
    #expect(findings.first { $0.kind == "required" }?.outcome == .failed)
    #expect(findings.first { $0.kind == "at_least" }?.outcome == .passed)
  }

  @Test func requiredForbidsNulls() async throws {
    let rules: Tree = ["columns": ["a": ["required": "true"]]]
    #expect(try await Gate.finding("a.required", rules, on: Self.csv(["1", "\"\""])).outcome == .passed)
    let failed = try await Gate.finding("a.required", rules, on: Self.csv(["1", "", "2", ""]))
    #expect(failed.outcome == .failed)
    #expect(failed.message == "2 of 4 rows have no value (50%)")
    #expect(failed.evidence.samples.map(\.line) == [3, 5])
    #expect(try await Gate.finding("a.required", rules, on: Self.csv(["", ""])).outcome == .failed)
    #expect(try await Gate.finding("a.required", rules, on: Self.csv([])).reason == .nothingToEvaluate)
    let none = try await Gate.findings(["columns": ["a": ["required": "false"]]], on: Self.csv([""]))
    #expect(none.map(\.kind) == ["readable", "present"])
  }

  @Test(
    arguments: [
      (["at_most": "50%"], 2, true), (["at_most": "49%"], 2, false), (["at_most": "2 rows"], 2, true),
      (["at_most": "1 row"], 2, false), (["at_least": "50%"], 2, true), (["at_least": "51%"], 2, false),
      (["equals": "0 rows"], 0, true), (["equals": "0 rows"], 1, false), (["between": ["1 row", "3 rows"]], 2, true),
      (["between": ["1 row", "3 rows"]], 4, false), (["at_most": "100%"], 4, true), (["at_most": "0%"], 1, false),
    ] as [(Tree, Int, Bool)])
  func missingBoundsTheNulls(limits: Tree, nulls: Int, isKept: Bool) async throws {
    let rules: Tree = ["columns": ["a": ["missing": limits]]]
    let finding = try await Gate.finding("a.missing", rules, on: Self.csv((0..<4).map { $0 < nulls ? "" : "1" }))
    #expect(finding.outcome == (isKept ? .passed : .failed), "\(finding.message)")
    #expect(finding.evidence.counts?.all == [4, nulls, 4, nulls])
    #expect(finding.message.contains("\(nulls) of 4 rows have no value"))
    if !isKept, nulls > 0 { #expect(finding.evidence.samples.map(\.line) == (0..<nulls).map { $0 + 2 }) }
    #expect(try await Gate.finding("a.missing", rules, on: Self.csv([])).reason == .nothingToEvaluate)
  }

  @Test(arguments: 1...99)
  func everyPerCentOfMissingIsExact(percent: Int) async throws {
    let csv = Self.csv((0..<100).map { $0 < percent ? "" : "1" })
    let at: Tree = ["columns": ["a": ["missing": ["equals": .scalar("\(percent)%")]]]]
    #expect(try await Gate.finding("a.missing", at, on: csv).outcome == .passed)
    let below: Tree = ["columns": ["a": ["missing": ["at_most": .scalar("\(percent - 1)%")]]]]
    #expect(try await Gate.finding("a.missing", below, on: csv).outcome == .failed)
  }

  @Test func uniqueComparesTexts() async throws {
    let rules: Tree = ["columns": ["a": ["unique": "true"]]]
    let passed = try await Gate.finding("a.unique", rules, on: Self.csv(["1", "01", "1.0", "", ""]))
    #expect(passed.outcome == .passed)
    #expect(passed.evidence.counts?.all == [5, 2, 3, 0])
    let failed = try await Gate.finding("a.unique", rules, on: Self.csv(["x", "y", "x", "x"]))
    #expect(failed.outcome == .failed)
    #expect(failed.message == "2 of 4 rows repeat the value of an earlier row (50%)")
    #expect(failed.evidence.samples.map(\.value) == ["\"x\", first in line 2", "\"x\", first in line 2"])
    #expect(failed.evidence.samples.map(\.line) == [4, 5])
    for csv in [Self.csv([]), Self.csv(["", ""])] {
      #expect(try await Gate.finding("a.unique", rules, on: csv).reason == .nothingToEvaluate)
    }
  }

  @Test func furtherChecksHaveSettingsOfTheirOwn() async throws {
    let rules: Tree = [
      "columns": [
        "a": [
          "type": "integer", "at_least": "0", "allow": "0 rows",
          "checks": [["at_least": "10", "severity": "warn", "allow": "50%", "id": "large"]],
        ]
      ]
    ]
    let findings = try await Gate.findings(rules, on: Self.csv(["5", "10"]))
    let large = try #require(findings.first { $0.id.check == "large" })
    #expect(large.outcome == .passed && large.severity == .warn && large.kind == "at_least")
    #expect(findings.first { $0.id.check == "at_least" }?.outcome == .passed)
  }
}
