import DataChecks
import Testing
import Verdict

/// `where` and `group_by` beside checks that look at another dataset.
@Suite struct PeerScopeTests {
  @Test(
    arguments: [
      ("g\nx\nx\ny\n", "g\ny\nx\nx\n", nil, nil),
      (
        "g\nx\ny\ny\n", "g\ny\nx\nx\n", nil,
        "in 2 of 2 groups by g it does not hold; g = x: the table has 1 row, u has 2: 50% apart"
      ),
      (
        "g\nx\n", "g\nx\ny\n", nil,
        "in 1 of 2 groups by g it does not hold; g = y: the table has 0 rows, u has 1: 100% apart"
      ),
      (
        "g\nx\ny\n", "g\nx\n", nil,
        "in 1 of 2 groups by g it does not hold; g = y: the table has 1 row, u has 0: 1 row apart"
      ),
      ("g\nx\ny\n", "g\nx\nz\n", "1 rows", nil),
      (
        "g\nx\ny\ny\n", "g\nx\n", "1 rows",
        "in 1 of 2 groups by g it does not hold; g = y: the table has 2 rows, u has 0: 2 rows apart, more than 1 row"
      ),
    ] as [(String, String, String?, String?)])
  func rowsMatchInEveryGroup(here: String, there: String, within: String?, failure: String?) async throws {
    let rule: [(String, Tree)] =
      [("dataset", "u"), ("group_by", "g")] + (within.map { [("within", .scalar($0))] } ?? [])
    let finding = try await Neighbours(here, ("u", there)).finding("rows_match", ["rows_match": .mapping(rule)])
    #expect(finding.outcome == (failure == nil ? .passed : .failed), "\(finding.message)")
    if let failure { #expect(finding.message == failure) }
  }

  @Test(
    arguments: [
      ("g\n", Optional("g\nx\n"), Outcome.failed), ("g\nx\n", "g\n", .errored), ("g\nx\n", "h\nx\n", .errored),
      ("g\nx\n", nil, .errored),
    ] as [(String, String?, Outcome)])
  func whatIsNotThereIsNoPass(here: String, there: String?, outcome: Outcome) async throws {
    let tables = Neighbours(here, ("u", there))
    let rows = try await tables.finding("rows_match", ["rows_match": ["dataset": "u", "group_by": "g"]])
    #expect(rows.outcome == outcome, "\(rows.message)")
  }

  private static func aggregate(_ kind: String) -> Tree {
    let rule: Tree = ["dataset": "u", "column": "a", "aggregate": .scalar(kind), "group_by": "g", "id": "same"]
    return ["aggregate_match": [rule]]
  }

  @Test(
    arguments: [
      ("sum", "x,1\nx,2\ny,5\n", "y,5\nx,3\n", nil), ("max", "x,1\nx,2\ny,5\n", "y,5\nx,2\nx,0\n", nil),
      ("sum", "x,5\ny,3\n", "y,5\nx,3\n", "in 2 of 2 groups by g it does not hold; g = x: the sum is 5, in u 3"),
      ("count", "x,1\n,1\n", ",7\nx,9\n", nil),
      (
        "distinct", "x,1\nx,1\ny,2\n", "y,1\nx,2\nx,3\n",
        "in 1 of 2 groups by g it does not hold; g = x: the distinct is 1, in u 2"
      ),
      ("sum", "x,1\ny,0\n", "x,1\n", "in 1 of 2 groups by g it does not hold; g = y: only this table has such rows"),
      ("sum", "x,1\n", "x,1\ny,0\n", "in 1 of 2 groups by g it does not hold; g = y: only u has such rows"),
    ] as [(String, String, String, String?)])
  func aggregatesMatchInEveryGroup(kind: String, here: String, there: String, failure: String?) async throws {
    for threads in [1, 3] {
      var tables = Neighbours("g,a\n" + here, ("u", "g,a\n" + there))
      tables.threads = threads
      let finding = try await tables.finding("same", Self.aggregate(kind))
      #expect(finding.outcome == (failure == nil ? .passed : .failed), "\(finding.message)")
      if let failure { #expect(finding.message == failure) }
    }
  }

  @Test func aGroupWithoutValuesIsNoPass() async throws {
    let finding = try await Neighbours("g,a\nx,1\ny,\n", ("u", "g,a\nx,1\ny,1\n")).finding(
      "same", Self.aggregate("sum"))
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    let tables = Neighbours("g,a\nx,1\n", ("u", "g,a\nx,1\n"), rules: ["u": ["columns": ["g": ["sensitive": "true"]]]])
    #expect(
      try tables.problems(Self.aggregate("sum")).map(\.headline) == [
        "\"g\" is sensitive in u, and groups are told by their values"
      ])
  }

  @Test func theConditionIsAboutThisTableAlone() async throws {
    let tables = Neighbours("g,a,ok\nx,1,1\nx,7,0\ny,2,1\n", ("u", "g,a\nx,1\ny,2\n"))
    let rule: Tree = [
      "dataset": "u", "column": "a", "aggregate": "sum", "group_by": "g", "where": "ok = 1", "id": "same",
    ]
    #expect(try await tables.finding("same", ["aggregate_match": [rule]]).outcome == .passed)
    let rows: Tree = ["rows_match": ["dataset": "u", "where": "ok = 1", "group_by": "g"]]
    #expect(try await tables.finding("rows_match", rows).outcome == .passed)
    let groups: Tree = ["groups": [["by": "g", "as_in": "u", "where": "a > 1", "id": "same"]]]
    #expect(try await tables.finding("same", groups).outcome == .passed)
    let fewer: Tree = ["groups": [["by": "g", "as_in": "u", "where": "a = 1", "id": "same"]]]
    let finding = try await tables.finding("same", fewer)
    #expect(
      finding.outcome == .failed && finding.message == "1 of the 2 in u has vanished: g = y", "\(finding.message)")
    let none: Tree = ["groups": [["by": "g", "as_in": "u", "where": "a > 99", "id": "same"]]]
    #expect(try await tables.finding("same", none).outcome == .errored)
  }

