import DataChecks
import FoundationEssentials
import Scan
import TestSupport
import Testing
import Verdict

/// Every kind of check is violated on purpose, and a rule that cannot fail is found.
@Suite struct SelfTestTests {
  private static let types: [(kind: String, isViolable: Bool)] =
    DataCheckRegistry.columnChecks.map { ($0.kind, $0 is any Violable.Type) }
    + DataCheckRegistry.tableChecks.map { ($0.kind, $0 is any Violable.Type) }

  /// A new kind brings a way to violate its claim.
  @Test func everyKindCanBeViolated() {
    #expect(Self.types.filter { !$0.isViolable }.map(\.kind) == [])
    #expect(Self.types.count > 80)
  }

  /// What holds on the passing table of the kind's cases is red after one of the changes.
  @Test(arguments: DataCheckRegistry.documentation.map(\.kind))
  func theExampleTurnsRed(kind: String) async throws {
    let example = try #require(DataCheckRegistry.documentation.first { $0.kind == kind }).example
    let findings = try await CheckCase(of: kind).selfTests(example).filter { $0.kind == kind }
    try #require(!findings.isEmpty)
    for finding in findings {
      #expect(finding.outcome == .passed, "\(finding.id): \(finding.message)")
      #expect(finding.message.contains(" turns it red: "))
      #expect(finding.id.description.hasPrefix("selftest.data.flights."))
    }
  }

  private func tested(
    _ rules: Tree, on csv: String, only patterns: [String] = [], now: Int64 = 0
  ) async throws -> [String: Finding] {
    let folder = try TemporaryFolder()
    let path = try folder.write(csv, to: "t.csv")
    let subject = SelfTest(of: try Gate.subject(rules, path: path), Selection(patterns))
    let found = await subject.evaluate(.everything, in: RunContext(workingDirectory: "/", environment: [:], now: now))
    #expect(found.map(\.id) == subject.checks.map(\.id))
    return Dictionary(found.map { ($0.id.description.replacing("selftest.data.t.", with: ""), $0) }) { one, _ in one }
  }

  private static let people = "name,age,city\nAda,36,London\nGrace,85,New York\nAlan,41,London\n"

  // MARK: - What is changed

  @Test func theSmallestChangeIsTold() async throws {
    let found = try await tested(
      [
        "rows": ["at_least": "3"], "unexpected_columns": "fail",
        "columns": [
          "name": ["type": "string", "required": "true", "unique": "true"],
          "age": ["type": "integer", "between": ["18", "100"]],
          "city": ["in": ["London", "New York"], "matches": "[A-Z].*"],
        ],
      ], on: Self.people)
    let expected = [
      "rows": "row 3 dropped turns it red: the table has 2 rows, the limit is at least 3 rows",
      "unexpected_columns":
        "column \"unexpected\" added turns it red: the table has one column that the rules do not name: \"unexpected\"",
      "name.required": "row 1: name \"Ada\" -> (no value) turns it red: 1 of 3 rows have no value (33.3%)",
      "name.unique": "row 1 repeated turns it red: 1 of 4 rows repeat the value of an earlier row (25%)",
      "age.between":
        "row 1: age 36 -> 101 turns it red: 1 of 3 values are not between 18 and 100 (33.3%)",
      "age.type": "row 1: age 36 -> \"x\" turns it red: 1 of 3 values are no integers (33.3%)",
      "city.in":
        "row 1: city \"London\" -> \"other\" turns it red: 1 of 3 values are not in [London, New York] (33.3%)",
      "city.present": "column \"city\" removed turns it red: the table has no column \"city\"",
    ]
    for (name, message) in expected {
      #expect(found[name]?.message == message)
      #expect(found[name]?.outcome == .passed)
    }
    // Every text in a CSV file is a string.
    #expect(found["name.type"]?.outcome == .skipped)
  }

  /// One row more than is allowed, and no fewer: 10 of 1000 may.
  @Test(arguments: [("1%", 11), ("10 rows", 11), ("0.05%", 1), ("0 rows", 1)])
  func oneMoreThanAllowedIsViolated(allow: String, violating: Int) async throws {
    let csv = "a,b\n" + (1...1000).map { "\($0),x\n" }.joined()
    let found = try await tested(
      ["columns": ["a": ["type": "integer", "at_least": "1", "allow": .scalar(allow)]]], on: csv)
    let finding = try #require(found["a.at_least"])
    #expect(finding.outcome == .passed)
    #expect(finding.message.contains(": \(violating) of 1,000 values are below 1 "), "\(finding.message)")
  }

