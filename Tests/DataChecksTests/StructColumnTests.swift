import DataChecks
import Scan
import Testing
import Verdict

/// A struct is there when its fields are: it is no column, and must not pass for absent.
@Suite struct StructColumnTests {
  private static func found(_ checks: Tree, on text: String = #"{"c": {"x": 1, "y": 2}}"#) async throws -> [String:
    Finding]
  {
    let findings = try await Gate.findings(["columns": ["c": checks]], on: text + "\n", format: .jsonLines)
    return Dictionary(findings.map { ($0.id.check, $0) }) { first, _ in first }
  }

  @Test func aStructIsNotAbsent() async throws {
    #expect(try await Self.found(["absent": "true"])["absent"]?.outcome == .failed)
    #expect(try await Self.found(["deprecated": "true"])["deprecated"]?.outcome == .failed)
    #expect(try await Self.found(["absent": "true"], on: #"{"cc": {"x": 1}}"#)["absent"]?.outcome == .passed)
    let findings = try await Gate.findings(
      ["columns": ["c": ["environments": ["training"]]]], on: "{\"c\": {\"x\": 1}}\n", format: .jsonLines,
      environment: "serving")
    #expect(findings.first { $0.id.check == "absent" }?.outcome == .failed)
  }

  /// An object that the rules name is read as a whole, also where it is one in every row.
  @Test func anObjectIsAValue() async throws {
    let schema: Tree = ["type": "object", "required": ["x"], "properties": ["x": ["type": "integer"]]]
    let rules: [(String, Tree)] = [
      ("required", "true"), ("missing", ["at_most": "0%"]), ("shape", "map"), ("json_schema", schema), ("in", ["1"]),
    ]
    let good = try await Self.found(.mapping(rules))
    #expect(good.values.filter { $0.outcome != .passed }.map(\.id.check) == ["in"])
    let lines = ["{\"c\": {\"x\": 1}}", "{\"d\": 1}", "{\"c\": {\"x\": \"one\"}}", "{\"c\": {\"y\": 2}}"]
    let bad = try await Self.found(.mapping(rules), on: lines.joined(separator: "\n"))
    #expect(bad["required"]?.evidence.counts?.violating == 1)
    #expect(bad["missing"]?.outcome == .failed && bad["shape"]?.outcome == .passed)
    #expect(bad["json_schema"]?.evidence.counts?.violating == 2)
    #expect(bad["json_schema"]?.evidence.samples.map(\.line) == [3, 4])
  }

  /// It is read beside its fields, and is no column: checks of all columns do not see it.
  @Test func anObjectIsNoColumn() async throws {
    let text = "{\"c\": {\"x\": 1, \"y\": 2}, \"d\": 3}\n{\"c\": {\"x\": 1, \"y\": 2}, \"d\": 3}\n"
    let rules: Tree = [
      "column_count": ["equals": "3"], "columns": ["c": ["shape": "map"], "c.x": ["in": ["1"]]],
      "duplicate_rows": ["at_most": "1 rows"],
    ]
    let findings = try await Gate.findings(rules, on: text, format: .jsonLines)
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
  }

  /// One that first occurs behind the rows from which the columns are taken is there all the same.
  @Test func aLateStructIsNotAbsent() async throws {
    let padding = #"{"c": 1"# + String(repeating: " ", count: 1 << 20) + "}\n"
    let text = String(repeating: padding, count: 9) + #"{"c": 2, "s": {"x": 1}}"#
    for rule in ["absent", "deprecated"] {
      let findings = try await Gate.findings(
        ["columns": ["s": [rule: "true"], "t": ["absent": "true"]]], on: text + "\n", format: .jsonLines)
      let late = try #require(findings.first { $0.id.description.hasSuffix("s.\(rule)") })
      #expect(late.outcome == .failed && late.evidence.notes.first?.contains("\"s.x\" first occurs in line 10") == true)
      #expect(findings.first { $0.id.description.hasSuffix("t.absent") }?.outcome == .passed)
    }
  }

  @Test func aPointInTheHeaderOfATextFileIsAPartOfAName() async throws {
    let findings = try await Gate.findings(["columns": ["c": ["absent": "true"]]], on: "c.x\n1\n")
    #expect(findings.first { $0.id.check == "absent" }?.outcome == .passed)
  }
}
