import DataChecks
import FoundationEssentials
import Language
import Scan
import Testing
import Verdict

@Suite struct DatasetSubjectTests {
  private static let rules: Tree = [
    "rows": ["at_least": "1"], "columns": ["a": ["type": "integer", "required": "true"], "b": ["in": ["x", "y"]]],
    "keys": [["a"]], "rows_where": ["a > 0"],
  ]

  private static func expectUnreadable(
    _ findings: [Finding], _ words: String, reason: Reason = .io,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let readable = try #require(findings.first, sourceLocation: sourceLocation)
    #expect(readable.id.description == "data.t.readable", sourceLocation: sourceLocation)
    #expect(readable.outcome == .errored && readable.reason == reason, sourceLocation: sourceLocation)
    #expect(readable.message.contains(words), "\(readable.message)", sourceLocation: sourceLocation)
    for finding in findings.dropFirst() {
      #expect(finding.outcome == .skipped && finding.reason == .dependency, sourceLocation: sourceLocation)
      #expect(finding.message.contains("data.t.readable"), sourceLocation: sourceLocation)
    }
  }

  @Test func aMissingFileIsOneErrorAndNoVerdict() async throws {
    let findings = try await Gate.findings(Self.rules, at: "/nowhere/t.csv")
    #expect(findings.count == 9)
    try Self.expectUnreadable(findings, "t.csv does not exist")
    #expect(findings.first?.evidence.notes.isEmpty == false)
  }

  @Test(
    arguments: [
      ("", "is empty"), ("\n\n", "blank lines"), ("PAR1\u{1}\u{2}", "Parquet"),
      ("a,b\n1,x\n\"", ":3: the quote that opens"), ("a\0b", "NUL byte"),
    ] as [(String, String)])
  func aCorruptFileIsOneErrorAndNoVerdict(text: String, words: String) async throws {
    try Self.expectUnreadable(try await Gate.findings(Self.rules, on: text), words)
  }

  @Test func aFolderIsOneErrorAndNoVerdict() async throws {
    let folder = FileManager.default.temporaryDirectory.path()
    try Self.expectUnreadable(try await Gate.findings(Self.rules, at: folder), "is a folder")
  }

  @Test func aRecordOverTheLimitIsALimit() async throws {
    let dialect = CSVDialect(maximumRecordBytes: 1 << 20)
    let text = "a,b\n1,\"" + String(repeating: "x", count: 5 << 20) + "\"\n"
    try Self.expectUnreadable(
      try await Gate.findings(Self.rules, on: text, dialect), "longer than 1 MiB", reason: .limit)
  }

  @Test func findingsComeInTheOrderOfThePlan() async throws {
    var problems = Problems()
    let rules = try #require(Gate.rules(Self.rules).rules)
    let planned = Gate.subject(rules, path: "t.csv", CSVDialect(), &problems).checks
    let findings = try await Gate.findings(Self.rules, on: "a,b\n1,x\n2,y\n")
    #expect(findings.map(\.id) == planned.map(\.id))
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.filter { $0.outcome != .passed })")
    #expect(planned.filter(\.isImplicit).map(\.kind) == ["readable"])
    #expect(findings.map(\.location) == planned.map(\.location))
  }

  @Test func aSelectionEvaluatesItsChecksAlone() async throws {
    let one = try await Gate.findings(Self.rules, on: "a,b\n1,x\n", only: ["data.t.a.type"])
    #expect(one.map(\.id.description) == ["data.t.a.type"])
    #expect(one.first?.outcome == .passed)
    #expect(try await Gate.findings(Self.rules, on: "a,b\n1,x\n", only: ["models"]).isEmpty)
    let column = try await Gate.findings(Self.rules, on: "a,b\n1,x\n", only: ["data.t.a"])
    #expect(column.map(\.kind) == ["present", "type", "required"])
  }

  @Test func aSelectionDoesNotHideAnUnreadableFile() async throws {
    let findings = try await Gate.findings(Self.rules, at: "/nowhere/t.csv", only: ["data.t.a.type"])
    try Self.expectUnreadable(findings, "does not exist")
    #expect(findings.map(\.kind) == ["readable", "type"])
  }

  @Test func theSameTableIsTheSameFindings() async throws {
    let csv = "a,b\n0,z\n1,x\n1,q\n,y\nragged\n"
    let first = try await Gate.findings(Self.rules, on: csv)
    #expect(try await Gate.findings(Self.rules, on: csv) == first)
    #expect(Set(first.map(\.outcome)) == [.passed, .failed])
  }

  @Test(
    arguments: [
      ("\u{FEFF}a,b\r\n1,x\r\n", CSVDialect()), ("a;b\n1;x", CSVDialect(delimiter: UInt8(ascii: ";"))),
      ("a\tb\r1\tx\r", CSVDialect(delimiter: 9)),
      ("1,x\n", CSVDialect(hasHeader: false, names: ["a", "b"])), ("\"a\",\"b\"\n\"1\",\"x\"\n", CSVDialect()),
    ] as [(String, CSVDialect)])
  func theWayOfWritingDoesNotMatter(text: String, dialect: CSVDialect) async throws {
    let findings = try await Gate.findings(Self.rules, on: text, dialect)
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.filter { $0.outcome != .passed })")
  }

  @Test func aDeclarationMakesADialect() throws {
    var problems = Problems()
    func dialect(_ tree: [(String, Tree)], for path: String = "x.csv") throws -> CSVDialect {
      let node = Tree.mapping([("source", "x.csv")] + tree).node()
      return try #require(DatasetDeclaration.shape.decode(node, &problems), "\(problems)").dialect.dialect(for: path)
    }
    #expect(try dialect([]) == CSVDialect())
    #expect(try dialect([], for: "X.TSV").delimiter == 9)
    #expect(try dialect([("delimiter", ";")], for: "x.tsv").delimiter == UInt8(ascii: ";"))
    #expect(try dialect([("delimiter", "tab")]).delimiter == 9)
    let full = try dialect([("header", "false"), ("names", ["p"]), ("null_values", ["NA"]), ("encoding", "latin1")])
    #expect(full == CSVDialect(hasHeader: false, names: ["p"], nullValues: ["NA"], encoding: .latin1))
    for wrong in ["", ";;", "é", "\""] {
      var problems = Problems()
      _ = DatasetDeclaration.shape.decode(
        Tree.mapping([("source", "x"), ("delimiter", .scalar(wrong))]).node(), &problems)
      #expect(problems.diagnostics.count == 1, "\(wrong)")
    }
    var missing = Problems()
    _ = DatasetDeclaration.shape.decode(Tree.mapping([]).node(), &missing)
    #expect(missing.diagnostics.map(\.headline) == ["the key \"source\" is missing here"])
  }
}
