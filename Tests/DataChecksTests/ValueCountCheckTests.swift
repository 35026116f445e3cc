import DataChecks
import Scan
import TestSupport
import Testing
import Verdict

/// Checks on how often the values of a column come.
@Suite struct ValueCountCheckTests {
  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func finding(
    _ kind: String, _ rule: Tree, _ values: [String], column: [(String, Tree)] = []
  ) async throws -> Finding {
    try await Gate.finding("a." + kind, ["columns": ["a": .mapping(column + [(kind, rule)])]], on: csv(values))
  }

  /// `p = np.unique(v, return_counts=True)[1] / len(v); -(p * np.log(p)).sum()` of numpy.
  @Test(
    arguments: [
      (["x"], 0), (["x", "y"], 0.6931471805599453), (["a", "a", "a", "b"], 0.5623351446188083),
      (["a", "b", "c", "a", "b", "a", ""], 1.0114042647073518), (["1", "01", "1.0", "\"\""], 1.3862943611198906),
    ] as [([String], Double)])
  func entropyIsThatOfTheShares(values: [String], entropy: Double) async throws {
    let (low, high) = (Tree.scalar("\(entropy - 1e-14)"), Tree.scalar("\(entropy + 1e-14)"))
    let passed = try await Self.finding("entropy", ["between": [low, high]], values)
    #expect(passed.outcome == .passed && passed.evidence.method == "point", "\(passed.message)")
    #expect(try await Self.finding("entropy", ["at_least": high], values).outcome == .failed)
    let reversed = try await Self.finding("entropy", ["between": [low, high]], values.reversed())
    #expect(reversed.evidence.observed == passed.evidence.observed)
  }

  /// More values than a first pass counts: 20,000 of them, one of them 500 times more.
  private static let many = (0..<20_000).map { "v\($0)" } + (0..<500).map { _ in "v7" }

  @Test func entropyOfManyValuesTakesASecondPass() async throws {
    // By the same command.
    let entropy = 9.776252376997551
    for (limits, outcome) in [
      (["at_least": .scalar("\(entropy - 1e-9)")], .passed), (["at_least": .scalar("\(entropy + 1e-9)")], .failed),
    ] as [(Tree, Outcome)] {
      #expect(try await Self.finding("entropy", limits, Self.many).outcome == outcome)
    }
    let far = try await Self.finding("entropy", ["at_least": "1"], Self.many)
    #expect(far.outcome == .passed && far.evidence.method == "frequent items")
    let interval = try #require(far.evidence.interval)
    #expect(interval.lower > 1 && interval.lower <= entropy && interval.upper >= entropy)
    let never = try await Self.finding("entropy", ["at_least": "9", "exact": "never"], Self.many)
    #expect(never.outcome == .inconclusive && never.evidence.interval == interval)
  }

  @Test(
    arguments: [
      (["value_in": ["x"]], ["x", "y", "x", ""], .passed, "\"x\" with 66.6667% of the values"),
      (["value_in": ["y"]], ["x", "y", "x"], .failed, "the limit is in [y]"),
      (["share": ["at_most": "50%"]], ["x", "y", "x"], .failed, "66.6667% of the values, the limit is at most 50%"),
      (["share": ["at_most": "50%"]], ["x", "y", "z", "x"], .passed, "\"x\" with 50%"),
      (["value_in": ["x"], "share": ["at_least": "90%"]], ["x", "y", "x"], .failed, "in [x], at least 90%"),
      // Of values that come equally often each must be in the set.
      (["value_in": ["x"]], ["x", "y"], .failed, "is one of \"x\", \"y\" with 50%"),
      (["value_in": ["x", "y", "z"]], ["x", "y"], .passed, "is one of \"x\", \"y\""),
    ] as [(Tree, [String], Outcome, String)])
  func mostCommon(rule: Tree, values: [String], outcome: Outcome, words: String) async throws {
    let finding = try await Self.finding("most_common", rule, values)
    #expect(finding.outcome == outcome && finding.message.contains(words), "\(finding.message)")
    let reversed = try await Self.finding("most_common", rule, values.reversed())
    #expect(reversed.message == finding.message)
  }

