import DataChecks
import FoundationEssentials
import Language
import Scan
import TestSupport
import Testing
import Verdict

/// What is said of a column does not depend on how many cores say it.
@Suite struct StatisticThreadsTests {
  private static let rules: Tree = [
    "columns": [
      "a": [
        "mean": ["at_most": "-1e9"], "sum": ["at_most": "-1e12"], "std": ["at_most": "0"], "skew": ["at_most": "-9"],
        "kurtosis": ["at_most": "0"], "range": ["at_most": "0"], "min": ["equals": "0"], "max": ["equals": "0"],
        "entropy": ["at_least": "20", "exact": "never"],
        "most_common": ["share": ["at_least": "99%"], "exact": "never"],
      ], "t": ["type": "timestamp", "gaps": ["every": "1h"], "freshness": ["at_most": "1h"]],
      "l": ["type": "timestamp"],
    ],
    "correlation": [["columns": ["a", "b"], "at_least": "1"]],
    "mutual_information": [["columns": ["b", "c"], "at_least": "99"]],
    "lag": [["event": "t", "load": "l", "at_most": "30m"]],
  ]

  private static func csv() -> String {
    var generator = SeededGenerator(seed: 8)
    let padding = String(repeating: "x", count: 60)
    var csv = "a,b,c,t,l,p\n"
    for row in 0..<25_000 {
      let a = Double.random(in: -1...1, using: &generator) * Double.random(in: 0...1e6, using: &generator)
      let (b, hour) = (Int.random(in: 0...40, using: &generator), Int.random(in: 0...23, using: &generator))
      let day = 10 + row * 20 / 25_000
      csv += "\(row % 50 == 0 ? 7.25 : a),\(b),\(b % 7 + row % 3),2013-01-\(day)T\(10 + hour % 10):00:00Z,"
      csv += "2013-01-\(day)T\(10 + hour % 10):\(10 + b):00Z,\(padding)\n"
    }
    return csv
  }

  @Test func theFindingsAreTheSame() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString)
    try Data(Self.csv().utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var problems = Problems()
    let rules = try #require(Rules.shape.decode(Self.rules.node(), &problems), "\(problems)")
    let subject = Gate.subject(rules, path: file.path(), CSVDialect(), &problems)
    try #require(problems.isEmpty, "\(problems)")
    var all: [[Finding]] = []
    for threads in [1, 2, 5] {
      let context = RunContext(workingDirectory: "/", environment: [:], now: 1_400_000_000, threads: threads)
      all.append(await subject.evaluate(Selection(), in: context))
    }
    let judged = all[0].filter { !["readable", "present", "type"].contains($0.kind) }
    #expect(judged.count == 15)
    for finding in judged { #expect([.failed, .inconclusive].contains(finding.outcome), "\(finding.message)") }
    for others in all.dropFirst() { #expect(others == all[0]) }
  }
}
