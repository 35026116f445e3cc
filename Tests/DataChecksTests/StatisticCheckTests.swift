import DataChecks
import Language
import Scan
import TestSupport
import Testing
import Verdict

/// Checks on one number of a column, held against numbers that numpy gave.
@Suite struct StatisticCheckTests {
  private static let kinds = ["iqr", "range", "mean", "sum", "std", "variance", "skew", "kurtosis"]
  private static let values = ["3", "-1.5", "10", "4", "4", "0.25", "-7", "22.5", "3", "1e3"]

  /// numpy 2 on these values: `np.ptp(v)`, `v.mean()`, `v.sum()`, `v.std(ddof=1)`, `v.var(ddof=1)`, and with
  /// `d = v - v.mean()`: `(d**3).mean() / (d**2).mean()**1.5`, `(d**4).mean() / (d**2).mean()**2`;
  /// `np.subtract(*np.quantile(v, [.75, .25], method="inverted_cdf"))`.
  private static let pinned: [(kind: String, value: Double)] = [
    ("iqr", 9.75), ("range", 1007), ("mean", 103.825), ("sum", 1038.25), ("std", 314.97993873508125),
    ("variance", 99212.36180555554), ("skew", 2.6636326007032265), ("kurtosis", 8.101598058492486),
  ]

  private static func csv(_ values: [String]) -> String { "a,b\n" + values.map { $0 + ",x\n" }.joined() }

  private static func finding(
    _ kind: String, _ limits: Tree, _ values: [String], column: [(String, Tree)] = []
  ) async throws -> Finding {
    try await Gate.finding("a." + kind, ["columns": ["a": .mapping(column + [(kind, limits)])]], on: csv(values))
  }

  @Test(arguments: pinned)
  func theNumberIsThatOfNumpy(kind: String, value: Double) async throws {
    let slack = value.magnitude * 1e-13
    let near: Tree = ["between": [.scalar("\(value - slack)"), .scalar("\(value + slack)")]]
    let passed = try await Self.finding(kind, near, Self.values + [""])
    #expect(passed.outcome == .passed, "\(passed.message)")
    #expect(passed.evidence.counts?.all == [11, 1, 10, 0])
    #expect(passed.evidence.method == "point" && passed.evidence.interval == nil)
    for limits in [["at_least": .scalar("\(value + 2 * slack)")], ["at_most": .scalar("\(value - 2 * slack)")]]
      as [Tree]
    {
      let failed = try await Self.finding(kind, limits, Self.values)
      #expect(failed.outcome == .failed && failed.message.contains(", the limit is at "), "\(failed.message)")
      #expect(failed.location?.lineText.hasPrefix("at_") == true)
    }
  }

  @Test(arguments: pinned)
  func theOrderOfTheRowsDoesNotMatter(kind: String, value: Double) async throws {
    var generator = SeededGenerator(seed: 3)
    let slack = value.magnitude * 1e-13
    let near: Tree = ["between": [.scalar("\(value - slack)"), .scalar("\(value + slack)")]]
    for _ in 0..<10 {
      let finding = try await Self.finding(kind, near, Self.values.shuffled(using: &generator))
      #expect(finding.outcome == .passed, "\(finding.message)")
    }
  }

