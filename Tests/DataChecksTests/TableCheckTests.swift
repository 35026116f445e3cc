import DataChecks
import Testing
import Verdict

@Suite struct TableCheckTests {
  /// A cast of a column of which nothing says the type is null where the value is none of that type, too.
  @Test func aCastOfAnUndeclaredColumnIsNullWhereItReadsNothing() async throws {
    for (claim, violating) in [
      ("cast(b as integer) is not null", 2), ("not (cast(b as number) is null)", 2), ("cast(b as integer) is null", 1),
      ("if(cast(b as integer) is null, false, true)", 2), ("case when cast(b as date) is null then true end", 0),
      ("cast(b as string) is not null", 1), ("b is not null", 1),
    ] {
      for columns in [[], [("columns", ["b": ["type": "string"]])]] as [[(String, Tree)]] {
        let rules = Tree.mapping([("rows_where", [["id": "q", "expect": .quoted(claim)]])] + columns)
        let finding = try await Gate.finding("q", rules, on: "a,b\n1,x\n2,7\n3,\n")
        #expect(finding.evidence.counts?.violating == violating, "\(claim): \(finding.message)")
        #expect(finding.outcome == (violating == 0 ? .passed : .failed), "\(claim): \(finding.message)")
      }
    }
    let check: Tree = ["at_most": "3", "where": .quoted("cast(b as integer) is not null"), "id": "some"]
    let condition: Tree = ["columns": ["a": ["checks": [check]]]]
    let finding = try await Gate.finding("a.some", condition, on: "a,b\n9,x\n1,7\n")
    #expect(finding.outcome == .passed && finding.evidence.counts?.evaluated == 1, "\(finding.message)")
  }

