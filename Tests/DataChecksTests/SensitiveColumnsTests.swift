import DataChecks
import Scan
import Testing
import Verdict

@Suite struct SensitiveColumnsTests {
  @Test(
    arguments: [
      (["p"], "p", true), (["p"], "p.ssn", true), (["p"], "p.a.b", true), (["p.ssn"], "p", true),
      (["p.a.b"], "p.a", true), (["p.a.b"], "p", true), (["p.ssn"], "p.zip", false), (["p"], "pq", false),
      (["p"], "q.p", false), ([], "p", false), (["a.b"], "a.bc", false),
    ] as [([String], String, Bool)])
  func followNesting(names: [String], name: String, isHidden: Bool) {
    let columns = SensitiveColumns(names)
    #expect(columns.contains(name) == isHidden)
    #expect(columns.isDisjoint(with: ["z", name]) == !isHidden)
  }

  /// The difference of two values tells of them, once it is known of one.
  @Test func theInterquartileRangeOfHiddenValuesIsHidden() async throws {
    let table = "a\n" + (0..<40_000).map { "\($0 * 3 % 40_000 + 700_000)\n" }.joined()
    for limit in ["at_most", "at_least"] {
      let rules: Tree = [
        "columns": ["a": ["type": "integer", "sensitive": "true", "iqr": [limit: "20000"]]]
      ]
      let finding = try await Gate.finding("a.iqr", rules, on: table)
      #expect(finding.outcome == .passed || finding.outcome == .failed)
      #expect(finding.message.hasPrefix("the interquartile range is hidden"), "\(finding.message)")
      #expect(finding.evidence.observed == nil && finding.evidence.interval == nil)
      // Of the numbers that are shown none is a value or a quartile: the limit, and how many rows there are.
      let shown = ([finding.message] + finding.evidence.notes).joined(separator: " ")
      #expect(!shown.contains("19,9") && !shown.contains("199") && !shown.contains("7"), "\(shown)")
    }
  }

  @Test func whatLiesInASensitiveColumnIsNotShown() async throws {
    let rules: Tree = [
      "columns": ["p": ["sensitive": "true", "optional": "true"], "p.ssn": ["matches": "x"]]
    ]
    let findings = try await Gate.findings(rules, on: #"{"p":{"ssn":"123-45"}}"# + "\n", format: .jsonLines)
    #expect(findings.contains { $0.kind == "matches" && $0.outcome == .failed })
    #expect(!"\(findings)".contains("123-45"))
  }
}
