import DataChecks
import Testing
import Verdict

@Suite struct RowsMatchCheckTests {
  private static func table(_ rows: Int) -> String { "a\n" + String(repeating: "1\n", count: rows) }

  @Test(
    arguments: [
      (4, 4, nil, nil, Outcome.passed), (4, 5, nil, nil, .failed), (0, 5, nil, nil, .failed),
      (5, 0, nil, nil, .errored),
      (99, 100, "1%", nil, .passed), (98, 100, "1%", nil, .failed), (101, 100, "1%", nil, .passed),
      (7, 5, "2 rows", nil, .passed), (8, 5, "2 rows", nil, .failed), (10, 5, nil, "2", .passed),
      (5, 10, nil, "0.5", .passed), (5, 5, nil, "2", .failed), (0, 5, "100%", nil, .failed),
    ] as [(Int, Int, String?, String?, Outcome)])
  func asManyRows(here: Int, there: Int, within: String?, times: String?, outcome: Outcome) async throws {
    var rule: [(String, Tree)] = [("dataset", "u")]
    if let within { rule.append(("within", .scalar(within))) }
    if let times { rule.append(("times", .scalar(times))) }
    let finding = try await Neighbours(Self.table(here), ("u", Self.table(there))).finding(
      "rows_match", ["rows_match": .mapping(rule)])
    #expect(finding.outcome == outcome, "\(finding.message)")
    if outcome != .errored { #expect(finding.evidence.observed == Quantity(Double(here), .rows)) }
  }

  @Test func theShortForm() async throws {
    let tables = Neighbours(Self.table(3), ("u", Self.table(4)))
    let finding = try await tables.finding("rows_match", ["rows_match": "u"])
    #expect(finding.message == "the table has 3 rows, u has 4: 25% apart")
    #expect(try tables.problems(["rows_match": "v"]).map(\.headline) == ["the config names no dataset \"v\""])
    #expect(try tables.problems(["rows_match": ["dataset": "u", "times": "0"]]).count == 1)
    let gone = try await Neighbours(Self.table(3), ("u", nil)).finding("rows_match", ["rows_match": "u"])
    #expect(gone.outcome == .errored && gone.reason == .io)
  }
}

@Suite struct SchemaAsCheckTests {
  @Test(
    arguments: [
      ("a,b", "a,b", "false", nil), ("a,b", "b,a", "false", nil),
      ("a,b", "b,a", "true", "\"a\" stands where u has \"b\""),
      ("a,b,c", "a,b", "true", "u has no column \"c\""), ("a", "a,b", "false", "the column \"b\" of u is missing"),
      ("c", "a", "false", "2 differences from u: the column \"a\" of u is missing, …"),
    ] as [(String, String, String, String?)])
  func theColumnsAreThoseOfTheOther(here: String, there: String, order: String, problem: String?) async throws {
    func table(_ header: String) -> String { header + "\n" + header + "\n" }
    let finding = try await Neighbours(table(here), ("u", table(there))).finding(
      "schema_as", ["schema_as": ["dataset": "u", "order": .scalar(order)]])
    #expect(finding.outcome == (problem == nil ? .passed : .failed))
    if let problem { #expect(finding.message == problem) }
    #expect(finding.evidence.notes.contains { $0.contains("declares no type") } == !(here == "c"))
  }

  @Test func whatCannotBeOpenedIsAnError() async throws {
    let finding = try await Neighbours("a\n1\n", ("u", nil)).finding("schema_as", ["schema_as": "u"])
    #expect(finding.outcome == .errored && finding.reason == .io)
    let one = try await Neighbours("a\n1\n", ("u", "a\n1\n")).finding("schema_as", ["schema_as": "u"])
    #expect(one.outcome == .passed && one.message == "1 column as in u")
  }
}

@Suite struct GroupsCheckTests {
  private static let rules: Tree = ["groups": [["by": "g", "as_in": "u"]]]

  @Test func theSameGroupsPass() async throws {
    let finding = try await Neighbours("g,h\nx,1\ny,1\nx,2\n,3\n", ("u", "h,g\n1,y\n2,x\n3,\n")).finding(
      "\"groups g\"", Self.rules)
    #expect(finding.outcome == .passed, "\(finding.message)")
  }

  @Test func newAndVanishedGroupsAreNamed() async throws {
    let tables = Neighbours("g,h\nx,1\ny,1\ny,1\nx,2\n", ("u", "g,h\nx,1\nz,1\n,1\n"))
    let finding = try await tables.finding("\"groups g\"", Self.rules)
    #expect(finding.outcome == .failed)
    #expect(finding.message == "1 of 2 groups by g is new, 2 of the 3 in u have vanished: g = y")
    #expect(finding.evidence.samples.map(\.key) == ["new", "vanished", "vanished"])
    #expect(finding.evidence.samples.map(\.value) == ["g = y: 2 rows", "g has no value: 1 row", "g = z: 1 row"])
    let pair: Tree = ["groups": [["by": ["g", "h"], "as_in": "u", "vanished": "allow", "id": "pair"]]]
    let pairs = try await tables.finding("pair", pair)
    #expect(pairs.message == "2 of 3 groups by g, h are new: g = x, h = 2")
  }

  @Test(arguments: [("allow", "fail", Outcome.passed), ("fail", "allow", .failed)] as [(String, String, Outcome)])
  func eitherMayBeAllowed(new: String, vanished: String, outcome: Outcome) async throws {
    let rules: Tree = ["groups": [["by": "g", "as_in": "u", "new": .scalar(new), "vanished": .scalar(vanished)]]]
    let finding = try await Neighbours("g\nx\ny\n", ("u", "g\nx\n")).finding("\"groups g\"", rules)
    #expect(finding.outcome == outcome)
    let both: Tree = ["groups": [["by": "g", "as_in": "u", "new": "allow", "vanished": "allow"]]]
    #expect(Gate.problems(both).count == 1)
  }

  @Test(
    arguments: [
      ("g,h\n", Optional("g\nx\n"), Reason.nothingToEvaluate), ("g,h\n,1\n", "g\nx\n", .nothingToEvaluate),
      ("g,h\nx,1\n", "g,h\n", .nothingToEvaluate), ("g,h\nx,1\n", "g,h\n,1\n", .nothingToEvaluate),
      ("g,h\nx,1\n", "h\n1\n", .io), ("g,h\nx,1\n", nil, .io),
    ] as [(String, String?, Reason)])
  func whereNothingCanBeToldNothingPasses(here: String, there: String?, reason: Reason) async throws {
    let finding = try await Neighbours(here, ("u", there)).finding("\"groups g\"", Self.rules)
    #expect(finding.outcome == .errored && finding.reason == reason, "\(finding.message)")
  }

  @Test func tooManyGroupsAreALimit() async throws {
    let many = "g\n" + (0...5000).map { "\($0)\n" }.joined()
    for (here, there) in [(many, "g\n1\n"), ("g\n1\n", many)] {
      let finding = try await Neighbours(here, ("u", there)).finding("\"groups g\"", Self.rules)
      #expect(finding.outcome == .errored && finding.reason == .limit)
    }
  }

  @Test func sensitiveGroupsAreCounted() async throws {
    let tables = Neighbours(
      "g\n111222\n", ("u", "g\n333444\n"), rules: ["u": ["columns": ["g": ["sensitive": "true"]]]])
    let finding = try await tables.finding("\"groups g\"", Self.rules)
    #expect(finding.outcome == .failed && finding.message == "1 of 1 groups by g is new, 1 of the 1 in u has vanished")
    #expect(!"\(finding)".contains("111222") && !"\(finding)".contains("333444"))
  }
}
