import DataChecks
import FoundationEssentials
import Language
import Scan
import TestSupport
import Testing
import Verdict

/// Checks on points in time: how new, how complete, how late.
@Suite struct TimeCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  /// The finding at a moment of the run.
  private static func finding(_ name: String, _ tree: Tree, on csv: String, now: String) async throws -> Finding {
    let file = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString)
    try Data(csv.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var problems = Problems()
    let rules = try #require(Rules.shape.decode(tree.node(), &problems), "\(problems)")
    let subject = Gate.subject(rules, path: file.path(), CSVDialect(), &problems)
    try #require(problems.isEmpty, "\(problems)")
    let seconds = try #require(Literal.integer(now, as: .timestamp)) / 1_000_000
    let context = RunContext(workingDirectory: "/", environment: [:], now: seconds)
    let findings = await subject.evaluate(Selection(), in: context)
    return try #require(findings.first { $0.id.description == "data.t." + name }, "\(findings.map(\.id))")
  }

  private static func column(
    _ kind: String, _ rule: Tree, _ values: [String], _ column: [(String, Tree)] = [("type", "timestamp")],
    now: String = "2013-02-01T12:00:00Z"
  ) async throws -> Finding {
    try await finding("a." + kind, ["columns": ["a": .mapping(column + [(kind, rule)])]], on: csv(values), now: now)
  }

  // MARK: - freshness

  @Test(
    arguments: [
      ("24h", "2013-01-31T12:00:00Z", .passed), ("24h", "2013-01-31T11:59:59Z", .failed),
      ("0s", "2013-02-01T12:00:00Z", .passed), ("24h", "2013-01-31T14:00:00+02:00", .passed),
      ("1d", "2013-01-31T12:00:01.5", .passed), ("24h", "2013-02-01T12:00:01Z", .failed),
    ] as [(Tree, String, Outcome)])
  func freshnessIsTheAgeOfTheNewest(limit: Tree, newest: String, outcome: Outcome) async throws {
    var generator = SeededGenerator(seed: 5)
    let values = ["2013-01-01T00:00:00Z", newest, "", "2012-01-01T00:00:00Z"].shuffled(using: &generator)
    let finding = try await Self.column("freshness", ["at_most": limit], values)
    #expect(finding.outcome == outcome, "\(finding.message)")
  }

  @Test func freshnessSaysWhatItKnows() async throws {
    let old = try await Self.column("freshness", ["at_most": "24h"], ["2013-01-30T12:00:00Z", ""])
    #expect(
      old.message
        == "the newest value is 2013-01-30T12:00:00Z, 2d before 2013-02-01T12:00:00Z, the limit is at most 24h")
    #expect(old.evidence.observed == Quantity(172_800, .seconds) && old.evidence.counts?.all == [2, 1, 1, 0])
    #expect(old.location?.lineText == "at_most: 24h")
    let future: [String] = ["2013-02-01T12:04:00Z", "2013-01-01T00:00:00Z"]
    let ahead = try await Self.column("freshness", ["at_most": "24h"], future)
    #expect(ahead.outcome == .failed && ahead.evidence.samples.map(\.line) == [2])
    #expect(
      ahead.message.hasPrefix("1 of 2 values lie in the future: the newest value is 2013-02-01T12:04:00Z, 4m after"))
    let near = try await Self.column("freshness", ["at_most": "24h", "max_future": "5m"], future)
    #expect(
      near.outcome == .passed && near.message.hasSuffix("4m after 2013-02-01T12:00:00Z")
        || near.message.contains("240s after"))
    let far = try await Self.column("freshness", ["at_most": "24h", "max_future": "3m"], future)
    #expect(far.outcome == .failed && far.message.contains("lie in the future by more than "))
    let hidden = try await Self.column(
      "freshness", ["at_most": "24h"], ["2013-01-30T12:00:00Z"], [("type", "timestamp"), ("sensitive", "true")])
    #expect(hidden.outcome == .failed && !hidden.message.contains("2013-01-30"))
  }

  @Test func aDateIsItsMidnight() async throws {
    let date: [(String, Tree)] = [("type", "date")]
    for (value, outcome) in [("2013-02-01", .passed), ("2013-01-31", .failed), ("2013-02-02", .failed)]
      as [(String, Outcome)]
    {
      let finding = try await Self.column("freshness", ["at_most": "24h"], [value], date)
      #expect(finding.outcome == outcome, "\(finding.message)")
    }
    let tomorrow = try await Self.column("freshness", ["at_most": "24h", "max_future": "12h"], ["2013-02-02"], date)
    #expect(tomorrow.outcome == .passed, "\(tomorrow.message)")
  }

  // MARK: - gaps

  @Test(
    arguments: [
      (["every": "1d"], ["2013-01-03T05:00Z", "2013-01-01T23:59Z", "2013-01-02T00:00Z", ""], nil),
      (
        ["every": "1d"], ["2013-01-05T05:00Z", "2013-01-01T23:59Z"],
        "3 of 5 periods of 24h from 2013-01-01 to 2013-01-05"
      ),
      (["every": "1d"], ["2013-01-03T05:00Z", "2013-01-01T23:59Z"], "1 of 3 periods of 24h"),
      (["every": "1h"], ["2013-01-01T00:59Z", "2013-01-01T01:00Z"], nil),
      (
        ["every": "7d"], ["2013-01-06T00:00Z", "2013-01-14T00:00Z"],
        "1 of 3 periods of 7d from 2012-12-31 to 2013-01-14"
      ),
      (
        ["every": "1w"], ["2013-01-06T00:00Z", "2013-01-14T00:00Z"],
        "1 of 3 periods of 7d from 2012-12-31 to 2013-01-14"
      ),
      (["every": "2w", "from": "2013-01-01"], ["2013-01-14T23:59Z", "2013-01-15T00:00Z"], nil),
      (["every": "1d", "from": "2012-12-31"], ["2013-01-01T00:00Z"], "1 of 2 periods of 24h from 2012-12-31 to"),
      (["every": "1d", "to": "2013-01-02T23:00Z"], ["2013-01-01T00:00Z"], "1 of 2 periods"),
      (["every": "1d", "from": "2013-01-01", "to": "2013-01-01"], ["2012-01-01T00:00Z", "2013-01-01T07:00Z"], nil),
      (["every": "1d", "from": "2013-01-01", "to": "2013-01-02"], ["2012-01-01T00:00Z"], "2 of 2 periods"),
      (["every": "1d", "from": "2013-01-01T06:00Z"], ["2013-01-01T07:00Z", "2013-01-02T05:00Z"], nil),
      (["every": "1mo"], ["2012-01-31T23:59Z", "2012-02-29T23:59Z", "2012-03-01T00:00Z"], nil),
      (
        ["every": "1mo"], ["2012-01-31T00:00Z", "2012-03-01T00:00Z"],
        "1 of 3 periods of 1mo from 2012-01-01 to 2012-03-01"
      ),
      (
        ["every": "1mo", "from": "2012-01-20", "to": "2012-04-01"], ["2012-02-01T00:00Z", "2012-03-31T00:00Z"],
        "2 of 4 periods"
      ),
      (["every": "1q"], ["2012-03-31T23:59Z", "2012-04-01T00:00Z", "2012-09-30T00:00Z"], nil),
      (
        ["every": "1q"], ["2012-03-31T00:00Z", "2012-07-01T00:00Z"],
        "1 of 3 periods of 3mo from 2012-01-01 to 2012-07-01"
      ),
      (["every": "1y"], ["1999-12-31T23:59Z", "2000-02-29T00:00Z", "2001-01-01T00:00Z"], nil),
      (
        ["every": "1y"], ["1999-12-31T00:00Z", "2001-01-01T00:00Z"],
        "1 of 3 periods of 1y from 1999-01-01 to 2001-01-01"
      ),
    ] as [(Tree, [String], String?)])
  func gapsArePeriodsWithoutAValue(rule: Tree, values: [String], words: String?) async throws {
    let finding = try await Self.column("gaps", rule, values)
    #expect(finding.outcome == (words == nil ? .passed : .failed), "\(finding.message)")
    #expect(finding.message.hasPrefix(words ?? "all "), "\(finding.message)")
    #expect(try await Self.column("gaps", rule, values.reversed()).message == finding.message)
  }

  @Test func gapsAreListed() async throws {
    let days = [1, 2, 5, 7, 8].map { "2013-01-0\($0)" }
    let finding = try await Self.column("gaps", ["every": "1d"], days, [("type", "date")])
    #expect(finding.message == "3 of 8 periods of 24h from 2013-01-01 to 2013-01-08 have no value")
    #expect(finding.evidence.samples.map(\.value) == ["2013-01-03 to 2013-01-04 (2 periods)", "2013-01-06"])
    #expect(finding.evidence.observed == Quantity(3) && finding.evidence.counts?.all == [5, 0, 5, nil])
    let many = try await Self.column(
      "gaps", ["every": "1d"],
      (10..<30).map { "2013-01-\($0)" }.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        + ["2013-03-01", "2013-05-01"], [("type", "date")])
    #expect(many.evidence.samples.count == 10 && many.evidence.notes == ["and 1 more gaps"])
  }

  @Test func gapsOfASensitiveColumnAreNotDated() async throws {
    let column: [(String, Tree)] = [("type", "date"), ("sensitive", "true")]
    for days in [["2013-01-01", "2013-01-03"], ["2013-01-01", "2013-01-02"]] {
      #expect(!"\(try await Self.column("gaps", ["every": "1d"], days, column))".contains("2013-01"))
    }
  }

  @Test func groupsHaveGapsOfTheirOwn() async throws {
    let rules: Tree = [
      "columns": ["a": ["type": "date", "checks": [["gaps": ["every": "1d"], "group_by": "b", "id": "g"]]]]
    ]
    let finding = try await Gate.finding(
      "a.g", rules, on: "a,b\n2013-01-01,x\n2013-01-02,y\n2013-01-03,x\n2013-01-03,y\n")
    #expect(finding.outcome == .failed && finding.message.contains("b = x: 1 of 3 periods"), "\(finding.message)")
  }

  // MARK: - lag

  private static func lag(
    _ further: [(String, Tree)], _ rows: [(String, String)], types: Bool = true
  ) async throws -> Finding {
    let rule = Tree.mapping([("event", "a"), ("load", "b"), ("at_most", "6h")] + further)
    let typed: Tree = ["a": ["type": "timestamp"], "b": ["type": "timestamp"]]
    let csv = "a,b,c\n" + rows.map { "\($0.0),\($0.1),x\n" }.joined()
    return try await finding(
      "\"lag a+b\"", ["lag": [rule], "columns": types ? typed : [:]], on: csv, now: "2013-01-01T00:00:00Z")
  }

  private static let day = "2013-01-01T"

  @Test func lagIsFromEventToLoad() async throws {
    let day = Self.day
    let rows = [
      (day + "00:00Z", day + "06:00Z"), (day + "00:00Z", day + "06:00:00.000001Z"), (day + "01:00Z", day + "00:59Z"),
      ("", day + "00:00Z"), (day + "00:00Z", ""), (day + "02:00+02:00", day + "00:00Z"),
    ]
    let failed = try await Self.lag([], rows)
    #expect(failed.outcome == .failed && failed.evidence.counts?.all == [6, 2, 4, 2], "\(failed.message)")
    #expect(failed.evidence.samples.map(\.line) == [3, 4])
    #expect(failed.message.hasPrefix("2 of 4 rows are loaded more than 6h after their event, or before it"))
    #expect(failed.location?.lineText == "at_most: 6h")
    #expect(try await Self.lag([("allow", "50%")], rows).outcome == .passed)
    #expect(try await Self.lag([("allow", "49%")], rows).outcome == .failed)
    #expect(try await Self.lag([], [rows[0], rows[5]]).outcome == .passed)
    // Without types no type check lists the text.
    let untyped = try await Self.lag([], [rows[0], ("x", day + "00:00Z")], types: false)
    #expect(untyped.outcome == .errored && untyped.message.hasPrefix("1 of 2 rows have values that lag cannot read"))
    let typed = try await Self.lag([], [rows[0], ("x", day + "00:00Z")])
    #expect(typed.outcome == .passed && typed.evidence.notes.count == 1)
  }

  @Test func nothingToEvaluateIsNoPass() async throws {
    for rows in [[], [("", Self.day + "00:00Z")], [("", "")]] {
      let finding = try await Self.lag([("allow", "100%")], rows)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let wrong = try await Self.lag([("allow", "100%")], [("x", "y")])
    #expect(wrong.outcome == .skipped && wrong.reason == .dependency)
    for (kind, rule) in [("freshness", ["at_most": "24h"]), ("gaps", ["every": "1d"]), ("gaps", ["every": "1mo"])]
      as [(String, Tree)]
    {
      for values in [[], ["", ""]] {
        let finding = try await Self.column(kind, rule, values)
        #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
      }
      let typed = try await Self.column(kind, rule, ["x", "5"])
      #expect(typed.outcome == .skipped && typed.reason == .dependency)
      let untyped = try await Self.column(kind, rule, ["x", "2013-02-01T00:00Z"], [])
      #expect(
        untyped.outcome == .errored && untyped.message.hasPrefix("one value is no timestamp"), "\(untyped.message)")
    }
    let before = try await Self.column("gaps", ["every": "1d", "from": "2014-01-01"], ["2013-01-01T00:00Z"])
    #expect(before.outcome == .errored && before.reason == .nothingToEvaluate)
  }

  @Test(
    arguments: [
      (["columns": ["a": ["freshness": [:]]]], "the key \"at_most\" is missing"),
      (
        ["columns": ["a": ["type": "number", "freshness": ["at_most": "1h"]]]],
        "a column of type number has no freshness"
      ),
      (["columns": ["a": ["gaps": ["every": "0s"]]]], "at least 1ms"),
      (["columns": ["a": ["gaps": ["every": "1.5mo"]]]], "a whole number of months"),
      (["columns": ["a": ["gaps": ["every": "0q"]]]], "a whole number of months"),
      (["columns": ["a": ["gaps": ["every": "9999999y"]]]], "1000 years at most"),
      (["columns": ["a": ["gaps": ["every": "1 month"]]]], "expected a period such as 1h, 1d, 1w, 1mo"),
      (["columns": ["a": ["gaps": ["every": "1d", "from": "soon"]]]], "\"soon\" is no date"),
      (
        ["columns": ["a": ["gaps": ["every": "1d", "from": "2014-01-01", "to": "2013-01-01"]]]], "no time lies between"
      ),
      (["lag": [["event": "a", "load": "a", "at_most": "1h"]]], "not compared with itself"),
      (["lag": [["event": "a", "at_most": "1h"]]], "\"load\""),
      (
        ["columns": ["a": ["type": "string"]], "lag": [["event": "a", "load": "b", "at_most": "1h"]]],
        "which is no time"
      ),
    ] as [(Tree, String)])
  func wrongRulesAreProblems(rules: Tree, words: String) {
    let problems = Gate.problems(rules)
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
