import DataChecks
import Testing
import Verdict

@Suite struct RowOverlapCheckTests {
  private static let here = "id,a,b\n1,x,1\n2,y,\n3,z,3\n4,,\n"

  private static func rules(_ further: (String, Tree)...) -> Tree {
    ["row_overlap": .mapping([("with", ["u", "v"])] + further)]
  }

  @Test func rowsOfEverySplitAreNamed() async throws {
    let tables = Neighbours(
      Self.here, ("u", "b,a,id\n,y,9\n3,z,8\n"), ("v", "id,a,b,c\n5,q,q,0\n6,z,3,1\n7,z,3,1\n"))
    let finding = try await tables.finding("row_overlap", Self.rules(("ignore", ["id"])))
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 3 rows stand also in u or v (66.7%)")
    #expect(finding.evidence.counts?.all == [4, 1, 3, 2])
    #expect(
      finding.evidence.samples.map(\.value) == [
        "also u, line 2: a = \"y\", b = (no value)",
        "also u, line 3 and v, line 3: a = \"z\", b = \"3\"",
      ])
    #expect(finding.evidence.samples.map(\.line) == [3, 4])
    #expect(
      finding.evidence.notes == [
        "rows also in u: 2", "rows also in v: 1", "columns that not all of the splits have, not compared: \"c\"",
      ])
  }

  @Test(
    arguments: [
      ([("allow", "66%")], Outcome.failed), ([("allow", "67%")], .passed), ([("allow", "1 row")], .failed),
      ([("where", "a != 'z'"), ("allow", "1 row")], .passed), ([("columns", "[id, a]")], .passed),
    ] as [([(String, String)], Outcome)])
  func someMayStandInBoth(further: [(String, String)], outcome: Outcome) async throws {
    let tables = Neighbours(Self.here, ("u", "id,a,b\n9,y,\n8,z,3\n"), ("v", "id,a,b\n5,q,q\n"))
    var members = further.map { ($0, $1 == "[id, a]" ? Tree.sequence(["id", "a"]) : Tree.scalar($1)) }
    if !members.contains(where: { $0.0 == "columns" }) { members.append(("ignore", ["id"])) }
    let finding = try await tables.finding(
      "row_overlap", ["row_overlap": .mapping([("with", ["u", "v"])] + members)])
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  /// pandas writes 5.0 where a column has missing values, and 5 where it has none: the row is the same. A key may be a code,
  /// and so may what the rules call a text.
  @Test func aRowIsOneHoweverItsNumbersAreWritten() async throws {
    let tables = Neighbours("id,a,b\n1,x,5.0\n2,y,7\n3,z,\n", ("u", "id,a,b\n9,x,5\n8,y,8\n"))
    let overlap: (String, Tree) = ("row_overlap", ["with": "u", "ignore": ["id"]])
    let found = try await tables.finding("row_overlap", .mapping([overlap]))
    #expect(found.outcome == .failed && found.message.hasPrefix("1 of 3 rows"), "\(found.message)")
    let text = try await tables.finding("row_overlap", .mapping([("columns", ["b": ["type": "string"]]), overlap]))
    #expect(text.outcome == .passed, "\(text.message)")
    let key: Tree = ["key_overlap": [["with": "u", "key": ["a", "b"], "id": "k"]]]
    #expect(try await tables.finding("k", key).outcome == .passed)
  }

  @Test func theRowsCanBeWritten() async throws {
    let tables = Neighbours(Self.here, ("u", "id,a,b\n9,y,\n"), ("v", "id,a,b\n5,x,1\n"))
    let rules = Self.rules(("ignore", ["id"]))
    #expect(try await tables.written(rules, "row_overlap", violating: true) == ["1,x,1", "2,y,"])
    #expect(try await tables.written(rules, "row_overlap", violating: false) == ["3,z,3", "4,,"])
  }

  @Test(
    arguments: [
      ("a\n", Optional("a\nx\n"), Reason.nothingToEvaluate), ("a\nx\n", "a\n", .nothingToEvaluate),
      ("a,b\n,\n", "a,b\nx,\n", .nothingToEvaluate), ("a,b\nx,\n", "a,b\n,\n", .nothingToEvaluate),
      ("a\nx\n", "b\nx\n", .nothingToEvaluate), ("a\nx\n", nil, .io),
    ] as [(String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let finding = try await Neighbours(here, ("u", there)).finding("row_overlap", ["row_overlap": ["with": "u"]])
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  /// One split that cannot be read leaves the whole claim open, whatever the others say.
  @Test func oneUnreadableSplitIsAnError() async throws {
    let tables = Neighbours("a\nx\n", ("u", "a\nx\n"), ("v", nil))
    let finding = try await tables.finding("row_overlap", Self.rules())
    #expect(finding.outcome == .errored && finding.reason == .io && finding.message.contains("\"v\""))
  }

  @Test func theRulesAreChecked() throws {
    let tables = Neighbours("a\n1\n", ("u", "a\n1\n"))
    func problems(_ rule: Tree) throws -> [String] { try tables.problems(["row_overlap": rule]).map(\.headline) }
    #expect(try problems(["with": ["u", "w"]]) == ["the config names no dataset \"w\""])
    #expect(try problems(["with": []]) == ["expected another split, or a list of different ones"])
    #expect(try problems(["with": ["u", "u"]]) == ["expected another split, or a list of different ones"])
    #expect(try problems(["columns": ["a"]]) == ["the key \"with\" is missing here"])
    #expect(
      try problems(["with": "u", "columns": ["a"], "ignore": ["b"]])
        == ["columns says what is compared, and so there is nothing to ignore"])
    #expect(try problems(["with": "u", "group_by": "a"]).count == 1)
  }

  @Test func sensitiveValuesOfAnySplitAreHidden() async throws {
    let tables = Neighbours(
      "a,b\n8675309,5551212\n", ("u", "a,b\n8675309,5551212\n"), rules: ["u": ["columns": ["b": ["sensitive": "true"]]]]
    )
    let finding = try await tables.finding("row_overlap", ["row_overlap": ["with": "u"]])
    #expect(finding.outcome == .failed)
    #expect(!"\(finding)".contains("8675309") && !"\(finding)".contains("5551212"))
  }

  @Test func theMemoryAndTheThreadsDoNotMatter() async throws {
    func table(_ range: Range<Int>, step: Int) -> String {
      "id,a\n" + range.map { "\($0 * step),\($0 % 3 == 0 ? "" : "\($0 * step % 11)")\n" }.joined()
    }
    var tables = Neighbours(
      table(0..<9000, step: 2), ("u", table(0..<6000, step: 3)), ("v", table(5000..<9000, step: 2)))
    let expected = try await tables.findings(Self.rules(("columns", ["id"])))
    #expect(expected.last?.message == "5,667 of 9,000 rows stand also in u or v (63%)")
    for (memory, threads) in [(1, 1), (1, 4), (256 << 20, 4)] {
      (tables.memory, tables.threads) = (memory, threads)
      #expect(try await tables.findings(Self.rules(("columns", ["id"]))) == expected)
    }
  }
}

@Suite struct KeyOverlapCheckTests {
  @Test func keysAreLookedUpTogether() async throws {
    let rules: Tree = ["key_overlap": [["with": ["u", "v"], "key": ["a", "b"]]]]
    let tables = Neighbours("a,b,c\n1,2,x\n1,3,x\n1,2,y\n,2,z\n", ("u", "b,a\n2,1\n2,1\n"), ("v", "a,b\n2,1\n,2\n"))
    let finding = try await tables.finding("\"key_overlap a+b\"", rules)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "2 of 3 rows have a key that is also in u or v (66.7%)")
    #expect(finding.evidence.counts?.all == [4, 1, 3, 2])
    #expect(
      finding.evidence.samples.map(\.value) == Array(repeating: "also u, line 2: a = \"1\", b = \"2\"", count: 2))
    let alone = Neighbours("a,b\n1,2\n", ("u", "a,b\n2,1\n"), ("v", "a,b\n1,1\n"))
    #expect(try await alone.finding("\"key_overlap a+b\"", rules).outcome == .passed)
  }

  @Test(
    arguments: [
      ("a,b\n,1\n", Optional("a\n1\n"), Reason.nothingToEvaluate), ("a\n1\n", "a,b\n,1\n", .nothingToEvaluate),
      ("a\n1\n", "a\n", .nothingToEvaluate), ("a\n1\n", "b\n1\n", .io),
    ] as [(String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let rules: Tree = ["key_overlap": [["with": "u", "key": "a", "id": "k"]]]
    let finding = try await Neighbours(here, ("u", there)).finding("k", rules)
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  /// A key that is absent here is a matter of presence.
  @Test func anAbsentKeyIsSkipped() async throws {
    let rules: Tree = ["key_overlap": [["with": "u", "key": "a", "id": "k"]]]
    let finding = try await Neighbours("b\n1\n", ("u", "a\n1\n")).finding("k", rules)
    #expect(finding.outcome == .skipped && finding.reason == .dependency)
  }
}

@Suite struct TimeOverlapCheckTests {
  private static func finding(
    _ here: String, _ there: String, _ further: (String, Tree)..., types: Tree = [:]
  ) async throws -> Finding {
    let rules: Tree = ["time_overlap": .mapping([("with", "u"), ("column", "t")] + further), "columns": types]
    return try await Neighbours(here, ("u", there)).finding("time_overlap", rules)
  }

  @Test(
    arguments: [
      ("2024-01-09", "before", nil, Outcome.passed), ("2024-01-10", "before", nil, .failed),
      ("2024-01-09T23:59:59.999999999Z", "before", nil, .passed), ("2024-01-10T00:00:00Z", "before", "0s", .failed),
      ("2024-01-09", "before", "1d", .passed), ("2024-01-09T00:00:01Z", "before", "1d", .failed),
      ("2024-01-10T01:00:00+02:00", "before", nil, .passed), ("2024-01-20", "after", nil, .failed),
      ("2024-01-21", "after", nil, .passed), ("2024-01-21", "after", "24h", .passed),
      ("2024-01-21", "after", "25h", .failed),
    ] as [(String, String, String?, Outcome)])
  func theBorderIsKept(time: String, order: String, gap: String?, outcome: Outcome) async throws {
    var further: [(String, Tree)] = [("order", .scalar(order))]
    if let gap { further.append(("gap", .scalar(gap))) }
    let rules: Tree = ["time_overlap": .mapping([("with", "u"), ("column", "t")] + further)]
    let tables = Neighbours("t\n\(time)\n", ("u", "t\n2024-01-20\n2024-01-10\n2024-01-15\n"))
    let finding = try await tables.finding("time_overlap", rules)
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test func theRowsBeyondAreCountedAndTheSplitsNamed() async throws {
    let rules: Tree = ["time_overlap": ["with": ["u", "v"], "column": "t", "allow": "1 row"]]
    let tables = Neighbours(
      "t,i\n2024-01-01,1\n2024-01-05,2\n,3\n2024-01-06,4\n", ("u", "t\n2024-02-01\n"),
      ("v", "t\n2024-01-05\n2024-01-09\n"))
    let finding = try await tables.finding("time_overlap", rules)
    #expect(finding.outcome == .failed)
    #expect(
      finding.message
        == "2 of 3 rows lie not before v, which begins at 2024-01-05T00:00:00Z (66.7%), more than the 1 row allowed")
    #expect(finding.evidence.counts?.all == [4, 1, 3, 2])
    #expect(finding.evidence.samples.map(\.line) == [3, 5])
    #expect(
      finding.evidence.notes == [
        "u: 2024-02-01T00:00:00Z to 2024-02-01T00:00:00Z", "v: 2024-01-05T00:00:00Z to 2024-01-09T00:00:00Z",
      ])
    #expect(try await tables.written(rules, "time_overlap", violating: true) == ["2024-01-05,2", "2024-01-06,4"])
  }

  @Test func whatIsNoTimeIsNeverLeftOut() async throws {
    let wrong = try await Self.finding("t\nsoon\n2024-01-01\n", "t\n2024-02-01\n")
    #expect(wrong.outcome == .failed && wrong.evidence.counts?.violating == 1)
    let there = try await Self.finding("t\n2024-01-01\n", "t\n2024-02-01\nsoon\n")
    #expect(there.outcome == .errored && there.reason == .undefined)
    // Where a type is declared, the check of the type says so.
    let typed = try await Self.finding(
      "t\nsoon\n2024-01-01\n", "t\n2024-02-01\n", types: ["t": ["type": "timestamp"]])
    #expect(typed.outcome == .passed && typed.evidence.counts?.evaluated == 1)
  }

  @Test(
    arguments: [
      ("t,b\n,1\n", "t\n2024-01-01\n"), ("t\n2024-01-01\n", "t,b\n,1\n"), ("t\n2024-01-01\n", "t\n"),
      ("t\n", "t\n2024-01-01\n"),
    ])
  func whereNothingCanBeToldNothingPasses(here: String, there: String) async throws {
    let finding = try await Self.finding(here, there)
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate, "\(finding.message)")
  }

  @Test func aNumberIsNoTime() throws {
    let rules: Tree = ["time_overlap": ["with": "u", "column": "t"], "columns": ["t": ["type": "integer"]]]
    let problems = try Neighbours("t\n1\n", ("u", "t\n1\n")).problems(rules)
    #expect(problems.map(\.headline) == ["\"t\" is declared as integer, which is no time"])
  }

  @Test func sensitiveTimesAreHidden() async throws {
    let finding = try await Self.finding(
      "t\n2031-05-05\n", "t\n2031-04-04\n", types: ["t": ["sensitive": "true"]])
    #expect(finding.outcome == .failed && !"\(finding)".contains("2031"))
  }
}