  @Test func aRowIsComparedWhereTheConditionPicksIt() async throws {
    let tables = Neighbours("id,a,ok\n1,x,1\n2,y,0\n", ("u", "id,a,ok\n1,x,1\n3,z,0\n"))
    func finding(_ condition: String) async throws -> Finding {
      try await tables.finding(
        "same_rows_as", ["same_rows_as": ["dataset": "u", "key": "id", "where": .quoted(condition)]])
    }
    #expect(try await finding("ok = 1").outcome == .passed)
    let others = try await finding("ok = 0")
    #expect(others.outcome == .failed && others.message.contains("1 only here, 1 only in u"))
    #expect(try await finding("ok = 5").outcome == .errored)
    let absent = try await Neighbours("id,ok\n1,1\n", ("u", "id\n1\n")).finding(
      "same_rows_as", ["same_rows_as": ["dataset": "u", "key": "id", "where": "ok = 1"]])
    #expect(absent.outcome == .errored && absent.message.contains("u.csv has no column \"ok\""))
  }

  @Test(arguments: [1, 256 << 20], [1, 3])
  func everyGroupIsLookedUpByItself(memory: Int, threads: Int) async throws {
    var tables = Neighbours("g,a\nx,p\nx,q\ny,p\n,r\n,\ny,r\ny,s\n", ("u", "code\nq\np\n"))
    (tables.memory, tables.threads) = (memory, threads)
    let rules: Tree = ["columns": ["a": ["checks": [["references": "u.code", "group_by": "g", "allow": "50%"]]]]]
    let finding = try await tables.finding("a.references", rules)
    #expect(finding.outcome == .failed)
    #expect(
      finding.message
        == "in 2 of 3 groups by g it does not hold; "
        + "g has no value: 1 of 1 values are not in u.code (100%), more than the 50% allowed")
    #expect(finding.evidence.counts?.all == [7, 1, 6, 3])
    #expect(finding.evidence.samples.map(\.line) == [5, 7, 8])
    let pairs: Tree = [
      "foreign_keys": [["columns": ["a"], "dataset": "u", "to": ["code"], "group_by": "g", "id": "k"]]
    ]
    #expect(try await tables.finding("k", pairs).message.hasPrefix("in 2 of 3 groups by g it does not hold"))
  }
}
