import DataChecks
import TestSupport
import Testing
import Verdict

/// Checks on what two columns have to do with one another, held against numbers that numpy gave.
@Suite struct PairCheckTests {
  private static let kinds = ["correlation", "mutual_information"]
  private static let any: [(String, Tree)] = [("at_most", "1")]

  private static func csv(_ x: [String], _ y: [String]) -> String {
    "x,y,z\n" + zip(x, y).map { "\($0),\($1),z\n" }.joined()
  }

  private static func finding(
    _ kind: String, _ limits: [(String, Tree)], _ csv: String, types: [String: String] = [:]
  ) async throws -> Finding {
    let rule = Tree.mapping([("columns", ["x", "y"])] + limits)
    let columns = types.sorted { $0.key < $1.key }.map { ($0.key, ["type": .scalar($0.value)] as Tree) }
    return try await Gate.finding(
      "\"\(kind) x+y\"", [kind: [rule], "columns": .mapping(columns)], on: csv)
  }

  private static func near(_ value: Double) -> [(String, Tree)] {
    [("between", [.scalar("\(value - 1e-13)"), .scalar("\(min(1, value + 1e-13))")])]
  }

  /// `np.corrcoef(x, y)[0, 1]`.
  private static let x = ["3", "-1.5", "10", "4", "4", "0.25", "-7", "22.5", "3", "1e3"]
  private static let y = ["1", "2", "-3", "4.5", "0", "1", "9", "-2", "2", "700"]
  private static let correlation = 0.999299823569554

  @Test func correlationIsThatOfNumpy() async throws {
    let csv = Self.csv(Self.x + ["", "5"], Self.y + ["4", ""])
    let passed = try await Self.finding("correlation", Self.near(Self.correlation), csv)
    #expect(passed.outcome == .passed && passed.evidence.counts?.all == [12, 2, 10, 0], "\(passed.message)")
    let failed = try await Self.finding("correlation", [("at_most", "0.9")], csv)
    #expect(failed.outcome == .failed && failed.location?.lineText == "at_most: 0.9")
    #expect(failed.message == "the correlation of x and y is 0.9993, the limit is at most 0.9")
    let turned = Self.csv(Self.x.reversed(), Self.y.reversed())
    #expect(try await Self.finding("correlation", Self.near(Self.correlation), turned).outcome == .passed)
    let swapped = Self.csv(Self.y, Self.x)
    #expect(try await Self.finding("correlation", Self.near(Self.correlation), swapped).outcome == .passed)
  }

  @Test func whatDoesNotVaryHasNoCorrelation() async throws {
    // 0.1 has no exact double, and its mean over three rows may be another one.
    let constant = try await Self.finding("correlation", Self.any, Self.csv(["0.1", "0.1", "0.1"], ["1", "2", "3"]))
    #expect(constant.outcome == .errored && constant.reason == .undefined)
    #expect(constant.message.hasPrefix("the values of x are all the same"))
    // It varies, but not where the other has a value.
    let hidden = try await Self.finding("correlation", Self.any, Self.csv(["1", "1", "7"], ["1", "2", ""]))
    #expect(hidden.outcome == .errored && hidden.message.hasPrefix("the values of x are all the same"))
    let one = try await Self.finding("correlation", Self.any, Self.csv(["1"], ["1"]))
    #expect(one.outcome == .errored && one.message.hasPrefix("the values of x and y are all the same"))
    for value in ["nan", "inf"] {
      let finding = try await Self.finding("correlation", Self.any, Self.csv(["1", value], ["1", "2"]))
      #expect(finding.outcome == .errored && finding.message.hasPrefix("one value is NaN or infinite"))
    }
  }

  @Test func whatIsNoNumberHasNoCorrelation() async throws {
    let csv = Self.csv(["1", "a", "3"], ["1", "2", "3"])
    let untyped = try await Self.finding("correlation", Self.any, csv)
    #expect(untyped.outcome == .errored && untyped.message.hasPrefix("one value is no number"))
    let typed = try await Self.finding("correlation", Self.any, csv, types: ["x": "number", "y": "number"])
    #expect(typed.outcome == .passed && typed.message == "the correlation of x and y is 1")
    #expect(typed.evidence.notes.first?.hasSuffix("left out: 1, see data.t.x.type and data.t.y.type") == true)
    let none = try await Self.finding(
      "correlation", Self.any, Self.csv(["a", "b"], ["1", "2"]), types: ["x": "number", "y": "number"])
    #expect(none.outcome == .skipped && none.reason == .dependency)
  }