  @Test(
    arguments: [
      (["at_least": "2"], 2, Outcome.passed), (["at_least": "3"], 2, .failed), (["at_most": "2"], 2, .passed),
      (["at_most": "1"], 2, .failed), (["equals": "2 rows"], 2, .passed), (["equals": "2"], 3, .failed),
      (["between": ["1", "3"]], 2, .passed), (["at_least": "1"], 0, .failed), (["equals": "0"], 0, .passed),
      (["at_most": "10"], 0, .errored),
    ] as [(Tree, Int, Outcome)])
  func rows(limits: Tree, rows: Int, outcome: Outcome) async throws {
    let csv = "a\n" + String(repeating: "1\n", count: rows)
    let finding = try await Gate.finding("rows", ["rows": limits], on: csv)
    #expect(finding.outcome == outcome, "\(finding.message)")
    #expect(finding.evidence.observed == Quantity(Double(rows), .rows))
    if outcome == .failed {
      #expect(
        finding.location?.lineText.contains("at_") == true || finding.location?.lineText.contains("equals") == true)
    }
  }

  @Test func aTableWithoutRowsIsNothingToEvaluate() async throws {
    let presence = try await Gate.findings(["columns": ["a": [:]]], on: "a\n")
    #expect(presence.first { $0.kind == "readable" }?.outcome == .errored)
    #expect(presence.first { $0.kind == "readable" }?.reason == .nothingToEvaluate)
    // Who bounds the rows has said what no rows mean.
    let bounded = try await Gate.findings(["rows": ["equals": "0"], "columns": ["a": [:]]], on: "a\n")
    #expect(bounded.allSatisfy { $0.outcome == .passed })
  }

  @Test func readableListsWhatIsNoRow() async throws {
    let finding = try await Gate.finding("readable", ["columns": ["a": [:]]], on: "a,b\n1,2\n3\n\"4\"x,5\n")
    #expect(finding.outcome == .failed)
    #expect(finding.isImplicit)
    #expect(finding.message == "2 records are no rows of the table")
    #expect(finding.evidence.samples.map(\.line) == [3, 4])
    #expect(finding.evidence.samples.map(\.value) == ["1 field instead of 2", "text after a closing quote"])
    #expect(finding.evidence.counts?.all == [1, 0, 3, 2])
    let good = try await Gate.finding("readable", ["columns": ["a": [:]]], on: "\u{FEFF}a\n1\n")
    #expect(good.outcome == .passed)
    #expect(good.message == "read 1 row of 1 column")
    let twice = try await Gate.finding("readable", ["rows": ["at_least": "1"]], on: "a,b,a\n1,2,3\n")
    #expect(twice.outcome == .failed)
    #expect(twice.message.contains("\"a\" more than once"))
  }

  /// Brokenness does not depend on what else is asked.
  @Test(
    arguments: [
      ["rows": ["at_least": "1"]], ["columns": ["a": ["type": "integer"]]], ["columns": ["b": ["type": "string"]]],
    ] as [Tree])
  func brokenTextIsSeenWhateverIsRead(rules: Tree) async throws {
    let bytes = Array("a,b\n1,x\n2,".utf8) + [0xFF] + Array("\n3,y\n".utf8)
    let readable = try #require(try await Gate.findings(rules, on: bytes).first)
    #expect(readable.outcome == .failed)
    #expect(readable.evidence.samples.map(\.line) == [3])
    #expect(readable.evidence.counts?.all == [2, 0, 3, 1])
  }

  @Test func presentNamesWhatIsThere() async throws {
    let finding = try await Gate.finding("Carrier.present", ["columns": ["Carrier": [:]]], on: "carrier,b\n1,2\n")
    #expect(finding.outcome == .failed)
    #expect(finding.message == "the table has no column \"Carrier\"; it has \"carrier\"")
    #expect(finding.evidence.notes == ["the table has the columns carrier, b"])
    #expect(try await Gate.finding("b.present", ["columns": ["b": [:]]], on: "a,b\n1,2\n").outcome == .passed)
  }

  @Test func columnsNamedInKeysAndRowsMustBeThere() async throws {
    let rules: Tree = ["keys": [["x", "y"]], "rows_where": ["z > 0"]]
    let findings = try await Gate.findings(rules, on: "y\n1\n")
    let present = findings.filter { $0.kind == "present" }
    #expect(present.map(\.id.column) == ["x", "y", "z"])
    #expect(present.map(\.outcome) == [.failed, .passed, .failed])
    for kind in ["keys", "rows_where"] {
      let finding = try #require(findings.first { $0.kind == kind })
      #expect(finding.outcome == .skipped && finding.reason == .dependency)
      #expect(finding.message.contains(".present"))
    }
  }

  @Test(
    arguments: [("fail", Outcome.failed, Severity.block), ("warn", .failed, .warn)] as [(String, Outcome, Severity)])
  func unexpectedColumns(policy: String, outcome: Outcome, severity: Severity) async throws {
    let rules: Tree = [
      "unexpected_columns": .scalar(policy), "columns": ["a": [:], "o": ["optional": "true"]], "keys": [["k", "a"]],
      "rows_where": ["w > 0"],
    ]
    let finding = try await Gate.finding("unexpected_columns", rules, on: "a,k,w,leak\n1,1,1,1\n")
    #expect(finding.outcome == outcome && finding.severity == severity)
    #expect(finding.message == "the table has one column that the rules do not name: \"leak\"")
    #expect(finding.evidence.observed == Quantity(1, .columns))
    // A key or an expression names its columns too.
    #expect(try await Gate.finding("unexpected_columns", rules, on: "a,k,w,o\n1,1,1,1\n").outcome == .passed)
    let allowed = try await Gate.findings(["unexpected_columns": "allow", "columns": ["a": [:]]], on: "a,b\n1,2\n")
    #expect(!allowed.contains { $0.kind == "unexpected_columns" })
  }

  @Test(
    arguments: [
      ("a,b,c", Outcome.passed), ("a,x,b,y,c", .passed), ("b,a,c", .failed), ("a,c,b", .failed), ("a,b", .passed),
      ("x,y", .errored),
    ] as [(String, Outcome)])
  func columnOrder(header: String, outcome: Outcome) async throws {
    let optional: Tree = ["optional": "true"]
    let rules: Tree = ["column_order": "as_listed", "columns": ["a": optional, "b": optional, "c": optional]]
    let row = header.split(separator: ",").map { _ in "1" }.joined(separator: ",")
    let finding = try await Gate.finding("column_order", rules, on: "\(header)\n\(row)\n")
    #expect(finding.outcome == outcome, "\(finding.message)")
    if header == "b,a,c" { #expect(finding.message == "\"b\" stands where the rules list \"a\"") }
  }

  @Test func keysCompareRows() async throws {
    let csv = "a,b\n1,x\n1,y\n1,x\n,x\n1,x\n"
    let finding = try await Gate.finding("\"key a+b\"", ["keys": [["a", "b"]]], on: csv)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 4 rows repeat the key of an earlier row (50%)")
    #expect(finding.evidence.counts?.all == [5, 1, 4, 2])
    #expect(finding.evidence.samples.map(\.line) == [4, 6])
    #expect(finding.evidence.samples.first?.value == "a = \"1\", b = \"x\", first in line 2")
    let allowed = try await Gate.finding(
      "pair", ["keys": [["columns": ["a", "b"], "allow": "50%", "id": "pair", "severity": "warn"]]], on: csv)
    #expect(allowed.outcome == .passed && allowed.severity == .warn)
    #expect(
      try await Gate.finding("\"key a+b\"", ["keys": [["a", "b"]]], on: "a,b\n,1\n2,\n").reason == .nothingToEvaluate)
    #expect(try await Gate.finding("\"key b\"", ["keys": [["b"]]], on: "b\n1\n2\n").outcome == .passed)
  }

  @Test func rowsWhereJudgesSelectedRows() async throws {
    let rules: Tree = [
      "rows_where": [["id": "order", "expect": "b > a", "when": "a >= 0"]],
      "columns": ["a": ["type": "number"], "b": ["type": "number"]],
    ]
    let csv = "a,b\n1,2\n2,1\n-1,-5\n1,\n,1\n3,3\n"
    let finding = try await Gate.finding("order", rules, on: csv)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 3 rows do not satisfy b > a (66.7%)")
    #expect(finding.evidence.counts?.all == [6, 1, 3, 2])
    #expect(finding.evidence.samples.map(\.line) == [3, 7])
    #expect(finding.evidence.samples.first?.value == "b = \"1\", a = \"2\"")
    #expect(finding.evidence.limit == .text("b > a when a >= 0"))
    #expect(finding.evidence.notes.contains { $0.contains("2") && $0.contains("condition") })
    #expect(try await Gate.finding("order", rules, on: "a,b\n1,2\n").outcome == .passed)
    let unselected = try await Gate.finding("order", rules, on: "a,b\n-1,2\n")
    #expect(unselected.outcome == .errored && unselected.reason == .nothingToEvaluate)
    #expect(unselected.message == "the condition selects none of the 1 row")
    #expect(try await Gate.finding("order", rules, on: "a,b\n1,\n").reason == .nothingToEvaluate)
    #expect(try await Gate.finding("order", rules, on: "a,b\n").reason == .nothingToEvaluate)
  }

  @Test func aToleranceOfRows() async throws {
    let csv = "a\n1\n-1\n-1\n"
    for (allow, outcome) in [("2 rows", Outcome.passed), ("1 row", .failed), ("67%", .passed), ("66%", .failed)] {
      let rules: Tree = ["rows_where": [["id": "x", "expect": "a > 0", "allow": .scalar(allow)]]]
      #expect(try await Gate.finding("x", rules, on: csv).outcome == outcome, "\(allow)")
    }
  }

  @Test func sensitiveColumnsAreHiddenInRows() async throws {
    let rules: Tree = ["columns": ["a": ["sensitive": "true"]], "rows_where": ["b > 0"], "keys": [["a"]]]
    let mixed: Tree = [
      "columns": ["a": ["sensitive": "true", "type": "number"], "b": ["type": "number"]],
      "rows_where": [["expect": "a > b"]],
    ]
    for tree in [rules, mixed] {
      let findings = try await Gate.findings(tree, on: "a,b\n8675309,-1\n8675309,99999999\n")
      #expect(findings.contains { $0.outcome == .failed })
      #expect(!"\(findings)".contains("8675309"))
    }
  }
}