  @Test(arguments: kinds)
  func nothingToEvaluateIsNoPass(kind: String) async throws {
    let any: Tree = ["at_least": "-1e300"]
    for values in [[], ["", ""]] {
      let finding = try await Self.finding(kind, any, values)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let accepted = try await Self.finding(kind, any, ["", ""], column: [("missing", ["at_most": "100%"])])
    #expect(accepted.outcome == .skipped && accepted.reason == .requested)
  }

  @Test(arguments: kinds)
  func whatIsNoNumberLeavesNone(kind: String) async throws {
    let any: Tree = ["at_least": "-1e300"]
    let nan = try await Self.finding(kind, any, ["1", "nan", "2"])
    #expect(nan.outcome == .errored && nan.reason == .undefined && nan.message.hasPrefix("one value is NaN"))
    let infinite = try await Self.finding(kind, any, ["inf", "-inf", "2"])
    // An order has room for infinities, and no number says how far apart they are.
    let words = kind == "iqr" ? "the interquartile range is beyond" : "2 values are infinite: there is no"
    #expect(infinite.outcome == .errored && infinite.message.hasPrefix(words))
    let text = try await Self.finding(kind, any, ["1", "x", "2"])
    #expect(text.outcome == .errored && text.message.hasPrefix("one value is no number: there is no"))
    // With a declared type the type check says so.
    for type in ["number", "integer"] {
      let typed = try await Self.finding(kind, any, ["1", "x", "2"], column: [("type", .scalar(type))])
      #expect(typed.outcome == .passed && typed.evidence.notes.count == 1, "\(typed.message)")
      let none = try await Self.finding(kind, any, ["x", "y"], column: [("type", .scalar(type))])
      #expect(none.outcome == .skipped && none.reason == .dependency)
    }
    let problems = Gate.problems(["columns": ["a": ["type": "date", kind: any]]])
    #expect(problems.count == 1 && problems.first?.headline.hasPrefix("a column of type date has no") == true)
  }

  @Test(arguments: [("std", "two values"), ("variance", "two values")])
  func oneValueDoesNotSpread(kind: String, need: String) async throws {
    let one = try await Self.finding(kind, ["at_least": "0"], ["5", ""])
    #expect(one.outcome == .errored && one.reason == .undefined && one.message.hasSuffix("it takes \(need)"))
    // 0.1 has no exact double, and its mean over three rows may be another one.
    for values in [["5", "5"], ["0.1", "0.1", "0.1"]] {
      let same = try await Self.finding(kind, ["equals": "0"], values)
      #expect(same.outcome == .passed, "\(same.message)")
    }
  }

  @Test(arguments: ["skew", "kurtosis"])
  func equalValuesHaveNoShape(kind: String) async throws {
    for values in [["5"], ["0.1", "0.1", "0.1"]] {
      let same = try await Self.finding(kind, ["between": ["-1e300", "1e300"]], values)
      #expect(same.outcome == .errored && same.reason == .undefined)
      #expect(same.message.hasSuffix(": it takes two different values"))
    }
  }

  @Test(arguments: kinds.filter { $0 != "mean" })
  func whatNoDoubleHoldsIsUndefined(kind: String) async throws {
    let values = ["1e308", "1.5e308", "-1e308", kind == "sum" ? "1.7e308" : "-1.5e308"]
    let finding = try await Self.finding(kind, ["at_least": "-1e300"], values)
    #expect(
      finding.outcome == .errored && finding.message.hasSuffix("is beyond what a double holds"), "\(finding.message)")
  }

  @Test(
    arguments: [
      // 2^53 + 1, which no double is.
      (["9007199254740992", "1"], ["at_least": "9007199254740994"], false, "9007199254740993"),
      (["9007199254740992", "1"], ["at_least": "9007199254740992"], true, "9007199254740993"),
      (["9007199254740992", "1"], ["at_most": "9007199254740992"], false, "9007199254740993"),
      (["9007199254740992", "1"], ["at_most": "9007199254740994"], true, "9007199254740993"),
      (["9007199254740992", "1"], ["equals": "9007199254740992"], false, "9007199254740993"),
      (["9223372036854775807", "9223372036854775807"], ["at_least": "1.8e19"], true, "18446744073709551614"),
      (["1", "2", "-3"], ["equals": "0"], true, "0"),
      // Limits that no double is, either.
      (["9007199254740992", "0"], ["equals": "9007199254740993"], false, "9007199254740992"),
      (["9007199254740992", "1"], ["equals": "9007199254740993"], true, "9007199254740993"),
      (["9007199254740992", "1"], ["between": ["9007199254740993", "9007199254740993"]], true, "9007199254740993"),
      (["9007199254740992", "2"], ["at_most": "9007199254740993"], false, "9007199254740994"),
      (["9007199254740992", "0"], ["at_least": "9007199254740993"], false, "9007199254740992"),
      (["1", "2"], ["equals": "2.5"], false, "3"), (["1", "2"], ["between": ["2.5", "3.5"]], true, "3"),
      (["1", "2"], ["at_most": "1e300"], true, "3"), (["1", "2"], ["at_least": "1e300"], false, "3"),
    ] as [([String], Tree, Bool, String)])
  func integersAreSummedExactly(values: [String], limits: Tree, isKept: Bool, sum: String) async throws {
    let finding = try await Self.finding("sum", limits, values, column: [("type", "integer")])
    #expect(finding.outcome == (isKept ? .passed : .failed) && finding.message.hasPrefix("the sum is \(sum)"))
  }

  @Test func theLimitOfASumIsShownInFull() async throws {
    let finding = try await Self.finding(
      "sum", ["equals": "9007199254740993"], ["9007199254740992"], column: [("type", "integer")])
    #expect(finding.message == "the sum is 9007199254740992, the limit is exactly 9007199254740993")
  }

  /// As doubles, one by one, these sum to 0.
  @Test func numbersAreSummedWithTwiceThePrecision() async throws {
    let finding = try await Self.finding("sum", ["equals": "2.5"], ["1e100", "2.5", "-1e100"])
    #expect(finding.outcome == .passed, "\(finding.message)")
  }

