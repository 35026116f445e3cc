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

  /// Its fields have values, and it has none: no check of values is passed, nor left out because it is optional.
  @Test(arguments: ["true", "false"])
  func valuesOfAStructAreThoseOfItsFields(isOptional: String) async throws {
    for (key, limit) in [("required", "true"), ("missing", ["at_most": "0%"]), ("in", ["1"])] as [(String, Tree)] {
      let found = try await Self.found(.mapping([("optional", .scalar(isOptional)), (key, limit)]))
      #expect(found[key]?.outcome == .errored && found["present"]?.outcome != .failed)
      #expect(found[key]?.message.contains("c.x, c.y") == true)
    }
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