  // MARK: - spearman

  private static let spearman: [(String, Tree)] = [("method", "spearman")]

  /// `np.corrcoef(rankdata(x), rankdata(y))[0, 1]`: one pair carries all of Pearson's.
  @Test func spearmanIsThatOfTheRanks() async throws {
    let csv = Self.csv(Self.x + ["", "5"], Self.y + ["4", ""])
    let passed = try await Self.finding("correlation", Self.near(-0.24539877300613502) + Self.spearman, csv)
    #expect(passed.outcome == .passed && passed.evidence.counts?.all == [12, 2, 10, 0], "\(passed.message)")
    #expect(passed.evidence.method == "point" && passed.evidence.interval == nil)
    let failed = try await Self.finding("correlation", [("at_least", "0.9")] + Self.spearman, csv)
    #expect(failed.outcome == .failed && failed.location?.lineText == "at_least: 0.9")
    #expect(failed.message == "Spearman's correlation of x and y is -0.245399, the limit is at least 0.9")
    let infinite = try await Self.finding(
      "correlation", [("equals", "1")] + Self.spearman, Self.csv(["1", "inf", "-inf"], ["2", "1e300", "-7"]))
    #expect(infinite.outcome == .passed, "\(infinite.message)")
  }

  @Test func whatHasNoRanksHasNoCorrelation() async throws {
    let limits = Self.any + Self.spearman
    let constant = try await Self.finding("correlation", limits, Self.csv(["1", "1", "7"], ["1", "2", ""]))
    #expect(constant.outcome == .errored && constant.message.hasPrefix("the values of x are all the same"))
    let nan = try await Self.finding("correlation", limits, Self.csv(["1", "nan"], ["1", "2"]))
    #expect(nan.outcome == .errored && nan.message.hasPrefix("one value is NaN, which has no rank"), "\(nan.message)")
    let text = try await Self.finding("correlation", limits, Self.csv(["1", "a", "3"], ["1", "2", "3"]))
    #expect(text.outcome == .errored && text.message.hasPrefix("one value is no number"))
    let types = ["x": "number", "y": "number"]
    let none = try await Self.finding("correlation", limits, Self.csv(["a", "b"], ["1", "2"]), types: types)
    #expect(none.outcome == .skipped && none.reason == .dependency)
    for csv in [Self.csv([], []), Self.csv(["1", ""], ["", "2"]), Self.csv(["", ""], ["", ""])] {
      let finding = try await Self.finding("correlation", limits, csv)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
  }

  /// A sample decides what it can, and a second pass over all rows the rest.
  @Test func ofManyRowsASampleAnswers() async throws {
    var generator = SeededGenerator(seed: 3)
    let x = (0..<90_000).map { _ in Double.random(in: 0...1, using: &generator) }
    let y = x.map { $0 + Double.random(in: 0...1, using: &generator) }
    let csv = Self.csv(x.map { "\($0)" }, y.map { "\($0)" })
    let far = try await Self.finding("correlation", [("at_least", "0.5")] + Self.spearman, csv)
    let interval = try #require(far.evidence.interval)
    #expect(far.outcome == .passed && far.evidence.method == "random sample" && interval.level == 0.9999)
    #expect(far.message.hasPrefix("Spearman's correlation of x and y is about 0."), "\(far.message)")
    let exact = try await Self.finding("correlation", [("equals", "0.7")] + Self.spearman, csv)
    #expect(exact.outcome == .failed)
    let observed = try #require(far.evidence.observed).value
    let near = try await Self.finding("correlation", [("at_least", .scalar("\(observed)"))] + Self.spearman, csv)
    #expect([.passed, .failed].contains(near.outcome) && near.evidence.method == "point", "\(near.message)")
    let truth = try #require(near.evidence.observed).value
    #expect(interval.lower < truth && truth < interval.upper)
  }

  /// `p = counts / n; (p * np.log(p / (px * py)))[p > 0].sum()`, and that divided by the mean of both entropies.
  private static let a = Array("aabbbcccab").map { String($0) }
  private static let b = Array("xyxxyzzxxy").map { String($0) }

  @Test func mutualInformationIsThatOfTheTable() async throws {
    let csv = Self.csv(Self.a + ["", "a"], Self.b + ["x", ""])
    let plain = try await Self.finding("mutual_information", Self.near(0.37048564086370767), csv)
    #expect(plain.outcome == .passed && plain.evidence.counts?.all == [12, 2, 10, 0], "\(plain.message)")
    let normal: [(String, Tree)] = [("normalized", "true")]
    let normalized = try await Self.finding("mutual_information", Self.near(0.3497534805272162) + normal, csv)
    #expect(normalized.outcome == .passed, "\(normalized.message)")
    let failed = try await Self.finding("mutual_information", [("at_least", "0.4")], csv)
    #expect(failed.outcome == .failed && failed.message.hasSuffix("is 0.370486, the limit is at least 0.4"))
    let turned = try await Self.finding(
      "mutual_information", [("at_least", "0.4")], Self.csv(Self.b.reversed(), Self.a.reversed()))
    #expect(turned.evidence.observed == failed.evidence.observed)
    // Either tells the other; neither tells anything.
    let same = try await Self.finding("mutual_information", Self.near(1) + normal, Self.csv(Self.a, Self.a))
    #expect(same.outcome == .passed, "\(same.message)")
    let independent = Self.csv(["a", "a", "b", "b"], ["x", "y", "x", "y"])
    #expect(try await Self.finding("mutual_information", [("equals", "0")], independent).outcome == .passed)
  }

  @Test func oneRowHasNoMutualInformation() async throws {
    let finding = try await Self.finding("mutual_information", [("at_most", "1")], Self.csv(["x"], ["y"]))
    #expect(finding.outcome == .errored && finding.reason == .undefined && finding.evidence.observed == nil)
  }

  @Test func mutualInformationOfConstants() async throws {
    let csv = Self.csv(["a", "a"], ["x", "x"])
    #expect(try await Self.finding("mutual_information", [("equals", "0")], csv).outcome == .passed)
    let normalized = try await Self.finding("mutual_information", Self.any + [("normalized", "true")], csv)
    #expect(normalized.outcome == .errored && normalized.reason == .undefined)
  }

  @Test func tooManyPairsAreAnError() async throws {
    let values = (0..<65_537).map { "\($0)" }
    let finding = try await Self.finding("mutual_information", Self.any, Self.csv(values, values))
    #expect(finding.outcome == .errored && finding.reason == .limit)
    #expect(finding.evidence.notes.first?.hasPrefix("bin numbers") == true)
  }

  @Test(arguments: kinds)
  func nothingToEvaluateIsNoPass(kind: String) async throws {
    for csv in [Self.csv([], []), Self.csv(["1", ""], ["", "2"]), Self.csv(["", ""], ["", ""])] {
      let finding = try await Self.finding(kind, Self.any, csv)
      #expect(finding.outcome == .errored && finding.reason == .nothingToEvaluate)
    }
    let absent = try await Self.finding(kind, Self.any, "x,z\n1,2\n")
    #expect(absent.outcome == .skipped && absent.reason == .dependency)
  }

  @Test(
    arguments: [
      ("correlation", ["columns": ["x", "x"], "at_most": "1"], "not compared with itself"),
      ("correlation", ["columns": ["x"], "at_most": "1"], "expected two values"),
      ("correlation", ["columns": ["x", "y"], "at_most": "2"], "between -1 and 1"),
      (
        "correlation", ["columns": ["x", "y"], "at_most": "1", "method": "kendall"], "is not one of pearson, spearman"
      ),
      ("correlation", ["columns": ["x", "y"]], "a limit is missing"), ("correlation", ["at_most": "1"], "\"columns\""),
      ("mutual_information", ["columns": ["x", "y"], "between": ["2", "1"]], "no value can be"),
    ] as [(String, Tree, String)])
  func wrongRulesAreProblems(kind: String, rule: Tree, words: String) {
    let problems = Gate.problems([kind: [rule]])
    #expect(problems.count == 1 && problems.first?.headline.contains(words) == true, "\(problems)")
  }
}
