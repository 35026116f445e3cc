import DataChecks
import Scan
import TestSupport
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

  /// What only all rows together tell, too: which repeat another one, or have no partner.
  @Test func rowsAmongOthersHaveTheirKeysAndFrequencies() async throws {
    let csv = "id,k,s\n1,x,p\n2,y,p\n3,x,p\n4,,p\n5,x,p\n6,y,p\n7,z,p\n"
    let unique = try await Gate.finding("k.unique", ["row_key": "id", "columns": ["k": ["unique": "true"]]], on: csv)
    #expect(unique.evidence.samples.map(\.key) == ["id = 3", "id = 5", "id = 6"])
    #expect(unique.evidence.frequent == [.init("\"x\"", count: 3), .init("\"y\"", count: 2)])
    let all = try await Gate.findings(["row_key": ["s", "id"], "keys": [["k", "s"]]], on: csv)
    let keys = try #require(all.first { $0.kind == "keys" })
    // What stands in the value already is not said again.
    #expect(
      keys.evidence.samples.first
        == .init(
          file: "t.csv", line: 4, key: "id = 3", value: "k = \"x\", s = \"p\", first in line 2"))
    #expect(keys.evidence.frequent.first == .init("k = \"x\", s = \"p\"", count: 3))
    let rows = ArrowTable([("id", .integers([7, 8, 9])), ("k", .texts(["x", "y", "x"]))]).stream
    let typed = try await Gate.findings(
      ["row_key": "id", "columns": ["k": ["unique": "true"]]], on: rows, format: .arrow)
    let repeated = typed.first { $0.kind == "unique" }?.evidence.samples.first
    #expect(repeated?.row == 3 && repeated?.key == "id = 9" && repeated?.name == "row 3, id = 9")
    let alone = try await Gate.finding("k.unique", ["columns": ["k": ["unique": "true"]]], on: csv)
    #expect(alone.evidence.samples.map(\.key) == [nil, nil, nil])
  }

  @Test func unknownCodesHaveThemToo() async throws {
    let rules: Tree = ["row_key": "b", "columns": ["a": ["references": "u.code"]]]
    let here = "b,a\n1,x\n2,q\n3,r\n4,q\n"
    let finding = try await Neighbours(here, ("u", "code\nx\n")).finding("a.references", rules)
    #expect(finding.evidence.samples.map(\.key) == ["b = 2", "b = 3", "b = 4"])
    #expect(finding.evidence.frequent == [.init("\"q\"", count: 2), .init("\"r\"", count: 1)])
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
