import DataChecks
import Testing
import Verdict

/// Which columns have a value, row by row and over the whole table.
@Suite struct CompletenessCheckTests {
  /// Rows of a, b and c: all, some, one, none.
  private static let csv = "a,b,c\n1,2,3\n1,,3\n,2,\n,,\n"
  private static let noRows = "a,b,c\n"
  private static let allNull = "a,b,c\n,,\n,,\n"

  @Test(
    arguments: [
      ("complete", ["a", "b"], "3 of 4 rows lack a value in at least one column (75%)", [4, 0, 4, 3], [3, 4, 5]),
      ("any_present", ["a", "b"], "1 of 4 rows have a value in none of the columns (25%)", [4, 0, 4, 1], [5]),
      (
        "co_missing", ["a", "c"], nil, [4, 2, 2, 0], []
      ),
      (
        "co_missing", ["a", "b"], "2 of 3 rows have a value in some of the columns and lack one in others (66.7%)",
        [4, 1, 3, 2], [3, 4]
      ),
    ] as [(String, [String], String?, [Int], [Int])])
  func rowsByTheColumnsThatHaveAValue(
    kind: String, columns: [String], message: String?, counts: [Int], lines: [Int]
  ) async throws {
    let rules = Tree.mapping([(kind, .sequence([.sequence(columns.map { .scalar($0) })]))])
    let name = "\"\(kind) \(columns.joined(separator: "+"))\""
    let finding = try await Gate.finding(name, rules, on: Self.csv)
    #expect(finding.outcome == (message == nil ? .passed : .failed), "\(finding.message)")
    if let message { #expect(finding.message == message) }
    #expect(finding.evidence.counts?.all == counts)
    #expect(finding.evidence.samples.map(\.line) == lines)
    let none = try await Gate.finding(name, rules, on: Self.noRows)
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
    // A pair that is nowhere says nothing; where a value is claimed, there is none.
    let empty = try await Gate.finding(name, rules, on: Self.allNull)
    #expect(empty.outcome == (kind == "co_missing" ? .errored : .failed))
    // A column that is not there is its own failure, named by what depends on it.
    let absent = try await Gate.finding(name, rules, on: "a\n1\n")
    #expect(absent.outcome == .skipped && absent.reason == .dependency)
  }

  @Test func rowsShowTheColumnsThatTakePart() async throws {
    let finding = try await Gate.finding("\"complete a+b\"", ["complete": [["a", "b"]]], on: Self.csv)
    #expect(finding.evidence.samples.first?.value == "a = \"1\", b = (no value)")
    let hidden = try await Gate.findings(
      ["columns": ["a": ["sensitive": "true"]], "complete": [["a", "b"]]], on: "a,b\n8675309,\n")
    #expect(!"\(hidden)".contains("8675309"))
  }

  @Test func settingsStandBesideTheColumns() async throws {
    let half: Tree = ["complete": [["columns": ["a", "b"], "allow": "75%", "severity": "warn", "id": "pair"]]]
    let allowed = try await Gate.finding("pair", half, on: Self.csv)
    #expect(allowed.outcome == .passed && allowed.severity == .warn)
    let part: Tree = ["complete": [["columns": ["a", "c"], "where": "a is not null", "id": "pair"]]]
    let selected = try await Gate.finding("pair", part, on: Self.csv)
    #expect(selected.outcome == .passed && selected.evidence.counts?.all == [2, 0, 2, 0])
    let groups: Tree = ["any_present": [["columns": ["b", "c"], "group_by": "a", "id": "each"]]]
    let grouped = try await Gate.finding("each", groups, on: Self.csv)
    #expect(grouped.outcome == .failed && grouped.message.contains("in 1 of 2 groups by a"))
  }

  @Test(
    arguments: [
      ["complete": [[]]], ["complete": [["a", "a"]]], ["any_present": [["a"]]], ["co_missing": [["a"]]],
      ["co_missing": [["allow": "1%"]]], ["empty_rows": [:]], ["empty_rows": ["at_most": "0"]],
      ["empty_columns": ["columns": ["a"]]], ["empty_columns": ["at_most": "10%"]],
      ["complete_rows": ["at_least": "5%", "at_most": "3 rows"]],
    ] as [Tree])
  func whatMeansNothingIsAProblem(rules: Tree) { #expect(!Gate.problems(rules).isEmpty) }

  @Test(
    arguments: [
      (["at_least": "25%"], true), (["at_least": "26%"], false), (["equals": "1 row"], true),
      (["at_most": "0 rows"], false),
    ] as [(Tree, Bool)])
  func completeRows(limits: Tree, isKept: Bool) async throws {
    let finding = try await Gate.finding("complete_rows", ["complete_rows": limits], on: Self.csv)
    #expect(finding.outcome == (isKept ? .passed : .failed), "\(finding.message)")
    #expect(finding.message.hasPrefix("1 of 4 rows have a value in every column (25%)"))
    #expect(finding.evidence.counts?.all == [4, 0, 4, 3])
    #expect(finding.evidence.samples.map(\.value) == ["b", "a, c", "a, b, c"].map { "no value in \($0)" })
    // The columns that lack most come first, and those that lack equally many in their order.
    #expect(finding.evidence.notes == ["rows without a value: a in 2, b in 2, c in 2"])
    let none = try await Gate.finding("complete_rows", ["complete_rows": limits], on: Self.noRows)
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
  }

  @Test func completeRowsOfATableWithoutValues() async throws {
    let rules: Tree = ["complete_rows": ["at_least": "1%"]]
    #expect(try await Gate.finding("complete_rows", rules, on: Self.allNull).outcome == .failed)
    let full = try await Gate.finding("complete_rows", rules, on: "a,b\n1,2\n")
    #expect(full.outcome == .passed && full.evidence.notes.isEmpty)
  }

  @Test(
    arguments: [
      (["at_most": "0 rows"], false), (["at_most": "1 row"], true), (["at_most": "25%"], true),
      (["at_most": "24%"], false),
    ] as [(Tree, Bool)])
  func emptyRows(limits: Tree, isKept: Bool) async throws {
    let finding = try await Gate.finding("empty_rows", ["empty_rows": limits], on: Self.csv)
    #expect(finding.outcome == (isKept ? .passed : .failed), "\(finding.message)")
    #expect(finding.message.hasPrefix("1 of 4 rows have no value in any column (25%)"))
    #expect(finding.evidence.counts?.all == [4, 0, 4, 1])
    #expect(finding.evidence.samples.map(\.line) == [5])
    #expect(try await Gate.finding("empty_rows", ["empty_rows": limits], on: Self.allNull).outcome == .failed)
    #expect(try await Gate.finding("empty_rows", ["empty_rows": limits], on: Self.noRows).outcome == .errored)
    #expect(try await Gate.finding("empty_rows", ["empty_rows": limits], on: "a,b\n1,\n").outcome == .passed)
  }

  @Test func emptyColumns() async throws {
    let none: Tree = ["empty_columns": ["at_most": "0"]]
    let csv = "a,b,c\n1,,\n2,,\n"
    let failed = try await Gate.finding("empty_columns", none, on: csv)
    #expect(failed.outcome == .failed)
    #expect(failed.message == "2 of 3 columns have no value: \"b\", \"c\", the limit is at most 0 columns")
    #expect(failed.evidence.observed == Quantity(2, .columns))
    #expect(try await Gate.finding("empty_columns", ["empty_columns": ["at_most": "2"]], on: csv).outcome == .passed)
    let named: Tree = ["empty_columns": ["at_most": "0", "columns": ["a"]]]
    #expect(try await Gate.finding("empty_columns", named, on: csv).outcome == .passed)
    #expect(try await Gate.finding("empty_columns", named, on: "b\n1\n").outcome == .skipped)
    #expect(try await Gate.finding("empty_columns", none, on: Self.allNull).outcome == .failed)
    let nothing = try await Gate.finding("empty_columns", none, on: Self.noRows)
    #expect(nothing.outcome == .errored && nothing.reason == .nothingToEvaluate)
    let part: Tree = ["empty_columns": ["at_most": "0", "where": "a = '2'", "columns": ["a", "b"]]]
    #expect(try await Gate.finding("empty_columns", part, on: "a,b\n1,x\n2,\n").outcome == .failed)
  }

  /// What must be null is said by the bound on nulls.
  @Test func mustBeNull() async throws {
    let rules: Tree = ["columns": ["a": ["missing": ["equals": "100%"], "at_least": "0"]]]
    let kept = try await Gate.findings(rules, on: "a,b\n,1\n,2\n")
    #expect(kept.first { $0.kind == "missing" }?.outcome == .passed)
    // A check of values that the rules say are not there is skipped, and not an error.
    #expect(kept.first { $0.kind == "at_least" }?.reason == .requested)
    #expect(try await Gate.finding("a.missing", rules, on: "a,b\n,1\n3,2\n").outcome == .failed)
    #expect(try await Gate.finding("a.missing", rules, on: "a,b\n").outcome == .errored)
  }
}
