import DataChecks
import Scan
import Testing
import Verdict

/// Verdicts that would be wrong without a word if a value were quietly left out.
@Suite struct HonestVerdictTests {
  private static func outcomes(_ rules: Tree, on csv: String) async throws -> [String: Outcome] {
    let findings = try await Gate.findings(rules, on: csv)
    return Dictionary(findings.map { ($0.id.check, $0.outcome) }) { first, _ in first }
  }

  /// Of a table without rows nothing but `equals: 0` is true.
  @Test(
    arguments: [
      ("at_least", "0", .errored), ("between", ["0", "5"], .errored), ("at_most", "5", .errored),
      ("equals", "0", .passed), ("at_least", "1", .failed),
    ] as [(String, Tree, Outcome)])
  func aTableWithoutRows(key: String, limit: Tree, outcome: Outcome) async throws {
    #expect(try await Self.outcomes(["rows": [key: limit]], on: "a\n")["rows"] == outcome)
  }

  /// A limit on the rows that only warns leaves an empty table to `readable`.
  @Test func aWarningDoesNotAcceptAnEmptyTable() async throws {
    let rules: Tree = ["rows": ["at_least": "1", "severity": "warn"]]
    #expect(try await Self.outcomes(rules, on: "a\n")["readable"] == .errored)
    #expect(try await Self.outcomes(["rows": ["at_least": "1"]], on: "a\n")["readable"] == .passed)
  }

  @Test func noRowsAmongSomeMayBeWhatIsAskedFor() async throws {
    let rules: Tree = ["rows": ["at_most": "0", "where": "a < 0"], "columns": ["a": ["type": "number"]]]
    #expect(try await Self.outcomes(rules, on: "a\n1\n2\n")["rows"] == .passed)
    #expect(try await Self.outcomes(rules, on: "a\n1\n-2\n")["rows"] == .failed)
  }

  /// What an expression cannot read is no null.
  @Test func ofWhatAnExpressionCannotReadNothingIsTold() async throws {
    let csv = "a,b\n30,1\n-5x,1\nunknown,0\n,1\n"
    let finding = try await Gate.finding("p", ["rows_where": [["expect": "a >= 0", "id": "p"]]], on: csv)
    #expect(finding.outcome == .errored && finding.reason == .undefined)
    #expect(finding.message == "2 of 4 rows have values that a >= 0 cannot read")
    let typed: Tree = ["columns": ["a": ["type": "number"]], "rows_where": [["expect": "a >= 0", "id": "p"]]]
    let outcomes = try await Self.outcomes(typed, on: csv)
    #expect(outcomes["p"] == .passed && outcomes["type"] == .failed)
    // Where the condition says no, nothing has to be read.
    let some: Tree = ["rows_where": [["expect": "a >= 0", "when": "b > 1", "id": "p"]]]
    #expect(try await Gate.finding("p", some, on: csv + "4,2\n").outcome == .passed)
    let unread: Tree = ["rows_where": [["expect": "b >= 0", "when": "a > 0", "id": "p", "allow": "100%"]]]
    #expect(try await Gate.finding("p", unread, on: csv).outcome == .errored)
  }

  /// Columns of no declared type are equal or not; where one has no value there is nothing to tell, and nothing to read.
  @Test func undeclaredColumnsAreComparedForEquality() async throws {
    let rules: Tree = ["rows_where": [["expect": "a = b", "id": "p"]]]
    let same = try await Gate.finding("p", rules, on: "a,b\nx,x\ny,\n1,1.0\nz,z\n")
    #expect(same.outcome == .passed && same.evidence.counts?.evaluated == 3, "\(same.message)")
    let ids = "a,b\n1234567890123456789,1234567890123456788\n7,7\n"
    let other = try await Gate.finding("p", rules, on: ids)
    #expect(other.outcome == .failed && other.evidence.counts?.violating == 1, "\(other.message)")
    let chosen: Tree = ["rows_where": [["expect": "c > 0", "when": "a = b", "id": "p"]]]
    let some = try await Gate.finding("p", chosen, on: "a,b,c\nx,x,1\ny,,-1\nz,y,-1\n")
    #expect(some.outcome == .passed, "\(some.message)")
  }

