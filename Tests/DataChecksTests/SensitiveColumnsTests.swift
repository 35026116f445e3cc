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

  @Test func whatLiesInASensitiveColumnIsNotShown() async throws {
    let rules: Tree = [
      "columns": ["p": ["sensitive": "true", "optional": "true"], "p.ssn": ["matches": "x"]]
    ]
    let findings = try await Gate.findings(rules, on: #"{"p":{"ssn":"123-45"}}"# + "\n", format: .jsonLines)
    #expect(findings.contains { $0.kind == "matches" && $0.outcome == .failed })
    #expect(!"\(findings)".contains("123-45"))
  }
}
