import DataChecks
import Testing
import Verdict

@Suite struct SuccessionCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func finding(
    _ kind: String, _ rule: Tree, _ type: String, _ values: [String], _ more: [(String, Tree)] = []
  ) async throws -> Finding {
    let rules: Tree = ["columns": ["a": .mapping([("type", .scalar(type)), (kind, rule)] + more)]]
    return try await Gate.finding("a." + kind, rules, on: csv(values))
  }

  @Test(
    arguments: [
      ("increasing", "true", "integer", ["1", "", "1", "10"], true),
      ("increasing", "strictly", "integer", ["1", "1"], false),
      ("increasing", "true", "string", ["10", "9"], true), ("increasing", "true", "integer", ["10", "9"], false),
      ("increasing", "strictly", "date", ["2023-12-31", "2024-01-01"], true),
      ("increasing", "true", "timestamp", ["2024-01-01T00:00Z", "2024-01-01T00:30+01:00"], false),
      ("increasing", "strictly", "time", ["07:30", "07:30:00.000000001", "19:00"], true),
      ("increasing", "strictly", "time", ["07:30", "07:30:00"], false),
      ("sequential", ["step": "15m"], "time", ["23:30", "23:45:00"], true),
      ("sequential", ["step": "15m"], "time", ["23:45", "00:00"], false),
      ("decreasing", "true", "number", ["inf", "1e3", "1000", "-0", "0"], true),
      ("decreasing", "strictly", "number", ["-0", "0"], false), ("decreasing", "true", "string", ["b", "é"], false),
      ("sequential", "true", "integer", ["7", "", "8", "9"], true),
      ("sequential", "true", "integer", ["7", "9"], false),
      ("sequential", ["step": "-5"], "integer", ["10", "5", "0"], true),
      ("sequential", "true", "date", ["2024-02-28", "2024-02-29", "2024-03-01"], true),
      ("sequential", ["step": "7d"], "date", ["2024-02-28", "2024-03-06"], true),
      ("sequential", ["step": "15m"], "timestamp", ["2024-02-28T23:45Z", "2024-02-29T00:00Z"], true),
      ("sequential", ["step": "15m"], "timestamp", ["2024-02-28T23:45Z", "2024-02-29T00:00:01Z"], false),
    ] as [(String, Tree, String, [String], Bool)])
  func holdsEachValueAgainstTheOneBefore(
    kind: String, rule: Tree, type: String, values: [String], holds: Bool
  ) async throws {
    let finding = try await Self.finding(kind, rule, type, values)
    #expect(finding.outcome == (holds ? .passed : .failed), "\(finding.message)")
    #expect(finding.evidence.counts?.violating == (holds ? 0 : 1))
    // One value follows none.
    #expect(try await Self.finding(kind, rule, type, Array(values.prefix(1))).outcome == .errored)
  }

  @Test func showsTheRowBefore() async throws {
    let finding = try await Self.finding("increasing", "true", "integer", ["1", "5", "", "4", "9"])
    #expect(finding.message == "1 of 4 values are less than the value before (25%)")
    #expect(finding.evidence.samples.map(\.line) == [5])
    #expect(finding.evidence.samples.map(\.value) == ["value = \"4\", before = \"5\", in line 3"])
    #expect(finding.evidence.limit == .text("not less than the value before"))
    let hidden = try await Self.finding("increasing", "true", "integer", ["5", "4"], [("sensitive", "true")])
    #expect(hidden.evidence.samples.map(\.value) == ["value = hidden value 1, before = hidden value 2, in line 2"])
    let nan = try await Self.finding("decreasing", "true", "number", ["2", "nan", "1"])
    #expect(nan.evidence.samples.map(\.value) == ["value = \"nan\""])
    let gap = try await Self.finding(
      "sequential", ["step": "1h"], "timestamp", ["2024-01-01T00:00Z", "2024-01-01T02:00Z"])
    #expect(gap.message == "1 of 2 values are not the value before and 60m more (50%)")
  }

  @Test(arguments: ["increasing", "decreasing", "sequential"])
  func nothingToHoldIsNoPass(kind: String) async throws {
    for values in [[], ["", ""]] as [[String]] {
      let finding = try await Self.finding(kind, "true", "integer", values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let other = try await Self.finding(kind, "true", "integer", ["x", "y"])
    #expect(other.outcome == .skipped && other.reason == .dependency)
    let off = try await Gate.findings(["columns": ["a": ["type": "integer", kind: "false"]]], on: Self.csv(["1"]))
    #expect(!off.contains { $0.kind == kind })
    let allowed = try await Self.finding(
      kind, "true", "integer", (1...99).map { "\($0)" } + ["7"], [("allow", "2%")])
    #expect(allowed.outcome == (kind == "decreasing" ? .failed : .passed))
  }

  /// One value follows no other, in the table or in each of its groups.
  @Test(arguments: ["increasing", "decreasing", "sequential"])
  func oneValueIsNothingToCompare(kind: String) async throws {
    for values in [["1"], ["", "1", ""]] {
      let finding = try await Self.finding(kind, "true", "integer", values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate, "\(finding.message)")
    }
    let rules: Tree = ["columns": ["a": ["type": "integer", "checks": [[kind: "true", "group_by": "b"]]]]]
    let grouped = try await Gate.finding("a." + kind, rules, on: "a,b\n1,x\n2,y\n")
    #expect(grouped.outcome == .errored && grouped.reason == .nothingToEvaluate, "\(grouped.message)")
    // Beside groups that can be judged, one that cannot is no error.
    let others = try await Gate.finding("a." + kind, rules, on: "a,b\n1,x\n7,y\n1,y\n9,y\n")
    #expect(others.outcome == .failed && others.message.contains("b = y"), "\(others.message)")
  }

  /// In each group by itself: as a whole the order of the table is broken.
  @Test func groupsHaveOrdersOfTheirOwn() async throws {
    let csv = "a,g\n" + (0..<30).map { "\($0 / 3),\(["x", "y", "z"][$0 % 3])\n" }.joined() + "3,x\n"
    let rules: Tree = [
      "columns": [
        "a": [
          "type": "integer",
          "checks": [
            ["sequential": "true", "group_by": "g"], ["increasing": "strictly", "where": "g = 'y'"],
            ["increasing": "true", "id": "whole"],
          ],
        ]
      ]
    ]
    let findings = try await Gate.findings(rules, on: csv)
    let groups = try #require(findings.first { $0.kind == "sequential" })
    #expect(groups.outcome == .failed && groups.message.hasPrefix("in 1 of 3 groups by g it does not hold; g = x:"))
    #expect(groups.evidence.samples.map(\.value) == ["value = \"3\", before = \"9\", in line 29"])
    #expect(findings.first { $0.id.check == "increasing" }?.outcome == .passed)
    #expect(findings.first { $0.id.check == "whole" }?.evidence.counts?.violating == 1)
  }

  @Test(
    arguments: [
      (["increasing": "true"], "\"increasing\" needs the type of \"a\""),
      (["sequential": "true"], "\"sequential\" needs the type of \"a\""),
      (["type": "integer", "increasing": "sometimes"], "is not one of strictly"),
      (["type": "string", "sequential": "true"], "a column of type string has no sequence"),
      (["type": "timestamp", "sequential": "true"], "1 is no step from one timestamp to the next"),
      (["type": "integer", "sequential": ["step": "1h"]], "is no step from one integer to the next"),
      (["type": "date", "sequential": ["step": "1h"]], "is no step from one date to the next"),
      (["type": "integer", "sequential": ["step": "0"]], "a step of 0 leads nowhere"),
      (["type": "integer", "sequential": ["step": "0.5"]], "expected a whole number"),
      (["type": "integer", "sequential": [:]], "the key \"step\" is missing"),
    ] as [(Tree, String)])
  func wrongRulesAreProblems(rule: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": rule]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