  /// What cannot be read is no null, for which another value could stand.
  @Test(arguments: ["coalesce(a, 5) = 5", "a is distinct from 6"])
  func whatCannotBeReadIsNoNull(claim: String) async throws {
    let rules: Tree = [
      "columns": ["a": ["type": "integer"]], "rows_where": [["expect": .scalar(claim), "id": "p"]],
    ]
    // That it is no integer the type check says.
    let unread = try await Gate.finding("p", rules, on: "a,b\n5,1\nabc,1\n5,1\n")
    #expect(unread.outcome == .passed && unread.evidence.counts?.evaluated == 2)
    let null = try await Gate.finding("p", rules, on: "a,b\n5,1\n,1\n5,1\n")
    #expect(null.outcome == .passed && null.evidence.counts?.evaluated == 3)
  }

  /// Whether a row is selected whose value the condition cannot read, nobody knows.
  @Test func soOfRowsThatAConditionCannotRead() async throws {
    let csv = "a,b\n30,1\n-5x,9\n50,2\nabc,9\n,3\n"
    func rules(_ condition: Tree, _ check: (String, Tree) = ("at_most", "5"), type: Tree? = nil) -> Tree {
      let check: Tree = .mapping([check, ("where", condition), ("id", "c")])
      let columns: [(String, Tree)] = [("b", ["type": "integer", "checks": [check]])]
      return ["columns": .mapping(columns + (type.map { [("a", ["type": $0])] } ?? []))]
    }
    for check in [("at_most", "5"), ("unique", "true"), ("median", ["at_most": "9"]), ("distinct", ["at_most": "9"])]
      as [(String, Tree)]
    {
      let finding = try await Gate.finding("b.c", rules("a > 10", check), on: csv)
      #expect(finding.outcome == .errored && finding.reason == .undefined, "\(check.0): \(finding.message)")
      #expect(finding.message == "2 of 5 rows have values that a > 10 cannot read")
      #expect(finding.evidence.notes == ["declare the type of \"a\": its check lists the values"])
    }
    // The type check lists them.
    let typed = try await Self.outcomes(rules("a > 10", type: "number"), on: csv)
    #expect(typed["c"] == .passed && typed["type"] != nil)
    let counted = try await Gate.finding("b.c", rules("a > 10", type: "number"), on: csv)
    #expect(
      counted.evidence.notes == [
        "only rows where a > 10; others: 3",
        "rows with values that a > 10 cannot read, left out: 2, see the type check",
      ])
    // Every value is a text, and where another part of the condition decides, nothing has to be read.
    #expect(try await Gate.finding("b.c", rules(.quoted("a != '30'")), on: csv).outcome == .failed)
    #expect(try await Gate.finding("b.c", rules("a > 10 and b < 5"), on: csv).outcome == .passed)
    #expect(try await Gate.finding("b.c", rules("a > 10"), on: "a,b\n30,1\n,9\n").outcome == .passed)
    let grouped: Tree = ["rows": ["at_least": "1", "where": "a > 10", "group_by": "b"]]
    #expect(try await Gate.finding("rows", grouped, on: csv).outcome == .errored)
  }

  /// The condition of `same_rows_as` selects rows of both datasets.
  @Test func soOfRowsOfTheOtherDataset() async throws {
    let rules: Tree = [
      "columns": ["a": ["type": "number"]],
      "same_rows_as": ["dataset": "there", "key": ["id"], "columns": ["v"], "where": "a > 10"],
    ]
    let here = "id,v,a\n1,x,20\n2,y,3\n"
    var tables = Neighbours(here, ("there", "id,v,a\n1,x,20\n2,z,3\n3,q,abc\n"))
    let finding = try await tables.finding("same_rows_as", rules)
    #expect(
      finding.outcome == .errored && finding.message == "1 of 3 rows of there have values that a > 10 cannot read")
    #expect(finding.evidence.notes == ["declare the type of \"a\" of there: its check lists the values"])
    tables.rules = ["there": ["columns": ["a": ["type": "number"]]]]
    let typed = try await tables.finding("same_rows_as", rules)
    #expect(typed.outcome == .passed)
    #expect(
      typed.evidence.notes.contains(
        "rows of there with values that a > 10 cannot read, left out: 1, see the type check"))
    tables = Neighbours(here, ("there", "id,v,a\n1,x,20\n2,z,3\n"))
    #expect(try await tables.finding("same_rows_as", rules).outcome == .passed)
  }

  /// Neither a waiver nor a severity covers a group of which nothing could be told.
  @Test func aGroupThatCannotBeToldOutranksOneThatFails() async throws {
    let rules: Tree = ["columns": ["v": ["checks": [["between": ["0", "1"], "group_by": ["g"], "id": "c"]]]]]
    let finding = try await Gate.finding("v.c", rules, on: "g,v\nA,99\nB,\n")
    #expect(finding.outcome == .errored)
    #expect(finding.evidence.notes.contains { $0.hasPrefix("g = A: 1 of 1 values") })
  }

  /// To Swift, a composed character equals its parts; to the data it does not.
  @Test(arguments: ["not_in", "not_matches"])
  func checksThatDifferInTheirBytesAreTwo(key: String) async throws {
    func other(_ text: String) -> Tree { key == "not_in" ? [.scalar(text)] : .scalar(text) }
    let rules: Tree = [
      "columns": ["a": ["checks": [[key: other("\u{E9}"), "id": "one"], [key: other("e\u{301}"), "id": "two"]]]]
    ]
    let outcomes = try await Self.outcomes(rules, on: "a\ne\u{301}\n")
    #expect(outcomes["one"] == .passed && outcomes["two"] == .failed)
  }

  /// A value of JSON Lines is what it is; the text of another format is the text of a JSON value.
  @Test(
    arguments: [
      (#"{"a":"abc"}"#, "string", Outcome.passed), (#"{"a":"5"}"#, "integer", .failed),
      (#"{"a":5}"#, "integer", .passed), (#"{"a":["x"]}"#, "array", .passed), (#"{"a":"[1]"}"#, "array", .failed),
      (#"{"a":"\u00e9\n"}"#, "string", .passed), ("a\n5", "integer", .passed), ("a\nabc", "string", .failed),
    ])
  func aSchemaJudgesTheValueThatIsThere(table: String, type: String, outcome: Outcome) async throws {
    let rules: Tree = ["columns": ["a": ["json_schema": ["type": .scalar(type)]]]]
    let format: TableFormat = table.hasPrefix("{") ? .jsonLines : .csv
    let finding = try await Gate.finding("a.json_schema", rules, on: "\(table)\n", format: format)
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test func soAreExpressionsAndConditions() async throws {
    let (one, two) = ("\u{E9}", "e\u{301}")
    let rules: Tree = [
      "rows_where": [
        ["expect": .quoted("a != '\(one)'"), "id": "one"], ["expect": .quoted("a != '\(two)'"), "id": "two"],
      ],
      "columns": [
        "a": [
          "checks": [
            ["in": [.quoted(one)], "where": .quoted("a = '\(one)'"), "id": "three"],
            ["in": [.quoted(one)], "where": .quoted("a = '\(two)'"), "id": "four"],
          ]
        ]
      ],
    ]
    let outcomes = try await Self.outcomes(rules, on: "a\n\(two)\n")
    #expect(outcomes["one"] == .passed && outcomes["two"] == .failed)
    #expect(outcomes["three"] == .errored && outcomes["four"] == .failed)
  }

  @Test func aLimitThatNoIntegerKeepsIsAnError() {
    for limit in [("at_least", "18446744073709551616"), ("at_least", "1e30"), ("at_most", "-1e30")] {
      let rules: Tree = ["columns": ["a": ["type": "integer", limit.0: .scalar(limit.1)]]]
      #expect(Gate.problems(rules).map(\.headline) == ["no 64-bit integer keeps the limit \(limit.1)"])
    }
    #expect(Gate.problems(["columns": ["a": ["type": "integer", "at_most": "1e30"]]]).isEmpty)
  }

  @Test(arguments: ["[0.1 0.2 0.3]", "[(]", "[a=b]", "[{]]"])
  func bracketsMakeNoList(text: String) async throws {
    let rules: Tree = ["columns": ["a": ["list_length": ["at_least": "1"]]]]
    #expect(try await Self.outcomes(rules, on: "a\n\(text)\n")["list_length"] == .failed)
  }

  /// No number that tells a hidden value is shown.
  @Test func numbersOfSensitiveValuesStayHidden() async throws {
    let rules: Tree = [
      "columns": [
        "a": [
          "type": "number", "sensitive": "true", "median": ["at_most": "10"], "mean": ["at_most": "10"],
          "sum": ["at_most": "10"], "quantile": ["at": "90%", "at_most": "10"],
        ],
        "t": ["type": "timestamp", "sensitive": "true", "freshness": ["at_most": "1h"]],
      ]
    ]
    let findings = try await Gate.findings(rules, on: "a,t\n1234567,1969-12-01T01:02:03\n")
    for name in ["median", "mean", "sum", "quantile", "freshness"] {
      let finding = try #require(findings.first { $0.id.check == name })
      #expect(finding.outcome == .failed && finding.evidence.observed == nil, "\(name)")
      #expect(!"\(finding)".contains("1234567") && !"\(finding)".contains("30."), "\(finding)")
      #expect(finding.message.contains("hidden"))
    }
  }
}