  /// The first 1000 rows are no part that a limit of 3000 rows holds on.
  @Test func moreRowsAreTakenWhereItTakesMore() async throws {
    let csv = "a,b\n" + (1...4000).map { "\($0),x\n" }.joined()
    let found = try await tested(
      ["rows": ["at_least": "3000"], "columns": ["a": ["type": "integer", "max": ["at_least": "3500"]]]], on: csv)
    #expect(found["rows"]?.message.hasPrefix("row 3000 and 1,000 more dropped turns it red") == true)
    #expect(found["a.max"]?.outcome == .passed)
    #expect(found["a.present"]?.outcome == .passed)
  }

  /// Only rows that the condition selects, and of one group, are changed.
  @Test func scopesAreRespected() async throws {
    let csv = "a,g\n1,x\n2,y\n3,y\n4,z\n"
    let conditioned: Tree = ["columns": ["a": ["type": "integer", "checks": [["at_most": "9", "where": "g = 'z'"]]]]]
    let one = try await tested(conditioned, on: csv)
    #expect(one["a.at_most"]?.message.hasPrefix("row 4: a 4 -> 10 turns it red") == true)
    let grouped: Tree = ["columns": ["a": ["type": "integer", "checks": [["unique": "true", "group_by": "g"]]]]]
    let other = try await tested(grouped, on: csv)
    #expect(other["a.unique"]?.message.hasPrefix("row 2 repeated turns it red") == true)
  }

