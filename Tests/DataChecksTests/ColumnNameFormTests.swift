import DataChecks
import Scan
import Testing
import Verdict

/// Names that look the same and are other bytes: to Swift they are equal, to whoever else reads the table they are not.
@Suite struct ColumnNameFormTests {
  private static let (composed, parts) = ("caf\u{E9}", "cafe\u{301}")

  private static func findings(_ rules: Tree, header: String) async throws -> [String: Finding] {
    let findings = try await Gate.findings(rules, on: "\(header)\n1,2\n")
    return Dictionary(findings.map { ($0.id.check, $0) }) { first, _ in first }
  }

  @Test func aColumnUnderAnotherFormIsAbsent() async throws {
    let rules: Tree = [
      "columns": [Self.composed: ["type": "integer"]], "unexpected_columns": "fail",
    ]
    let found = try await Self.findings(rules, header: "\(Self.parts),b")
    #expect(found["present"]?.outcome == .failed)
    #expect(found["present"]?.message.contains("Unicode normalization") == true, "\(found["present"]?.message ?? "")")
    #expect(found["type"]?.outcome == .skipped)
    #expect(found["unexpected_columns"]?.message.hasPrefix("the table has 2 columns") == true)
    let same = try await Self.findings(rules, header: "\(Self.composed),b")
    #expect(same["present"]?.outcome == .passed && same["type"]?.outcome == .passed)
    #expect(same["unexpected_columns"]?.message.hasPrefix("the table has one column") == true)
  }

  @Test func anOptionalColumnUnderAnotherFormIsTold() async throws {
    let rules: Tree = ["columns": [Self.composed: ["type": "integer", "optional": "true"]]]
    let found = try await Self.findings(rules, header: "\(Self.parts),b")
    #expect(found["type"]?.outcome == .skipped)
    #expect(found["type"]?.message.contains("Unicode normalization") == true)
  }

  /// What must not be there must not be there in disguise.
  @Test func noFormOfAForbiddenColumnIsThere() async throws {
    let rules: Tree = ["columns": [Self.composed: ["absent": "true"]]]
    #expect(try await Self.findings(rules, header: "\(Self.parts),b")["absent"]?.outcome == .failed)
    #expect(try await Self.findings(rules, header: "a,b")["absent"]?.outcome == .passed)
  }

  @Test func twoFormsOfOneNameAreAFinding() async throws {
    let rules: Tree = ["column_names": "clean"]
    let found = try await Self.findings(rules, header: "\(Self.composed),\(Self.parts)")
    #expect(found["column_names"]?.message.contains("comes in two Unicode normalizations") == true)
    #expect(found["readable"]?.message.contains("differ in their Unicode normalization alone") == true)
    let same = try await Self.findings(rules, header: "\(Self.parts),\(Self.parts)")
    #expect(same["column_names"]?.message.contains("comes more than once") == true)
    #expect(same["readable"]?.message.contains("more than once") == true)
  }

  @Test func schemasDifferInTheBytesOfNames() {
    let (old, new) = ([Self.composed, "b"], [Self.parts, "b"])
    func columns(_ names: [String]) -> [SchemaColumn] { names.map { SchemaColumn(Field($0, .text)) } }
    #expect(SchemaChange.changes(from: columns(old), to: columns(new)).map(\.what) == [.removed, .added])
    #expect(SchemaChange.changes(from: columns(old), to: columns(old)).isEmpty)
  }

  @Test func soDoTheSchemasOfTwoDatasets() async throws {
    let tables = Neighbours("\(Self.composed),b\n1,2\n", ("there", "\(Self.parts),b\n1,2\n"))
    let finding = try await tables.finding("schema_as", ["schema_as": "there"])
    #expect(finding.outcome == .failed && finding.message.hasPrefix("2 differences"), "\(finding.message)")
    let rules: Tree = ["columns": [Self.composed: ["references": .scalar("there.\(Self.composed)")]]]
    let reference = try await tables.finding("\(Self.composed).references", rules)
    #expect(reference.outcome == .errored && reference.evidence.notes.contains { $0.contains("Unicode normalization") })
  }
}