  @Test(arguments: [["at_least": "2", "at_most": "1"], [:], ["at_most": "a few"], ["at_most": "5%"]] as [Tree])
  func wrongLimitsAreProblems(limits: Tree) {
    for kind in Self.kinds { #expect(Gate.problems(["columns": ["a": [kind: limits]]]).count == 1) }
  }

  /// A number that no digit of its values tells from its limit is the limit; one that they tell is not.
  @Test(
    arguments: [
      ("mean", ["equals": "0.2"], ["0.1", "0.2", "0.3"], true),
      ("range", ["equals": "0.2"], ["0.1", "0.2", "0.3"], true),
      ("range", ["at_least": "0.2"], ["0.1", "0.3"], true),
      ("sum", ["equals": "25.1"], ["19.99", "5.01", "0.10"], true),
      ("sum", ["at_least": "25.1"], ["19.99", "5.01", "0.10"], true),
      ("skew", ["at_most": "0"], ["0.1", "0.2", "0.3", "0.4", "0.5"], true),
      ("skew", ["at_least": "0"], ["0.1", "0.2", "0.3", "0.4", "0.5"], true),
      ("mean", ["equals": "0.2"], ["0.1", "0.2", "0.3000000000001"], false),
      ("sum", ["equals": "25.1"], ["19.99", "5.01", "0.1000000000001"], false),
      ("sum", ["at_most": "0"], ["1e16", "1", "-1e16"], false),
      ("mean", ["at_most": "0"], ["1e16", "3", "-1e16"], false),
    ] as [(String, Tree, [String], Bool)])
  func aLimitIsMetUpToTheRoundingOfDecimals(kind: String, limits: Tree, values: [String], isKept: Bool) async throws {
    let finding = try await Self.finding(kind, limits, values)
    #expect(finding.outcome == (isKept ? .passed : .failed), "\(finding.message)")
  }

  /// Identifiers, and nanoseconds since 1970: doubles stand for hundreds of them. A text file and a typed one agree.
  @Test(
    arguments: [1 << 53, 100_000_000_000_000_000, 1_700_000_000_000_000_000, -9_000_000_000_000_000_000] as [Int64])
  func integersAreTakenWithAllTheirDigits(offset: Int64) async throws {
    let values = (0..<3000).map { (index: Int64) in offset + index % 4 }
    // Of 0, 1, 2, 3 the variance is 5/4, of n - 1 here.
    let variance = 1.25 * 3000 / 2999
    func near(_ value: Double) -> Tree { ["between": [.scalar("\(value - 1e-9)"), .scalar("\(value + 1e-9)")]] }
    let rules: Tree = [
      "columns": [
        "a": [
          "type": "integer", "variance": near(variance), "std": near(variance.squareRoot()), "skew": near(0),
          "kurtosis": near(1.64), "range": ["equals": "3"],
        ]
      ]
    ]
    let typed = ArrowTable([("a", .integers(values))]).stream
    let findings = try await [
      Gate.findings(rules, on: Self.csv(values.map { "\($0)" })), Gate.findings(rules, on: typed, format: .arrow),
    ]
    for finding in findings.joined() { #expect(finding.outcome == .passed, "\(finding.id): \(finding.message)") }
  }

  @Test func groupsHaveNumbersOfTheirOwn() async throws {
    let rules: Tree = ["columns": ["a": ["checks": [["mean": ["at_most": "5"], "group_by": "b", "id": "m"]]]]]
    let finding = try await Gate.finding("a.m", rules, on: "a,b\n1,x\n9,y\n3,x\n7,y\n")
    #expect(finding.outcome == .failed && finding.message.contains("b = y: the mean is 8, the limit is at most 5"))
  }

  /// Of many values the sketch knows the quarters within 0.4 % of the ranks, and a second pass looks them up.
  @Test func aSketchLeavesOpenWhatItDoesNotKnow() async throws {
    // 0 to 9999 in an order of no order: 7499 less 2499.
    let values = (0..<10_000).map { "\($0 * 7919 % 10_000)" }
    let far = try await Self.finding("iqr", ["between": ["4900", "5100"]], values)
    #expect(far.outcome == .passed && far.evidence.method == "KLL", "\(far.message)")
    let interval = try #require(far.evidence.interval)
    #expect(interval.lower <= 5000 && interval.upper >= 5000 && interval.upper - interval.lower < 200)
    let near = try await Self.finding("iqr", ["equals": "5000"], values)
    #expect(near.outcome == .passed && near.message == "the interquartile range is 5000", "\(near.message)")
    #expect(near.evidence.notes.first?.hasPrefix("looked up in a second pass: the first estimated about ") == true)
    let over = try await Self.finding("iqr", ["at_most": "4999"], values)
    #expect(over.outcome == .failed && over.message.hasSuffix("is 5000, the limit is at most 4999"))
    let never = try await Self.finding("iqr", ["equals": "5000", "exact": "never"], values)
    #expect(never.outcome == .inconclusive && never.evidence.interval == interval)
    #expect(never.evidence.notes.first?.hasPrefix("remove exact: never") == true)
  }
}
