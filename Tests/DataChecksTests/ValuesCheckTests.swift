import DataChecks
import Testing
import Verdict

@testable import Scan

@Suite struct ValuesCheckTests {
  private static func finding(
    _ relation: String, _ members: [String], _ values: [String], _ more: [(String, Tree)] = []
  ) async throws -> Finding {
    let set = Tree.sequence(members.map { .scalar($0) })
    let rules: Tree = ["columns": ["a": .mapping(more + [("values", .mapping([(relation, set)]))])]]
    return try await Gate.finding("a.values", rules, on: "a,b\n" + values.map { $0 + ",x\n" }.joined())
  }

  @Test(
    arguments: [
      ("subset_of", ["x", "y"], ["x", "", "x"], true), ("subset_of", ["x"], ["x", "y"], false),
      ("superset_of", ["x"], ["x", "y"], true), ("superset_of", ["x", "y"], ["x", "x"], false),
      ("equal_to", ["x", "y"], ["y", "x", "", "y"], true), ("equal_to", ["x", "y"], ["x"], false),
      ("equal_to", ["x"], ["x", "y"], false),
    ] as [(String, [String], [String], Bool)])
  func comparesSets(relation: String, members: [String], values: [String], holds: Bool) async throws {
    let finding = try await Self.finding(relation, members, values)
    #expect(finding.outcome == (holds ? .passed : .failed), "\(finding.message)")
    if holds { #expect(finding.evidence.counts?.violating == 0 && finding.evidence.samples.isEmpty) }
  }

  /// None is one too many for a superset, and what repeats is not all that occurs more than once: neither has rows to
  /// write.
  @Test(arguments: [("superset_of", false), ("subset_of", true), ("equal_to", true)])
  func onlyWhatViolatesIsWritten(relation: String, judges: Bool) async throws {
    let finding = try await Self.finding(relation, ["x"], ["x", "y"])
    #expect(finding.judgesRows == judges)
    let once: Tree = ["columns": ["a": ["occurring_once": ["at_least": "90%"]]]]
    let found = try await Gate.finding("a.occurring_once", once, on: "a\n2\n1\n2\n")
    #expect(found.outcome == .failed && found.evidence.counts?.violating == 2 && !found.judgesRows)
  }

  @Test func largeNumbersAreToldApartByTheirDigits() async throws {
    let values = ["9007199254740993", "9007199254740992.0", "1.0"]
    let found = try await Self.finding(
      "equal_to", ["1", "9007199254740992", "9007199254740994"], values, [("type", "number")])
    #expect(
      found.message
        == "one of the 3 values does not occur: 9007199254740994; one value is not in the set, in 1 row: \"9007199254740993\""
    )
  }

  @Test func listsWhatIsMissingAndWhatIsUnexpected() async throws {
    let finding = try await Self.finding(
      "equal_to", ["1", "2", "3"], ["1.0", "7", "", "8", "7"], [("type", "number")])
    #expect(
      finding.message
        == "2 of the 3 values do not occur: 2, 3; 2 values are not in the set, in 3 rows: \"7.0\", \"8.0\"")
    #expect(finding.evidence.counts?.all == [5, 1, 4, 3])
    #expect(finding.evidence.samples.map(\.line) == [3, 5, 6])
    #expect(finding.evidence.limit == .text("equal_to [1, 2, 3]"))
    let missing = try await Self.finding("superset_of", ["x", "y"], ["x", "z"])
    #expect(missing.message == "one of the 2 values does not occur: y" && missing.evidence.samples.isEmpty)
    let hidden = try await Self.finding("subset_of", ["x"], ["s3cr3t", "x"], [("sensitive", "true")])
    #expect(hidden.message == "one value is not in the set, in 1 row" && !"\(hidden)".contains("s3cr3t"))
    let many = try await Self.finding("subset_of", ["x"], (0...ObservedMembers.limit).map { "v\($0)" })
    #expect(many.message.hasPrefix("more than 100 values are not in the set, in 101 rows: \"v0\", \"v1\""))
    #expect(many.message.hasSuffix("\"v9\", …"))
    let passed = try await Self.finding("equal_to", ["x", "y"], ["y", "x"])
    #expect(passed.message == "all 2 values of the set occur, and no other")
  }

  @Test(arguments: ["subset_of", "superset_of", "equal_to"])
  func nothingToCompareIsNoPass(relation: String) async throws {
    for values in [[], ["", ""]] as [[String]] {
      let finding = try await Self.finding(relation, ["x"], values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let other = try await Self.finding(relation, ["1"], ["x", "y"], [("type", "integer")])
    #expect(other.outcome == .skipped && other.reason == .dependency)
    let some = try await Self.finding(relation, ["1"], ["x", "1"], [("type", "integer")])
    #expect(some.outcome == .passed && some.evidence.notes.contains { $0.contains("data.t.a.type") })
  }

  @Test(
    arguments: [
      (["values": ["subset_of": ["x"], "equal_to": ["x"]]], "holds exactly one of"),
      (["values": [:]], "holds exactly one"),
      (["values": ["subset_of": []]], "an empty set"),
      (["type": "integer", "values": ["equal_to": ["x"]]], "\"x\" is no integer"),
    ] as [(Tree, String)])
  func wrongRulesAreProblems(rule: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": rule]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
