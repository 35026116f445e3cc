import DataChecks
import Scan
import TestSupport
import Testing
import Verdict

/// Checks that judge groups are those checks of tables that hold one group each.
@Suite struct GroupCheckTests {
  private static let columnChecks: [(String, Tree)] = [
    ("unique", "true"), ("distinct", ["at_least": "3"]), ("distinct", ["at_most": "60%"]),
    ("distinct", ["at_most": "3", "exact": "never"]), ("occurring_once", ["at_most": "40%"]),
    ("occurring_once", ["at_least": "30%", "of": "values"]), ("entropy", ["at_least": "0.9"]),
    ("most_common", ["value_in": ["p", "q"]]), ("most_common", ["share": ["at_most": "60%"]]),
  ]
  private static let tableRules: [(String, String, [(String, Tree)])] = [
    ("keys", "c", [("columns", ["a", "b"]), ("id", "c")]), ("primary_key", "primary_key", [("columns", ["a", "b"])]),
    ("duplicate_rows", "duplicate_rows", [("at_most", "10%")]),
    ("mutual_information", "c", [("columns", ["a", "b"]), ("at_least", "0.3"), ("id", "c")]),
    (
      "mutual_information", "c",
      [("columns", ["a", "b"]), ("at_most", "0.8"), ("normalized", "true"), ("id", "c")]
    ),
  ]

  private static let groups = ["x", "y", ""]

  private static func rows(_ count: Int, _ generator: inout SeededGenerator) -> [(group: String, rest: String)] {
    (0..<count).map { _ in
      let (a, b) = (["p", "q", "r", "s", ""], ["1", "2", "1.0", ""])
      let rest = "\(a.randomElement(using: &generator) ?? ""),\(b.randomElement(using: &generator) ?? "")"
      return (groups.randomElement(using: &generator) ?? "", rest)
    }
  }

  private static func csv(_ rows: [(group: String, rest: String)]) -> String {
    "g,a,b\n" + rows.map { "\($0.group),\($0.rest)\n" }.joined()
  }

  /// Judges random tables by groups, and every group of them by itself.
  private func check(_ name: String, _ rules: ([(String, Tree)]) -> Tree) async throws {
    let order: [Outcome] = [.errored, .failed, .inconclusive, .passed, .skipped]
    var generator = SeededGenerator(seed: 41)
    var seen: Set<Outcome> = []
    for round in 0..<40 {
      let rows = Self.rows(Int.random(in: 1...24, using: &generator), &generator)
      var table = Neighbours(Self.csv(rows))
      (table.threads, table.memory) = (1 + round % 3, round % 2 == 0 ? 1 : 256 << 20)
      let found = try await table.finding(name, rules([("group_by", "g")]))
      var parts: [Finding] = []
      for group in Self.groups {
        let part = rows.filter { $0.group == group }
        if !part.isEmpty { parts.append(try await Neighbours(Self.csv(part)).finding(name, rules([]))) }
      }
      let worst = order.first { outcome in parts.contains { $0.outcome == outcome } }
      #expect(found.outcome == worst, "round \(round): \(found.message), \(parts.map(\.message))")
      #expect(found.evidence.counts?.evaluated == parts.compactMap(\.evidence.counts?.evaluated).reduce(0, +))
      if let worst, worst != .passed {
        #expect(parts.contains { $0.outcome == worst && found.message.hasSuffix($0.message) }, "\(found.message)")
      }
      if let worst { seen.insert(worst) }
    }
    #expect(seen.count > 1)
  }

  @Test(arguments: columnChecks.indices)
  func columns(index: Int) async throws {
    let check = Self.columnChecks[index]
    try await self.check("a.c") { further in
      ["columns": ["a": ["checks": [.mapping([check, ("id", "c")] + further)]]]]
    }
  }

  @Test(arguments: tableRules.indices)
  func tables(index: Int) async throws {
    let (kind, name, keys) = Self.tableRules[index]
    let isList = kind == "keys" || kind == "mutual_information"
    try await self.check(name) { further in
      let rule = Tree.mapping(keys + further)
      return .mapping([(kind, isList ? [rule] : rule)])
    }
  }

  @Test func whatIsRepeatedIsNamedWithItsGroup() async throws {
    let rules: Tree = ["columns": ["a": ["checks": [["unique": "true", "group_by": "g", "allow": "1 rows"]]]]]
    let table = "g,a\nx,1\ny,1\ny,2\ny,1\ny,1\n"
    let finding = try await Gate.finding("a.unique", rules, on: table)
    #expect(finding.outcome == .failed)
    #expect(
      finding.message
        == "in 1 of 2 groups by g it does not hold; "
        + "g = y: 2 of 4 rows repeat the value of an earlier row (50%), more than the 1 row allowed")
    #expect(finding.evidence.counts?.all == [5, 0, 5, 2])
    #expect(finding.evidence.samples.map(\.line) == [5, 6])
    #expect(finding.evidence.samples.first?.value == "\"1\", first in line 3")
  }

  @Test func columnsThatOccurLateAreToldOfGroupsToo() async throws {
    let late = (0..<2000).map { "{\"g\": \"x\", \"a\": \($0)}\n" }.joined() + "{\"g\": \"y\", \"a\": 1, \"z\": 1}\n"
    for scope in [("group_by", "g"), ("where", "a >= 0")] as [(String, Tree)] {
      let rules: Tree = ["duplicate_rows": .mapping([("at_most", "0%"), scope])]
      let whole = try await Gate.finding(
        "duplicate_rows", ["duplicate_rows": ["at_most": "0%"]], on: late, format: .jsonLines)
      let finding = try await Gate.finding("duplicate_rows", rules, on: late, format: .jsonLines)
      let notes = whole.evidence.notes.filter { $0.contains("\"z\"") }
      #expect(notes.allSatisfy(finding.evidence.notes.contains), "\(finding.evidence.notes)")
    }
  }

  @Test(
    arguments: [
      (
        ["schema_as": ["dataset": "u", "where": "a > 1"]],
        "\"schema_as\" does not judge rows, so there are none to leave out"
      ),
      (
        ["column_count": ["at_least": "1", "group_by": "a"]],
        "\"column_count\" does not judge rows, so there are no groups of them"
      ),
      (["rows": ["at_least": "1", "allow": "1%"]], "\"rows\" judges no rows one by one, so there is nothing to allow"),
      (
        ["rows_where": [["expect": "a > 1", "where": "a > 0"]]],
        "\"rows_where\" has when: for the rows that it speaks of"
      ),
      (
        ["same_rows_as": ["dataset": "u", "key": "a", "group_by": "a"]],
        "\"same_rows_as\" compares row by row, and a row is the same in any group: where picks some of them"
      ),
      (["groups": [["by": "a", "as_in": "u", "group_by": "a"]]], "\"groups\" is about the groups of its own by:"),
      (
        ["columns": ["a": ["checks": [["stored_as": "text", "group_by": "a"]]]]],
        "\"stored_as\" does not judge rows, so there are no groups of them"
      ),
    ] as [(Tree, String)])
  func whatHasNoMeaningIsToldWithItsPlace(rules: Tree, words: String) throws {
    let problems = try Neighbours("a\n1\n", ("u", "a\n1\n")).problems(rules)
    #expect(problems.map(\.headline) == [words] && problems.first?.location != nil)
  }
}