  @Test func sensitiveValuesAreNotShown() async throws {
    let found = try await tested(
      [
        "columns": [
          "name": [
            "sensitive": "true", "in": ["Ada", "Grace", "Alan"], "length": ["at_most": "9"], "matches": "[A-Z].*",
          ],
          "age": ["type": "integer", "sensitive": "true", "mean": ["at_most": "60"], "median": ["at_most": "41"]],
        ]
      ], on: Self.people)
    for finding in found.values {
      #expect(finding.outcome == .passed)
      let text = "\(finding.message) \(finding.evidence)".replacing("[Ada, Grace, Alan]", with: "")
      for value in ["Ada", "Grace", "Alan", "36", "85"] { #expect(!text.contains(value), "\(text)") }
    }
    #expect(found["name.in"]?.message.hasPrefix("row 1: name (hidden) -> (hidden) turns it red") == true)
  }

  /// What becomes of a column that is not sensitive may be made of one that is.
  @Test func valuesOfSensitiveColumnsAreNotShownInOthers() async throws {
    let found = try await tested(
      [
        "columns": ["a": ["type": "integer", "sensitive": "true"], "b": ["type": "integer"]],
        "correlation": [["columns": ["a", "b"], "at_most": "0.99"]],
      ], on: "a,b\n77123,1\n77456,5\n77789,2\n")
    let finding = try #require(found["\"correlation a+b\""])
    #expect(finding.outcome == .passed)
    #expect(finding.message.hasPrefix("row 1: b (hidden) -> (hidden)") && !finding.message.contains("77"))
  }

  /// What there is no past of yet is tried after runs that are made up.
  @Test(
    arguments: [
      "mean", "missing", "distinct", "median", "min", "max", "std", "sum", ["of": "quantile", "at": "90%"],
      ["of": "mean", "side": "below"], ["of": "mean", "side": "above"], ["of": "mean", "strategy": "normal"],
      ["of": "mean", "strategy": "seasonal"], ["of": "mean", "strategy": "quantile", "confidence": "90%"],
      ["of": "max", "strategy": "change", "within": "10%"], ["of": "missing", "side": "below"],
    ] as [Tree])
  func anomaliesAreMade(anomaly: Tree) async throws {
    let csv = "a,b\n" + (1...60).map { "\($0 % 7 == 0 ? "" : String($0)),x\n" }.joined()
    let found = try await tested(["columns": ["a": ["type": "number", "anomaly": anomaly]]], on: csv)
    let finding = try #require(found.values.first { $0.kind == "anomaly" })
    #expect(finding.outcome == .passed, "\(finding.message)")
    #expect(finding.message.hasPrefix("after runs like this one, row "))
  }

  /// A band that reaches everywhere is no proof that the check works, nor that it does not.
  @Test func anAnomalyThatNothingIsCannotBeMade() async throws {
    let anomaly: Tree = ["of": "missing", "strategy": "change", "within": "100%"]
    let found = try await tested(["columns": ["name": ["anomaly": anomaly]]], on: Self.people)
    #expect(found["name.anomaly_missing"]?.outcome == .skipped)
  }

  // MARK: - Rules that cannot fail

  @Test(
    arguments: [
      ("matches", ".*"), ("matches", "[^\\n]*"), ("matches_any", ["[a-z]*", "[^a]*", ".*a.*"]), ("search", .quoted("")),
      ("length", ["at_least": "0"]), ("missing", ["at_most": "100%"]), ("occurring_once", ["at_most": "100%"]),
      ("entropy", ["at_least": "0"]), ("shape", "scalar"),
    ] as [(String, Tree)])
  func aRuleThatCannotFailIsFound(kind: String, claim: Tree) async throws {
    let found = try await tested(["columns": ["name": .mapping([(kind, claim)])]], on: Self.people)
    let finding = try #require(found["name." + kind])
    #expect(finding.outcome == .failed, "\(finding.message)")
    #expect(finding.message.hasPrefix("it stays green"))
    #expect(finding.severity == .block && finding.reason == nil)
  }

  /// No table has fewer rows than none.
  @Test func aLimitOfNoRowsCannotFail() async throws {
    let finding = try #require(try await tested(["rows": ["at_least": "0"]], on: Self.people)["rows"])
    #expect(finding.outcome == .failed && finding.message.hasPrefix("it stays green"), "\(finding.message)")
  }

  @Test func toleranceAndTypeMayLeaveNothingToFail() async throws {
    let csv = "a,b,c\ntrue,1,x\nfalse,2,y\n"
    let found = try await tested(
      [
        "columns": [
          "a": ["type": "boolean", "in": ["true", "false"]],
          "b": ["type": "integer", "at_most": "5", "allow": "100%"],
          "c": ["unique": "true", "allow": "5 rows", "severity": "warn"],
        ]
      ], on: csv)
    #expect(found["a.in"]?.outcome == .failed)
    #expect(found["b.at_most"]?.outcome == .failed)
    // Six repeated rows are too many, however few the table has.
    #expect(found["c.unique"]?.outcome == .passed)
  }

  @Test func whatIsRedAlreadyProvesNothing() async throws {
    let found = try await tested(["columns": ["age": ["type": "integer", "at_most": "40"]]], on: Self.people)
    let finding = try #require(found["age.at_most"])
    #expect(finding.outcome == .skipped && finding.reason == nil)
    #expect(finding.message.hasPrefix("it is red already on the data as they are: 2 of 3 values are above 40"))
  }

  @Test func whatCannotBeReadIsAnError() async throws {
    let rules: Tree = ["columns": ["age": ["type": "integer"]]]
    let subject = SelfTest(of: try Gate.subject(rules, path: "/nowhere/t.csv"), .everything)
    let found = await subject.evaluate(.everything, in: RunContext(workingDirectory: "/", environment: [:], now: 0))
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.outcome == .errored && $0.reason == .io })
  }

  /// Typed files keep their types: a value that a column has no place for changes how it is stored, and that is told.
  @Test func typedColumnsAreStoredAnewWhereTheyMustBe() async throws {
    let table = Repository.root + "/Tests/DataChecksTests/Cases/stored_as/passing.parquet"
    let rules: Tree = ["columns": ["quantity": ["type": "integer", "at_most": "100000", "stored_as": "int32"]]]
    let subject = SelfTest(of: try Gate.subject(rules, path: table), .everything)
    let found = await subject.evaluate(.everything, in: RunContext(workingDirectory: "/", environment: [:], now: 0))
    let messages = Dictionary(found.map { ($0.id.check, $0.message) }) { one, _ in one }
    #expect(messages["type"]?.contains("stored as text instead of int32 turns it red") == true, "\(messages)")
    #expect(messages["stored_as"]?.hasPrefix("column \"quantity\" stored as text instead of int32") == true)
    #expect(messages["at_most"]?.contains(" -> 100001 turns it red: ") == true)
  }
}
