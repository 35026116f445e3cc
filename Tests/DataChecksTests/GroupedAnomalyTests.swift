import DataChecks
import TestSupport
import Testing
import Verdict

/// Anomalies of groups of rows: each has a series of its own, and what is new, gone or odd is told by its name.
@Suite struct GroupedAnomalyTests {
  private static let rows: Tree = ["anomaly": [.mapping([("of", "rows"), ("group_by", "g")])]]
  private static let mean: Tree = [
    "columns": ["a": ["checks": [["anomaly": "mean", "group_by": "g", "id": "m"]]]]
  ]

  /// So many rows of each group.
  private static func csv(_ groups: [(String, Int)], value: Int = 5) -> String {
    "g,a\n" + groups.map { group, rows in String(repeating: "\(group),\(value)\n", count: rows) }.joined()
  }

  private func finding(
    _ rules: Tree, on csv: String, _ check: String = "data.t.anomaly_rows", after series: [String: [Double]]
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    let subject = try Gate.subject(rules, path: try folder.write(csv, to: "t.csv"))
    var history = MetricHistory()
    for (metric, values) in series {
      history[MetricHistory.Key(check: check, metric: metric)] = values.enumerated().map { day, value in
        MetricHistory.Point(time: Int64(day) * 86_400, value: value)
      }
    }
    var context = RunContext(workingDirectory: "/", environment: [:], now: 0)
    context.history = .known(history)
    let findings = await subject.evaluate(Selection([]), in: context)
    return try #require(findings.first { $0.kind == "anomaly" }, "\(findings.map(\.id))")
  }

  private static let usual: [Double] = [20, 21, 19, 20, 22, 20, 19, 21]
  private static let few: [Double] = [3, 2, 3, 4, 3, 3, 2, 3]

