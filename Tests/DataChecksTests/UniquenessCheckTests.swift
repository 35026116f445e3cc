import DataChecks
import Testing
import Verdict

/// Ratios, primary keys, and what repeats in rows and columns.
@Suite struct UniquenessCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func finding(_ kind: String, _ rule: Tree, _ values: [String]) async throws -> Finding {
    try await Gate.finding("a." + kind, ["columns": ["a": .mapping([(kind, rule)])]], on: csv(values))
  }

  // MARK: - ratios

  /// a a b c: three of four are different, two of four occur once, and so do two of the three.
  @Test(
    arguments: [
      ("distinct", ["equals": "75%"], true), ("distinct", ["at_least": "76%"], false),
      ("distinct", ["equals": "3"], true),
      ("occurring_once", ["equals": "50%"], true), ("occurring_once", ["at_most": "49%"], false),
      ("occurring_once", ["at_least": "66%", "of": "values"], true),
      ("occurring_once", ["at_least": "67%", "of": "values"], false),
    ] as [(String, Tree, Bool)])
  func ratiosAreThoseOfDeequ(kind: String, rule: Tree, holds: Bool) async throws {
    let finding = try await Self.finding(kind, rule, ["a", "b", "", "c", "a"])
    #expect(finding.outcome == (holds ? .passed : .failed), "\(finding.message)")
  }

  @Test func ratiosSayWhatTheyAreOf() async throws {
    let rows = try await Self.finding("occurring_once", ["at_least": "90%"], ["a", "b", "", "c", "a", "a"])
    #expect(rows.message == "2 of 5 rows have a value that occurs once (40%), the limit is at least 90%")
    #expect(rows.evidence.counts?.all == [6, 1, 5, 3] && rows.evidence.observed == Quantity(0.4, .share))
    #expect(rows.evidence.samples.map(\.line) == [6, 7])
    let values = try await Self.finding("occurring_once", ["at_least": "90%", "of": "values"], ["a", "b", "c", "a"])
    #expect(values.message == "2 of 3 different values occur once (66.7%), the limit is at least 90%")
    let share = try await Self.finding("distinct", ["at_most": "10%"], ["a", "b", "a"])
    #expect(share.message == "the share of different values is 66.6667%, the limit is at most 10%")
    #expect(share.evidence.observed == Quantity(2.0 / 3, .share) && share.location?.lineText == "at_most: 10%")
    let growing = try await Self.finding("occurring_once", ["equals": "100%"], (1...9000).map { "\($0)" })
    #expect(growing.outcome == .passed)
  }

  /// Beyond what is counted exactly, with the limit at and beside the true share.
  @Test func sharesOfManyAreDecidedByASecondPass() async throws {
    let values = (0..<20_000).map { "v\($0 % 10_000)" }
    let far = try await Self.finding("distinct", ["at_least": "30%"], values)
    #expect(far.outcome == .passed && far.evidence.method == "HyperLogLog" && far.message.contains("%"))
    #expect(far.evidence.interval.map { $0.lower <= 0.5 && $0.upper >= 0.5 && $0.upper < 0.55 } == true)
    #expect(try await Self.finding("distinct", ["equals": "50%"], values).outcome == .passed)
    #expect(try await Self.finding("distinct", ["at_most": "49.99%"], values).outcome == .failed)
    let never = try await Self.finding("distinct", ["equals": "50%", "exact": "never"], values)
    #expect(never.outcome == .inconclusive)
    #expect(try await Self.finding("occurring_once", ["at_most": "0%"], values).outcome == .passed)
    #expect(try await Self.finding("occurring_once", ["at_most": "0%"], values + ["w"]).outcome == .failed)
  }

  @Test(arguments: ["distinct", "occurring_once"])
  func noValuesHaveNoRatio(kind: String) async throws {
    for values in [[], ["", ""]] as [[String]] {
      let finding = try await Self.finding(kind, ["at_least": "0%"], values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
  }

  // MARK: - primary_key

  @Test func aPrimaryKeyIsThereAndUnique() async throws {
    let good = try await Gate.finding("primary_key", ["primary_key": "a"], on: "a,b\n1,x\n2,x\n")
    #expect(good.outcome == .passed && good.message == "2 rows, each with a key of its own")
    let rules: Tree = ["primary_key": ["a", "b"]]
    let bad = try await Gate.finding("primary_key", rules, on: "a,b\n1,x\n,x\n1,x\n2,\n1,y\n,\n")
    #expect(bad.outcome == .failed)
    #expect(
      bad.message == "3 of 6 rows lack a part of the key and 1 of 6 rows repeat the key of an earlier row (66.7%)")
    #expect(bad.evidence.counts?.all == [6, 3, 6, 4])
    #expect(bad.evidence.samples.map(\.line) == [3, 5, 7, 7, 4])
    #expect(bad.evidence.samples.map(\.value).first == "a has no value")
    #expect(bad.evidence.samples.map(\.value).last == "a = \"1\", b = \"x\", first in line 2")
    let none = try await Gate.finding("primary_key", ["primary_key": "a"], on: "a,b\n,x\n")
    #expect(none.outcome == .failed && none.message == "1 of 1 rows lack a part of the key (100%)")
    let empty = try await Gate.finding("primary_key", ["primary_key": "a"], on: "a,b\n")
    #expect(empty.outcome == .errored && empty.reason == .nothingToEvaluate)
    let long = try await Gate.finding(
      "pk", ["primary_key": ["columns": "a", "where": "b = 'x'", "severity": "warn", "id": "pk"]],
      on: "a,b\n1,x\n1,y\n2,x\n")
    #expect(long.outcome == .passed && long.severity == .warn)
    let absent = try await Gate.findings(["primary_key": "k"], on: "a\n1\n")
    #expect(absent.map(\.outcome) == [.passed, .failed, .skipped])
  }

  // MARK: - duplicate_rows

  @Test func duplicateRowsTakeNullsForValues() async throws {
    let csv = "a,b\n1,\n1,\n,\n1,\"\"\n,\n2,\n"
    let failed = try await Gate.finding("duplicate_rows", ["duplicate_rows": ["at_most": "0 rows"]], on: csv)
    #expect(failed.message == "2 of 6 rows repeat an earlier row (33.3%), the limit is at most 0 rows")
    #expect(failed.evidence.counts?.all == [6, 0, 6, 2])
    #expect(failed.evidence.samples.map(\.line) == [3, 6])
    #expect(
      failed.evidence.samples.map(\.value) == [
        "a = \"1\", b = (no value), first in line 2", "a = (no value), b = (no value), first in line 4",
      ])
    let share = try await Gate.finding("duplicate_rows", ["duplicate_rows": ["at_most": "34%"]], on: csv)
    #expect(share.outcome == .passed)
    let some = try await Gate.finding(
      "duplicate_rows", ["duplicate_rows": ["at_most": "2 rows", "columns": ["a"]]], on: csv)
    #expect(some.message == "3 of 6 rows repeat an earlier row (50%), the limit is at most 2 rows")
    let empty = try await Gate.finding("duplicate_rows", ["duplicate_rows": ["at_most": "0 rows"]], on: "a,b\n")
    #expect(empty.outcome == .errored && empty.reason == .nothingToEvaluate)
    let part = try await Gate.finding(
      "duplicate_rows",
      ["duplicate_rows": ["at_most": "0 rows", "where": "a = 2"], "columns": ["a": ["type": "integer"]]],
      on: csv)
    #expect(part.outcome == .passed)
  }

  @Test func rowsOfManyColumnsShowTheFirst() async throws {
    let row = (0..<20).map { "v\($0)" }.joined(separator: ",")
    let header = (0..<20).map { "c\($0)" }.joined(separator: ",")
    let finding = try await Gate.finding(
      "duplicate_rows", ["duplicate_rows": ["equals": "0 rows"]], on: "\(header)\n\(row)\n\(row)\n")
    #expect(finding.evidence.samples.first?.value.hasSuffix("c7 = \"v7\", first in line 2") == true)
    let secret = try await Gate.finding(
      "duplicate_rows", ["duplicate_rows": ["equals": "0 rows"], "columns": ["c1": ["sensitive": "true"]]],
      on: "\(header)\n\(row)\n\(row)\n")
    #expect(!"\(secret)".contains("v1"))
  }

  // MARK: - duplicate_columns

  /// By the declared type, as rows and keys are; as they are written, where none is declared.
  @Test(
    arguments: [
      ("1,1\n2,2.0\n", "number", "number", true), ("1,1\n2,2.0\n", "number", "integer", true),
      ("1.50,1.50\n2,2\n", "number", nil, true), ("1.50,1.5\n2,2\n", "number", nil, false),
      ("1,1\n2,2.0\n", "number", "string", false), ("1,1\n2,2.5\n", "number", "number", false),
      ("1,true\n0,FALSE\n", "boolean", "boolean", true), ("1,1\n,2\n", "number", "number", false),
      ("9007199254740993,9007199254740992\n", "number", "number", false),
      ("2013-01-01T00:00Z,2013-01-01T01:00+01:00\n", "timestamp", "timestamp", true),
    ] as [(String, String?, String?, Bool)])
  func columnsAreComparedByTheirTypes(rows: String, a: String?, b: String?, areEqual: Bool) async throws {
    let columns = [("a", a), ("b", b)].compactMap { name, type in
      type.map { (name, Tree.mapping([("type", .scalar($0))])) }
    }
    let rules = Tree.mapping([("duplicate_columns", "fail"), ("columns", .mapping(columns))])
    let found = try await Gate.finding("duplicate_columns", rules, on: "a,b\n" + rows)
    #expect(found.outcome == (areEqual ? .failed : .passed), "\(found.message)")
  }

  /// The first as it is written, the second by its values.
  @Test func aColumnMayEqualTwoOthersInTwoWays() async throws {
    let rules: Tree = [
      "duplicate_columns": "fail", "columns": ["b": ["type": "number"], "c": ["type": "number"]],
    ]
    let found = try await Gate.finding("duplicate_columns", rules, on: "a,b,x,c\n2.0,2,9,2.0\n")
    #expect(found.message == "2 columns repeat another one in every row: \"a\" = \"b\" = \"c\"", "\(found.message)")
  }

  @Test func duplicateColumnsAreEqualInEveryRow() async throws {
    let csv = "a,b,c,d,e,f\n1,1,1,,x,\n2,2,3,,x,\n,,,,x,\n"
    let failed = try await Gate.finding("duplicate_columns", ["duplicate_columns": "fail"], on: csv)
    #expect(failed.message == "one column repeats another one in every row: \"a\" = \"b\"")
    #expect(failed.evidence.observed == Quantity(1, .columns))
    #expect(failed.evidence.notes == ["left out for want of values: 2 columns"])
    let warned = try await Gate.finding("duplicate_columns", ["duplicate_columns": "warn"], on: "a,b,c\n1,1,1\n")
    #expect(warned.severity == .warn && warned.message.hasPrefix("2 columns repeat another one"))
    let passed = try await Gate.finding("duplicate_columns", ["duplicate_columns": "fail"], on: "a,b\n1,1.0\n")
    #expect(passed.outcome == .passed && passed.message == "all 2 columns differ")
    for nothing in ["a,b\n", "a,b\n1,\n", "a\n1\n"] {
      let finding = try await Gate.finding("duplicate_columns", ["duplicate_columns": "fail"], on: nothing)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    #expect(
      try await !Gate.findings(["duplicate_columns": "allow"], on: csv).contains { $0.kind == "duplicate_columns" })
  }

  @Test(
    arguments: [
      ["primary_key": []], ["primary_key": ["a", "a"]], ["primary_key": ["severity": "warn"]], ["duplicate_rows": [:]],
      ["duplicate_rows": ["at_most": "3"]], ["duplicate_rows": ["at_most": "1%", "columns": []]],
      ["duplicate_columns": "never"], ["columns": ["a": ["occurring_once": ["at_least": "3"]]]],
      ["columns": ["a": ["occurring_once": ["of": "rows"]]]],
      ["columns": ["a": ["distinct": ["between": ["10%", "20"]]]]],
    ] as [Tree])
  func wrongRulesAreProblems(rules: Tree) { #expect(Gate.problems(rules).count == 1, "\(Gate.problems(rules))") }
}
