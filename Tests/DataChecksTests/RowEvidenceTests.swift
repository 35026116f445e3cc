import DataChecks
import Testing
import Verdict

/// What stands beside the rows that a finding shows, and which values violate most.
@Suite struct RowEvidenceTests {
  private static let table = "id,k,a,s\n1,x,N/A,p\n2,y,-,q\n3,x,N/A,q\n4,z,ok,q\n5,,N/A,p\n"
  private static let check: (String, Tree) = ("a", ["in": ["ok"]])

  private func keys(_ columns: [(String, Tree)], _ further: (String, Tree)...) async throws -> [String?] {
    let rules = Tree.mapping([("columns", .mapping(columns + [Self.check]))] + further)
    return try await Gate.finding("a.in", rules, on: Self.table).evidence.samples.map(\.key)
  }

  @Test func theKeyIsSaidOrFollowsFromTheRules() async throws {
    let id: (String, Tree) = ("id", ["required": "true", "unique": "true"])
    #expect(try await keys([]) == [nil, nil, nil, nil])
    #expect(try await keys([id]) == ["id = 1", "id = 2", "id = 3", "id = 5"])
    #expect(try await keys([id], ("keys", [["k", "s"]])).first == "id = 1")
    let both = try await keys([("id", ["unique": "true"])], ("keys", [["k", "s"]]))
    #expect(both == ["k = x, s = p", "k = y, s = q", "k = x, s = q", "k = (no value), s = p"])
    #expect(try await keys([id], ("row_key", "k")) == ["k = x", "k = y", "k = x", "k = (no value)"])
    #expect(try await keys([], ("row_key", ["s", "a", "id"])).first == "s = p, id = 1")
  }

  @Test func aRuleOnAPartOfTheRowsOrASensitiveColumnIsNoKey() async throws {
    let part: Tree = [["columns": ["k", "s"], "where": .quoted("id > '1'"), "id": "part"], ["id", "k"]]
    #expect(try await keys([], ("keys", part)).first == "id = 1, k = x")
    let secret: (String, Tree) = ("id", ["required": "true", "unique": "true", "sensitive": "true"])
    #expect(try await keys([secret]) == [nil, nil, nil, nil])
  }

  @Test func aKeyThatCannotBeShownIsAMistake() {
    let secret = Gate.problems(["columns": ["id": ["sensitive": "true"]], "row_key": "id"])
    #expect(secret.map(\.headline) == ["\"id\" is sensitive, and the values of a row's key are shown"])
    #expect(secret.first?.location?.lineText.contains("id") == true)
    let twice = Gate.problems(["columns": ["id": .mapping([])], "row_key": ["id", "id"]])
    #expect(twice.map(\.headline) == ["a row's key is a list of different columns"])
  }

  @Test func aKeyThatIsAbsentIsFoundToBe() async throws {
    let rules: Tree = ["columns": ["a": ["in": ["ok"]]], "row_key": "gone"]
    #expect(try await Gate.finding("gone.present", rules, on: Self.table).outcome == .failed)
    #expect(try await Gate.finding("a.in", rules, on: Self.table).evidence.samples.map(\.key) == [nil, nil, nil, nil])
  }

  @Test func frequentValuesComeFirst() async throws {
    let finding = try await Gate.finding("a.in", ["columns": ["a": ["in": ["ok"]]]], on: Self.table)
    #expect(finding.evidence.frequent == [.init("\"N/A\"", count: 3), .init("\"-\"", count: 1)])
    let hidden = try await Gate.finding(
      "a.in", ["columns": ["a": ["in": ["ok"], "sensitive": "true"]]], on: "a\n-\nN/A\nN/A\n")
    #expect(hidden.evidence.samples.map(\.value) == ["hidden value 1", "hidden value 2", "hidden value 2"])
    #expect(hidden.evidence.frequent == [.init("hidden value 2", count: 2), .init("hidden value 1", count: 1)])
    let passed = try await Gate.finding("a.not_in", ["columns": ["a": ["not_in": ["x"]]]], on: Self.table)
    #expect(passed.evidence.frequent.isEmpty)
    let missing = try await Gate.finding("k.required", ["columns": ["k": ["required": "true"]]], on: Self.table)
    #expect(missing.outcome == .failed && missing.evidence.frequent.isEmpty)
  }
}