  private static let known = [#"rows by {"g":"x"}"#: usual, #"rows by {"g":"y"}"#: few]

  @Test func eachGroupIsHeldAgainstItsOwnSeries() async throws {
    let usual = try await finding(Self.rows, on: Self.csv([("x", 20), ("y", 3)]), after: Self.known)
    #expect(usual.outcome == .passed && usual.message == "holds in all 2 groups by g")
    #expect(
      usual.metrics == [
        Metric(#"rows by {"g":"x"}"#, 20, count: 20), Metric(#"rows by {"g":"y"}"#, 3, count: 3),
      ])
    // Both numbers are usual, of the other group.
    let odd = try await finding(Self.rows, on: Self.csv([("x", 20), ("y", 20)]), after: Self.known)
    #expect(odd.outcome == .failed)
    #expect(odd.message.hasPrefix("in 1 of 2 groups by g it does not hold; g = y: the number of rows is 20, expected"))
    #expect(odd.metrics.map(\.value) == [20, 20])
  }

  @Test func aNewGroupHasNoHistoryYet() async throws {
    let one = try await finding(Self.rows, on: Self.csv([("x", 20), ("y", 3), ("z", 9)]), after: Self.known)
    #expect(one.outcome == .passed && one.message == "holds in all 3 groups by g, 1 of them not evaluated")
    #expect(one.evidence.notes.contains(#"no history yet: "g = z""#), "\(one.evidence.notes)")
    #expect(one.metrics.map(\.name).contains(#"rows by {"g":"z"}"#))
    let all = try await finding(Self.rows, on: Self.csv([("x", 20), ("y", 3)]), after: [:])
    #expect(all.outcome == .skipped && all.reason == .requested && all.metrics.count == 2)
    // A new group hides no odd one.
    let both = try await finding(Self.rows, on: Self.csv([("x", 5), ("y", 3), ("z", 9)]), after: Self.known)
    #expect(both.outcome == .failed && both.message.contains("g = x: the number of rows is 5"))
  }

  @Test func aGroupThatIsGoneHasNoRows() async throws {
    let gone = try await finding(Self.rows, on: Self.csv([("x", 20)]), after: Self.known)
    #expect(
      gone.outcome == .failed && gone.message.contains("g = y: there are no rows, and in 8 runs"), "\(gone.message)")
    #expect(gone.metrics.contains(Metric(#"rows by {"g":"y"}"#, 0, count: 0)))
    let wide = try await finding(
      Self.rows, on: Self.csv([("x", 20)]),
      after: [#"rows by {"g":"x"}"#: Self.usual, #"rows by {"g":"y"}"#: [64, 60, 48, 80, 43, 60, 45, 62]])
    #expect(wide.outcome == .failed && wide.message.contains("g = y: there are no rows"), "\(wide.message)")
    // It is usual where it was often so, and once it never comes any more nobody waits for it.
    let rare = try await finding(
      Self.rows, on: Self.csv([("x", 20)]),
      after: [#"rows by {"g":"x"}"#: Self.usual, #"rows by {"g":"y"}"#: [0, 1, 2, 0, 3, 1, 0, 2]])
    #expect(rare.outcome == .passed && rare.metrics.count == 2, "\(rare.message)")
    let never = try await finding(
      Self.rows, on: Self.csv([("x", 20)]),
      after: [#"rows by {"g":"x"}"#: Self.usual, #"rows by {"g":"y"}"#: [Double](repeating: 0, count: 8)])
    #expect(never.outcome == .passed && never.metrics.count == 1)
  }

  @Test func whatHasNoRowsHasNoMean() async throws {
    let series = [#"mean by {"g":"x"}"#: [5.0, 5.1, 4.9, 5, 5.2, 4.8, 5], #"mean by {"g":"y"}"#: [7.0]]
    let found = try await finding(Self.mean, on: Self.csv([("x", 4)]), "data.t.a.m", after: series)
    #expect(found.outcome == .passed && found.evidence.notes.contains("groups without such a row, not judged: 1"))
    #expect(found.metrics == [Metric(#"mean by {"g":"x"}"#, 5, count: 4)])
    let odd = try await finding(Self.mean, on: Self.csv([("x", 4)], value: 9), "data.t.a.m", after: series)
    #expect(odd.outcome == .failed && odd.message.contains("g = x: the mean is 9"))
  }

  /// An empty table is no good news, whatever the groups were like.
  @Test func nothingIsNothing() async throws {
    let none = try await finding(
      Self.rows, on: "g,a\n", after: [#"rows by {"g":"y"}"#: [0, 1, 0, 2, 0, 0, 1, 0]])
    #expect(none.outcome == .errored && none.reason == .nothingToEvaluate)
  }

  /// Whatever the values are, no two groups share a series, and each finds its own again.
  @Test func namesOfSeriesDiffer() async throws {
    let rules: Tree = ["anomaly": [.mapping([("of", "rows"), ("group_by", ["g", "h"])])]]
    let groups = [(#"a"#, #"b"#), (#"a"",""h"":""b"#, ""), ("", #"a"",""b"#), ("", ""), ("null", "null"), ("a\n", "b")]
    let csv = "g,h,a\n" + groups.map { "\"\($0)\",\($1.isEmpty ? "" : "\"\($1)\""),1\n" }.joined()
    let first = try await finding(rules, on: csv, after: [:])
    #expect(Set(first.metrics.map(\.name)).count == groups.count)
    let series = Dictionary(first.metrics.map { ($0.name, [Double](repeating: 1, count: 8)) }) { $1 }
    let again = try await finding(rules, on: csv, after: series)
    #expect(again.outcome == .passed && again.message == "holds in all 6 groups by g, h", "\(again.message)")
    #expect(Set(again.metrics.map(\.name)) == Set(series.keys), "none of them is gone")
    // Each of them is missed.
    for (index, group) in groups.enumerated() {
      let rest = groups.indices.filter { $0 != index }.map { groups[$0] }
      let csv = "g,h,a\n" + rest.map { "\"\($0)\",\($1.isEmpty ? "" : "\"\($1)\""),1\n" }.joined()
      #expect(try await finding(rules, on: csv, after: series).outcome == .failed, "\(group)")
    }
  }

  @Test func columnsHaveNoGroups() {
    let problems = Gate.problems(["anomaly": [.mapping([("of", "columns"), ("group_by", "g")])]])
    #expect(problems.map(\.headline) == ["the columns are those of the whole table, and of no group"])
  }
}