  @Test func membersAreComparedInTheColumnsType() async throws {
    let rule: Tree = ["value_in": ["1"]]
    let number = try await Self.finding("most_common", rule, ["1.0", "1.0", "2"], column: [("type", "number")])
    #expect(number.outcome == .passed)
    #expect(try await Self.finding("most_common", rule, ["1.0", "1.0", "2"]).outcome == .failed)
    let wrong = Gate.problems(["columns": ["a": ["type": "number", "most_common": ["value_in": ["x"]]]]])
    #expect(wrong.first?.headline.contains("is no number") == true)
  }

  /// A long value is compared in full, and shown cut; so it is in groups, which are counted otherwise.
  @Test func aLongLeaderIsComparedInFull() async throws {
    let long = String(repeating: "x", count: 150)
    let passed = try await Self.finding("most_common", ["value_in": [.scalar(long)]], [long, long, "y"])
    #expect(passed.outcome == .passed && !passed.message.contains(long), "\(passed.message)")
    let rule: Tree = ["most_common": ["value_in": [.scalar(long)]], "group_by": "b"]
    let grouped = try await Gate.finding(
      "a.most_common", ["columns": ["a": ["checks": [rule]]]], on: Self.csv([long, long, "y"]))
    #expect(grouped.outcome == .passed, "\(grouped.message)")
    let other = try await Self.finding("most_common", ["value_in": [.scalar(long)]], [long + "y", long + "y", "y"])
    #expect(other.outcome == .failed)
  }

  @Test func theSketchDecidesWhatItCan() async throws {
    let half = Self.many + (0..<20_000).map { _ in "often" }
    let clear = try await Self.finding("most_common", ["value_in": ["often"], "share": ["at_least": "40%"]], half)
    #expect(clear.outcome == .passed && clear.evidence.method == "frequent items", "\(clear.message)")
    let interval = try #require(clear.evidence.interval)
    #expect(interval.lower <= 20_000.0 / 40_500 && interval.upper >= 20_000.0 / 40_500)
    // 501 of 20500 are 2.4439 %.
    for (limit, outcome) in [("2.4436%", .failed), ("2.4441%", .passed)] as [(Tree, Outcome)] {
      let near = try await Self.finding("most_common", ["share": ["at_most": limit]], Self.many)
      #expect(near.outcome == outcome && near.evidence.interval == nil, "\(near.message)")
    }
    let never = try await Self.finding("most_common", ["share": ["at_most": "2.4441%"], "exact": "never"], Self.many)
    #expect(never.outcome == .inconclusive && never.message.hasSuffix("leaves open whether it is at most 2.4441%"))
  }

  @Test(
    arguments: [("entropy", ["at_least": "0"]), ("most_common", ["share": ["at_most": "100%"]])] as [(String, Tree)])
  func nothingToCountIsNoPass(kind: String, rule: Tree) async throws {
    for values in [[], ["", ""]] {
      let finding = try await Self.finding(kind, rule, values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let accepted = try await Self.finding(kind, rule, ["", ""], column: [("missing", ["at_most": "100%"])])
    #expect(accepted.outcome == .skipped && accepted.reason == .requested)
  }

  @Test func aSensitiveValueIsNotShown() async throws {
    let finding = try await Self.finding(
      "most_common", ["share": ["at_most": "50%"]], ["secret", "secret"], column: [("sensitive", "true")])
    #expect(finding.outcome == .failed && !"\(finding)".contains("secret"))
  }

  @Test(
    arguments: [
      ("entropy", [:], "a limit is missing"), ("most_common", [:], "most_common says what"),
      ("most_common", ["share": ["at_most": "1"]], "expected a share"), ("most_common", ["value_in": []], "empty set"),
    ] as [(String, Tree, String)])
  func wrongRulesAreProblems(kind: String, rule: Tree, words: String) {
    let problems = Gate.problems(["columns": ["a": [kind: rule]]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
