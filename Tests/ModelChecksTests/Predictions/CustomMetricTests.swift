import ModelChecks
import TestSupport
import Testing
import Verdict

/// Metrics that the config makes: means of losses and of expressions.
@Suite struct CustomMetricTests {
  private static func gate(_ metric: [(String, ConfigTree)], _ bound: (String, ConfigTree)...) -> ConfigTree {
    .mapping([("metric", .mapping([("name", "cost")] + metric))] + bound)
  }

  private static let keys: [(String, ConfigTree)] = [("label", "y"), ("prediction", "v"), ("id", "id")]
  private static let expression: (String, ConfigTree) = ("expression", "abs(prediction - label) * price")

  /// By hand: 1·2 + 2·1 + 0·5 over three rows is 4/3, in the baseline 1·2 + 1·1 + 1·5 is 8/3.
  @Test func anExpressionCallsTheColumnsOfEachSide() async throws {
    let file = "id,y,v,w,price\n1,1,2,2,2\n2,2,0,1,1\n3,3,3,4,5\n"
    var keys: [(String, ConfigTree)] = [("task", "regression"), ("label", "y")]
    keys += [("candidate", ["predictions": "c.csv", "prediction": "v"]), ("baseline", ["prediction": "w"])]
    keys.append(
      (
        "gates",
        [
          Self.gate([Self.expression], ("between", ["1.3333", "1.3334"])),
          Self.gate(
            [Self.expression], ("min_improvement", "1.3333 absolute"), ("direction", "lower"), ("id", "enough")),
          Self.gate(
            [Self.expression], ("min_improvement", "1.3334 absolute"), ("direction", "lower"), ("id", "too-much")),
        ]
      ))
    let found = try await ModelFixture(["c.csv": file]).findings(.mapping(keys))
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .failed], "\(found.map(\.message))")
  }

  /// The paired t interval of the losses' differences, by its formula; the files stand in other orders.
  @Test func lossesHaveThePairedTInterval() async throws {
    func file(_ rows: some Sequence<Int>, _ loss: (Int) -> Double) -> String {
      "id,y,v,l\n" + rows.map { "r\($0),0,0,\(loss($0))\n" }.joined()
    }
    let found = try await TaskFixture.findings(
      "regression", Self.keys,
      [Self.gate([("loss", "l")], ("max_regression", "1 absolute"), ("direction", "lower"), ("confidence", "95%"))],
      candidate: file(0..<100) { Double(($0 * 37) % 100) / 100 }, baseline: file((0..<100).reversed()) { _ in 0 })
    let finding = try #require(found.last)
    // 0, 0.01, …, 0.99 in some order: mean 0.495, s = 0.29011492, kurtosis 1.79975998, t(100 / 1.79975998 - 1) = 2.00440565.
    let half = 2.0044056459015223 * 0.2901149197588202 / 10
    let interval = try #require(finding.evidence.interval)
    #expect(abs(interval.lower - (0.495 - half)) < 1e-9 && abs(interval.upper - (0.495 + half)) < 1e-9, "\(interval)")
    #expect(finding.outcome == .passed && finding.evidence.method == "influence-function, paired by id")
  }

  @Test func weightsAndSlicesHoldForLosses() async throws {
    let found = try await TaskFixture.findings(
      "binary", [("label", "y"), ("score", "p"), ("weight", "n"), ("slices", ["g"]), ("min_rows", "1")],
      [
        Self.gate([("loss", "l")], ("between", ["2.5", "2.5"])),
        Self.gate([("loss", "l")], ("at_most", "3"), ("slices", "all"), ("id", "each")),
      ], candidate: "y,p,l,n,g\n1,0.5,1,1,a\n0,0.5,3,3,a\n1,0.5,4,0,b\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .errored], "\(found.map(\.message))")
    let unweighted = try await TaskFixture.findings(
      "binary", [("label", "y"), ("score", "p"), ("slices", ["g"]), ("min_rows", "1")],
      [Self.gate([("loss", "l")], ("at_most", "3"), ("slices", "all"))],
      candidate: "y,p,l,n,g\n1,0.5,1,1,a\n0,0.5,3,3,a\n1,0.5,4,0,b\n")
    #expect(unweighted.map(\.outcome) == [.passed, .passed, .failed])
    #expect(unweighted[2].message.contains("g = b: cost is 4"), "\(unweighted[2].message)")
  }

  @Test(arguments: [
    ("id,y,v,l\n1,0,0,\n", "no value in \"l\""), ("id,y,v,l\n1,0,0,x\n", "in \"l\""),
    ("id,y,v,l\n1,0,0,nan\n", "NaN in \"l\""), ("id,y,v\n1,0,0\n", "has no column \"l\""),
  ])
  func aLossThatIsNoNumberIsNoPass(file: String, message: String) async throws {
    let found = try await TaskFixture.findings(
      "regression", Self.keys, [Self.gate([("loss", "l")], ("at_most", "9"))], candidate: file)
    #expect(found.allSatisfy { $0.outcome != .passed } && found[0].message.contains(message), "\(found.map(\.message))")
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var metric: [(String, ConfigTree)]
    var bound: [(String, ConfigTree)] = [("at_most", "1")]
    var headline: String
    var testDescription: String { headline }
  }

  @Test(arguments: [
    Mistake(metric: [("loss", "l"), ("expression", "v")], headline: "of a loss or of an expression"),
    Mistake(metric: [("expression", "abs(v")], headline: "expected"),
    Mistake(metric: [("expression", "abz(v)")], headline: "there is no function \"abz\""),
    Mistake(metric: [("expression", "v > 1")], headline: "this is a boolean, and must be a number"),
    Mistake(metric: [("expression", "1 + 2")], headline: "reads no column"),
    Mistake(metric: [("loss", "l"), ("k", "2")], headline: "has no parameters, and here is \"k\""),
    Mistake(metric: [("loss", "l"), ("name", "mae")], headline: "\"mae\" is a metric already"),
    Mistake(metric: [("loss", ["candidate": "l"])], headline: "both sides have a column of losses"),
    Mistake(
      metric: [("loss", "l")], bound: [("max_regression", "1 absolute")],
      headline: "needs to know which side of \"cost\" is better"),
  ])
  func mistakesAreNamed(mistake: Mistake) {
    let metric = [("name", ConfigTree.scalar("cost"))].filter { _ in !mistake.metric.contains { $0.0 == "name" } }
    let gate = ConfigTree.mapping([("metric", .mapping(metric + mistake.metric))] + mistake.bound)
    var all: [(String, ConfigTree)] = [("task", "regression")] + Self.keys
    all += [("candidate", ["predictions": "c.csv"]), ("baseline", ["predictions": "b.csv"]), ("gates", [gate])]
    let headlines = ModelFixture.decode(["m": .mapping(all)]).problems.map(\.headline)
    #expect(headlines.contains { $0.contains(mistake.headline) }, "\(headlines)")
  }

  @Test func oneNumberOfBothModelsIsNoComparison() {
    let gate = Self.gate([("loss", "l")], ("max_regression", "1 absolute"), ("direction", "lower"))
    func headlines(_ gate: ConfigTree) -> [String] {
      ModelFixture.decode([
        "m": [
          "task": "regression", "label": "y", "candidate": ["predictions": "c.csv", "prediction": "v"],
          "baseline": ["prediction": "w"], "gates": [gate],
        ]
      ]).problems.map(\.headline)
    }
    #expect(headlines(gate) == ["cost is the same number of both models"])
    let both = Self.gate(
      [("loss", ["candidate": "l", "baseline": "m"])], ("max_regression", "1 absolute"), ("direction", "lower"))
    #expect(headlines(both) == [])
  }

  /// What nothing says to be whole is a number beside whole ones: (0.5 + 0) / 2 and (1 + 0.25) / 2.
  @Test(arguments: [
    ("case when label = 1 then score else 0 end", 0.25), ("case when label = 1 then 1 else score end", 0.625),
    ("case when label = 1 then case when score > 0.1 then score else 1 end else 0 end", 0.25),
  ])
  func aCaseOfWholeNumbersAndFloatsIsANumber(expression: String, expected: Double) async throws {
    let found = try await ModelFixture(["c.csv": "id,y,p\n1,1,0.5\n2,0,0.25\n"]).findings([
      "task": "binary", "label": "y", "score": "p", "id": "id", "candidate": ["predictions": "c.csv"],
      "gates": [
        ["metric": ["name": "cost", "expression": .scalar(expression)], "at_most": "10", "direction": "lower"]
      ],
    ])
    #expect(found.last?.evidence.observed?.value == expected, "\(found.map(\.message))")
  }
}
