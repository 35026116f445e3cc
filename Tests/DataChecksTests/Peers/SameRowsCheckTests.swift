import DataChecks
import TestSupport
import Testing
import Verdict

@Suite struct SameRowsCheckTests {
  private static let rules: Tree = ["same_rows_as": ["dataset": "u", "key": "id"]]

  private static func finding(
    _ here: String, _ there: String?, _ further: (String, Tree)...
  ) async throws -> Finding {
    let rule: [(String, Tree)] = [("dataset", "u"), ("key", "id")] + further
    return try await Neighbours(here, ("u", there)).finding("same_rows_as", ["same_rows_as": .mapping(rule)])
  }

  @Test func theSameRowsInAnyOrderPass() async throws {
    let finding = try await Self.finding("id,a,b\n1,x,\n2,y,z\n", "b,id,a\nz,2,y\n,1,x\n")
    #expect(finding.outcome == .passed)
    #expect(finding.message == "2 rows matched with u, the same values in 2 columns")
    #expect(finding.evidence.counts?.all == [2, 0, 2, 0])
  }

  @Test func everyDifferenceIsTold() async throws {
    let here = "id,a,b\n1,x,p\n2,y,q\n3,z,r\n3,z,r\n5,,s\n,n,n\n"
    let there = "id,a,b\n2,Y,q\n4,w,w\n1,x,p\n5,v,S\n4,w,w\n"
    let finding = try await Self.finding(here, there)
    #expect(finding.outcome == .failed)
    #expect(
      finding.message
        == "6 of 7 rows of both are not the same (85.7%): 1 only here, 1 only in u, 2 with other values, "
        + "1 repeating a key here, 1 repeating a key in u")
    // Eleven rows, three of them matched; one has no key.
    #expect(finding.evidence.counts?.all == [8, 1, 7, 6])
    #expect(finding.evidence.notes == ["a differs in 2 rows", "b differs in 1 row"])
    #expect(
      finding.evidence.samples.map(\.value) == [
        "id = \"2\": a is \"y\" here and \"Y\" there (u.csv, line 2)",
        "id = \"5\": a is missing here and \"v\" there, b is \"s\" here and \"S\" there (u.csv, line 5)",
        "only here: id = \"3\"", "only in u: id = \"4\"", "id = \"3\" comes again, first in line 4",
        "id = \"4\" comes again, first in line 3",
      ])
    #expect(finding.evidence.samples.map(\.line) == [3, 6, 4, 3, 5, 6])
    #expect(finding.evidence.samples.map(\.file) == ["t.csv", "t.csv", "t.csv", "u.csv", "t.csv", "u.csv"])
  }

  @Test func someColumnsAreCompared() async throws {
    let (here, there) = ("id,a,b,c\n1,x,p,\n", "id,a,b,d\n1,x,q,\n")
    #expect(try await Self.finding(here, there, ("columns", ["a"])).outcome == .passed)
    #expect(try await Self.finding(here, there, ("columns", ["b"])).outcome == .failed)
    let all = try await Self.finding(here, there, ("columns", "all"))
    #expect(all.outcome == .failed)
    #expect(all.evidence.notes == ["b differs in 1 row", "columns that only one of the two has, not compared: c, d"])
    let absent = try await Self.finding(here, there, ("columns", ["c"]))
    #expect(absent.outcome == .errored && absent.message.contains("u.csv has no column \"c\""))
  }

  @Test(
    arguments: [
      (nil, Outcome.failed), ("0.1 absolute", .passed), ("0.001 absolute", .failed), ("1% relative", .passed),
      ("0.1% relative", .failed), ("5e-2 absolute", .passed),
    ] as [(String?, Outcome)])
  func numbersMayLieApart(tolerance: String?, outcome: Outcome) async throws {
    let further = tolerance.map { [("tolerance", Tree.scalar($0))] } ?? []
    let rule: [(String, Tree)] = [("dataset", "u"), ("key", "id")] + further
    let finding = try await Neighbours("id,a\n1,10.05\n", ("u", "id,a\n1,10\n")).finding(
      "same_rows_as", ["same_rows_as": .mapping(rule), "columns": ["a": ["type": "number"]]])
    #expect(finding.outcome == outcome)
  }

  /// A zip code is no number, whatever it looks like, and of long integers no digit is lost.
  @Test func aToleranceIsOneOfNumbers() async throws {
    let codes = try await Self.finding(
      "id,zip\n1,01234\n", "id,zip\n1,1234\n", ("tolerance", .quoted("1e-9 absolute")))
    #expect(codes.outcome == .failed)
    #expect(codes.evidence.notes.last == "columns without a type, compared as text, with no tolerance: zip")
    let rules: Tree = [
      "same_rows_as": ["dataset": "u", "key": "id", "tolerance": .quoted("1e-9 absolute")],
      "columns": ["a": ["type": "integer"]],
    ]
    let long = Neighbours("id,a\n1,9007199254740993\n", ("u", "id,a\n1,9007199254740992\n"))
    #expect(try await long.finding("same_rows_as", rules).outcome == .failed)
  }

  /// Tables that share nothing but their key are the same in nothing.
  @Test func nothingComparedIsNoPass() async throws {
    let finding = try await Self.finding("id,x\n1,a\n", "id,y\n1,b\n", ("columns", "all"))
    #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    #expect(try await Self.finding("id,x\n1,a\n", "id,y\n2,b\n", ("columns", "all")).outcome == .failed)
    #expect(try await Self.finding("id\n1\n", "id\n1\n", ("columns", "all")).outcome == .passed)
    for (columns, words) in [([], "no column is compared"), (["id"], "rows are matched by these")]
      as [(Tree, String)]
    {
      let rules: Tree = ["same_rows_as": ["dataset": "u", "key": "id", "columns": columns]]
      let problems = try Neighbours("id\n1\n", ("u", "id\n1\n")).problems(rules)
      #expect(problems.first?.headline.hasPrefix(words) == true, "\(problems)")
    }
  }

  @Test(arguments: ["1", "1%", "absolute", "-1 absolute", "1 relative", "x absolute", "1% absolute", "% relative"])
  func whatIsNoDistanceIsAProblem(text: String) {
    let rules: Tree = ["same_rows_as": ["dataset": "u", "key": "id", "tolerance": .quoted(text)]]
    #expect(Gate.problems(rules).first?.headline.hasPrefix("expected a distance such as") == true)
  }

  /// What the rules declare decides how values are compared: as text where they say nothing.
  @Test func theDeclaredTypeDecides() async throws {
    let (here, there) = ("id,a\n1,1.50\n", "id,a\n1,1.5\n")
    #expect(try await Self.finding(here, there).outcome == .failed)
    let typed: Tree = ["same_rows_as": ["dataset": "u", "key": "id"], "columns": ["a": ["type": "number"]]]
    #expect(try await Neighbours(here, ("u", there)).finding("same_rows_as", typed).outcome == .passed)
    let tables = Neighbours(here, ("u", there), rules: ["u": ["columns": ["a": ["type": "number"]]]])
    #expect(try await tables.finding("same_rows_as", Self.rules).outcome == .passed)
  }

  @Test(arguments: [("1 row", Outcome.passed), ("50%", .passed), ("0 rows", .failed), ("10%", .failed)])
  func someMayDiffer(allow: String, outcome: Outcome) async throws {
    let finding = try await Self.finding("id,a\n1,x\n2,y\n", "id,a\n1,x\n2,z\n", ("allow", .scalar(allow)))
    #expect(finding.outcome == outcome)
  }

  @Test(
    arguments: [
      ("id,a\n", Optional("id,a\n1,x\n"), Reason.nothingToEvaluate), ("id,a\n1,x\n", "id,a\n", .nothingToEvaluate),
      ("id,a\n,x\n", "id,a\n1,x\n", .nothingToEvaluate), ("id,a\n1,x\n", "id,a\n,x\n", .nothingToEvaluate),
      ("id,a\n1,x\n", "a\nx\n", .io), ("id,a\n1,x\n", nil, .io),
    ] as [(String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let finding = try await Self.finding(here, there)
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  @Test(arguments: ["here", "there"])
  func sensitiveValuesOfEitherSideAreHidden(side: String) async throws {
    let hidden: Tree = ["id": ["sensitive": "true"], "a": ["sensitive": "true"]]
    let rules: Tree = ["same_rows_as": ["dataset": "u", "key": "id"], "columns": side == "here" ? hidden : [:]]
    let tables = Neighbours(
      "id,a\n111222,333444\n999888,1\n", ("u", "id,a\n111222,555666\n777666,1\n777666,1\n"),
      rules: side == "here" ? [:] : ["u": ["columns": hidden]])
    let findings = try await tables.findings(rules)
    #expect(findings.contains { $0.outcome == .failed })
    for value in ["111222", "333444", "555666", "999888", "777666"] { #expect(!"\(findings)".contains(value)) }
  }

  @Test func theMemoryAndTheThreadsDoNotMatter() async throws {
    var generator = SeededGenerator(seed: 33)
    func table() -> String {
      "id,a\n"
        + (0..<9000).map { _ in
          "\(Int.random(in: 0..<9000, using: &generator)),\(Int.random(in: 0..<3, using: &generator))\n"
        }.joined()
    }
    var tables = Neighbours(table(), ("u", table()))
    let expected = try await tables.findings(Self.rules)
    #expect(expected.count { $0.outcome == .failed } == 1)
    for (memory, threads) in [(1, 1), (1, 4), (256 << 20, 4)] {
      (tables.memory, tables.threads) = (memory, threads)
      #expect(try await tables.findings(Self.rules) == expected)
    }
  }
}
