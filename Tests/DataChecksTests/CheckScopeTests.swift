import DataChecks
import Testing
import Verdict

/// `where` and `group_by` beside a check.
@Suite struct CheckScopeTests {
  private static let table = "k,a\nx,1\nx,2\ny,50\ny,\nz,3\n,4\n"

  private static func column(_ check: (String, Tree), _ settings: (String, Tree)...) -> Tree {
    ["columns": ["a": ["type": "integer", "checks": [.mapping([check, ("id", "c")] + settings)]]]]
  }

  @Test func aConditionLeavesRowsOut() async throws {
    let rules = Self.column(("at_most", "10"), ("where", .quoted("k != 'y'")))
    let finding = try await Gate.finding("a.c", rules, on: Self.table)
    #expect(finding.outcome == .passed)
    #expect(finding.evidence.counts?.all == [3, 0, 3, 0])
    #expect(finding.evidence.notes.contains { $0.contains("only rows where k != 'y'; others: 3") })
  }

  @Test func aConditionThatSelectsNothingIsNoPass() async throws {
    for check in [("at_most", "10"), ("missing", ["at_most": "50%"]), ("median", ["at_most": "10"])] as [(String, Tree)]
    {
      let finding = try await Gate.finding(
        "a.c", Self.column(check, ("where", .quoted("k = 'nowhere'"))), on: Self.table)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate, "\(check.0): \(finding.message)")
    }
  }

  @Test func everyGroupIsJudgedByItself() async throws {
    let rules = Self.column(("at_most", "10"), ("group_by", "k"), ("allow", "0 rows"))
    let finding = try await Gate.finding("a.c", rules, on: Self.table)
    #expect(finding.outcome == .failed)
    #expect(finding.message.hasPrefix("in 1 of 4 groups by k it does not hold; k = y: 1 of 1 values are above 10"))
    #expect(finding.evidence.counts?.all == [6, 1, 5, 1])
    #expect(finding.evidence.samples.map(\.line) == [4])
  }

  /// A check of which more is kept than fits in memory errs; the others are judged.
  @Test func groupsThatDoNotFitInMemoryAreNoPass() async throws {
    let rows = (0..<120_000).map { "\($0 % 600),\($0)\n" }.joined()
    let rules: Tree = [
      "columns": [
        "a": [
          "checks": [
            ["median": ["at_least": "0"], "group_by": "k", "id": "many"],
            ["required": "true", "group_by": "k", "id": "few"],
          ]
        ]
      ]
    ]
    var table = Neighbours("k,a\n" + rows)
    #expect(try await table.finding("a.many", rules).outcome == .passed)
    table.memory = 1 << 20
    let many = try await table.finding("a.many", rules)
    #expect(many.outcome == .errored && many.reason == .limit)
    #expect(
      many.message == "k makes so many groups that what is kept of the first 600 does not fit in 1 MB; allow more with "
        + "--max-memory, or group by columns with fewer values")
    #expect(try await table.finding("a.few", rules).outcome == .passed)
  }

  @Test func aGroupWithoutAValueIsNoPass() async throws {
    let finding = try await Gate.finding(
      "a.c", Self.column(("at_least", "0"), ("group_by", "k")), on: "k,a\nx,1\ny,\n")
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    #expect(finding.message.contains("k = y"))
  }

  @Test func rowsWithoutAValueOfTheGroupAreAGroup() async throws {
    let finding = try await Gate.finding(
      "a.c", Self.column(("at_most", "3"), ("group_by", "k"), ("where", .quoted("a < 40"))), on: Self.table)
    #expect(finding.outcome == .failed)
    #expect(finding.message.contains("k has no value: 1 of 1 values are above 3"))
  }

  /// A group of which the condition leaves nothing is there all the same.
  @Test func aConditionDoesNotHideAGroup() async throws {
    let table = "g,v,k\nA,0.5,1\nB,99,2\n"
    func finding(_ limits: (String, Tree)..., on table: String) async throws -> Finding {
      let rows = Tree.mapping(limits + [("group_by", "g"), ("where", .quoted("k = 1"))])
      return try await Gate.finding("rows", ["rows": rows], on: table)
    }
    let none = try await finding(("at_least", "1"), on: table)
    #expect(none.outcome == .failed)
    #expect(none.message.contains("in 1 of 2 groups by g it does not hold; g = B: there are 0 rows"), "\(none.message)")
    #expect(try await finding(("at_most", "1"), on: table).outcome == .passed)
    #expect(try await finding(("at_most", "1"), on: "g,v,k\nA,1,1\nA,1,1\nB,1,2\n").outcome == .failed)
  }

  /// Other claims have nothing to evaluate in it: they say so, and pass only on what other groups have.
  @Test(
    arguments: [("at_most", "1"), ("median", ["at_most": "1"]), ("missing", ["at_most": "0%"])] as [(String, Tree)])
  func aGroupWithoutASelectedRowIsTold(key: String, limit: Tree) async throws {
    func finding(_ condition: String) async throws -> Finding {
      let check: Tree = .mapping([(key, limit), ("group_by", "g"), ("where", .quoted(condition)), ("id", "c")])
      let rules: Tree = ["columns": ["v": ["type": "number", "checks": [check]]]]
      return try await Gate.finding("v.c", rules, on: "g,v,k\nA,0.5,1\nB,99,2\nC,7,2\n")
    }
    let some = try await finding("k = 1")
    #expect(some.outcome == .passed, "\(some.message)")
    #expect(some.evidence.notes.contains("groups without such a row, not judged: 2"), "\(some.evidence.notes)")
    #expect(!(try await finding("k > 0")).evidence.notes.contains { $0.contains("not judged") })
    let none = try await finding("k = 3")
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
  }

  @Test func aSecondPassDecidesInGroupsToo() async throws {
    let rows = (0..<40_000).map { "\($0 % 2 == 0 ? "even" : "odd"),\($0 % 2 == 0 ? $0 : -$0)" }
    let table = "k,a\n" + rows.joined(separator: "\n") + "\n"
    let rules = Self.column(("median", ["at_least": "19998"]), ("where", .quoted("k = 'even'")))
    #expect(try await Gate.finding("a.c", rules, on: table).outcome == .passed)
    let grouped = Self.column(("median", ["at_least": "-20001"]), ("group_by", "k"))
    #expect(try await Gate.finding("a.c", grouped, on: table).outcome == .passed)
    let failing = Self.column(("median", ["at_least": "-19998"]), ("group_by", "k"))
    let finding = try await Gate.finding("a.c", failing, on: table)
    #expect(finding.outcome == .failed && finding.message.contains("k = odd"), "\(finding.message)")
  }

  @Test func tableRulesHaveScopesToo() async throws {
    let rules: Tree = [
      "rows": ["at_least": "2", "group_by": "k"],
      "keys": [["columns": ["k"], "where": .quoted("k = 'x'"), "id": "key"]],
      "rows_where": [["expect": "a < 10", "group_by": ["k"], "id": "small"]],
    ]
    let findings = try await Gate.findings(rules, on: Self.table)
    let outcomes = Dictionary(findings.map { ($0.id.check, $0.outcome) }) { first, _ in first }
    #expect(outcomes["rows"] == .failed && outcomes["key"] == .failed && outcomes["small"] == .failed)
    let rows = findings.first { $0.id.check == "rows" }
    #expect(
      rows?.message.hasPrefix("in 2 of 4 groups by k it does not hold; k has no value: there is 1 row,") == true,
      "\(rows?.message ?? "")")
  }

  @Test func aColumnOfTheScopeMustBeThere() async throws {
    let rules = Self.column(("at_most", "10"), ("group_by", "nope"))
    let findings = try await Gate.findings(rules, on: Self.table)
    #expect(findings.first { $0.id.column == "nope" }?.outcome == .failed)
    #expect(findings.first { $0.id.check == "c" }?.outcome == .skipped)
  }

  @Test(
    arguments: [
      (column(("at_most", "10"), ("where", .quoted("k = 1 +"))), "ends where"),
      (column(("stored_as", "text"), ("group_by", "k")), "no groups of them"),
      (column(("median", ["at_most": "1"]), ("allow", "1%")), "nothing to allow"),
      (column(("at_most", "10"), ("group_by", ["k", "k"])), "different columns"),
      (
        ["columns": ["k": ["sensitive": "true"]], "rows": ["at_least": "1", "group_by": "k"]] as Tree,
        "groups are told by their values"
      ),
    ])
  func mistakesAreToldBeforeAnythingIsRead(rules: Tree, words: String) {
    let problems = Gate.problems(rules)
    #expect(problems.count == 1 && problems[0].headline.contains(words), "\(problems.map(\.headline))")
    #expect(problems.first?.location != nil)
  }
}
