import ModelChecks
import Statistics
import TestSupport
import Testing
import Verdict

/// Several training runs of a model: the interval counts what training varies, and what the rows do.
@Suite struct TrainingRepeatTests {
  /// Predictions of 100 by a model whose errors have this mean and alternate by one about it, every so many rows.
  private static func csv(_ error: Double, every length: Int = 1, count: Int = 400) -> String {
    "id,y,p\n"
      + (0..<count).map { "r\($0),100,\(100 + error + ($0 / length % 2 == 0 ? 1 : -1))\n" }.joined()
  }

  private static func finding(
    _ candidates: [Double], _ baselines: [Double], margin: String = "5 absolute"
  ) async throws -> [Finding] {
    var files: [String: String] = [:]
    for (run, error) in candidates.enumerated() { files["c\(run).csv"] = csv(error) }
    for (run, error) in baselines.enumerated() { files["b\(run).csv"] = csv(error, every: 2) }
    func paths(_ side: String, _ count: Int) -> ConfigTree {
      .sequence((0..<count).map { .scalar("\(side)\($0).csv") })
    }
    return try await ModelFixture(files).findings([
      "task": "regression", "label": "y", "prediction": "p", "id": "id",
      "candidate": ["predictions": paths("c", candidates.count)],
      "baseline": ["predictions": paths("b", baselines.count)],
      "gates": [["metric": "mae", "max_regression": .scalar(margin), "confidence": "95%"]],
    ])
  }

  /// Mean absolute errors are the errors' means (10 and more, so that all have one sign): of 10, 11, 12 and 19, 20, 24 the
  /// means are 11 and 21, their variances 1/3 and 7/3, with Satterthwaite's (8/3)² / (1/9/2 + 49/9/2) = 2.56 degrees of
  /// freedom. Each row is as far off in all runs of a side, so that all that the rows vary is of the rows.
  /// The differences of rows are 0 and ±2 about their mean: a variance of 2 · 400/399, and a kurtosis of 2, which leaves 199
  /// degrees of freedom.
  @Test func theIntervalCountsRunsAndRows() async throws {
    let finding = try await Self.finding([10, 11, 12], [19, 20, 24], margin: "1 absolute")[2]
    #expect(finding.evidence.observed?.value == 11 && finding.evidence.baseline?.value == 21)
    let training = StudentT(degrees: 2.56).critical(confidence: 0.95) * (8.0 / 3).squareRoot()
    let rows = StudentT(degrees: 199).critical(confidence: 0.95) * (2.0 / 399).squareRoot()
    let half = (training * training + rows * rows).squareRoot()
    let interval = try #require(finding.evidence.interval)
    #expect(abs(interval.lower - (-10 - half)) < 1e-9 && abs(interval.upper - (-10 + half)) < 1e-9, "\(interval)")
    #expect(finding.evidence.notes.contains("the mean of 3 and 3 training runs of candidate and baseline"))
    #expect(finding.evidence.notes.contains { $0.contains("of the variance") }, "\(finding.evidence.notes)")
  }

  /// Eight runs of each side that are off by one in each row, each to another side: of a run the difference varies by the
  /// root of 2/400, of the means by the root of 2/400/8 = 0.025. Counted as the rows' in every run the interval would be
  /// 0.277 wide.
  @Test func whatTrainingDoesToEachRowFallsWithTheRuns() async throws {
    var random = Philox(Seed("training noise", [1]))
    func csv() -> String {
      "id,y,p\n" + (0..<400).map { "r\($0),100,\(random.index(below: 2) == 0 ? 109 : 111)\n" }.joined()
    }
    var files: [String: String] = [:]
    for run in 0..<8 { (files["c\(run).csv"], files["b\(run).csv"]) = (csv(), csv()) }
    let found = try await ModelFixture(files).findings([
      "task": "regression", "label": "y", "prediction": "p", "id": "id",
      "candidate": ["predictions": ["c*.csv"]],
      "baseline": ["predictions": .sequence((0..<8).map { .scalar("b\($0).csv") })],
      "gates": [["metric": "mae", "max_regression": "0.15 absolute", "confidence": "95%"]],
    ])
    let interval = try #require(found.last?.evidence.interval)
    #expect((0.06...0.18).contains(interval.upper - interval.lower), "\(interval)")
    #expect(found.last?.outcome == .passed, "\(found.last?.message ?? "")")
  }

  /// One run each is sure of a difference of half; three that vary by one are not.
  @Test func whatTrainingVariesIsNoImprovement() async throws {
    let one = try await Self.finding([10], [10.5], margin: "0 absolute")[2]
    #expect(one.outcome == .passed, "\(one.message)")
    let three = try await Self.finding([9, 10, 11], [9.5, 10.5, 11.5], margin: "0 absolute")[2]
    #expect(three.outcome == .inconclusive, "\(three.message)")
    let half = try await Self.finding([9, 10, 11], [10.5], margin: "0 absolute")[2]
    #expect(half.evidence.notes.contains { $0.contains("one side has one training run") })
  }

  /// Of 9, 10, 11 and 9.5, 10.5, 11.5 the variances are 1: with k runs of each side half the interval is the root of 2/k
  /// times Student's t with 2 (k - 1) degrees of freedom, which must end at 0, that is at 0.5, less what the rows bring.
  @Test func runsWouldDecideWhatRowsCannot() async throws {
    let found = try await Self.finding([9, 10, 11], [9.5, 10.5, 11.5], margin: "0 absolute")[2]
    let rows = StudentT(degrees: 199).critical(confidence: 0.95) * (2.0 / 399).squareRoot()
    let needed = try #require(
      (3...100).first { count in
        let training =
          StudentT(degrees: Double(2 * count - 2)).critical(confidence: 0.95) * (2 / Double(count)).squareRoot()
        return (training * training + rows * rows).squareRoot() <= 0.5
      })
    #expect(
      found.message.hasSuffix(
        "about \(needed) training runs of each side would decide if it stays what it is; more rows alone cannot"),
      "\(found.message)")
    // On one side alone.
    let half = try await Self.finding([9, 10, 11], [10.5], margin: "0 absolute")[2]
    #expect(half.message.contains(" training runs of the candidate would decide"), "\(half.message)")
  }

  /// Of 9, 10, 11 and 9.5, 10.5, 11.5 against a margin of 2: with k runs of each side the interval has half the root of the
  /// sum of squares of what rows and training bring, and 80 % pass that lie 0.84 standard errors inside.
  @Test func powerNamesTheRuns() async throws {
    let files =
      [9.0, 10, 11].enumerated().map { ("c\($0.offset).csv", Self.csv($0.element)) }
      + [9.5, 10.5, 11.5].enumerated().map { ("b\($0.offset).csv", Self.csv($0.element, every: 2)) }
    let folder = try ModelFixture(Dictionary(uniqueKeysWithValues: files))
    let model: ConfigTree = [
      "task": "regression", "label": "y", "prediction": "p", "id": "id",
      "candidate": ["predictions": ["c0.csv", "c1.csv", "c2.csv"]],
      "baseline": ["predictions": ["b0.csv", "b1.csv", "b2.csv"]],
      "gates": [["metric": "mae", "max_regression": "2 absolute", "confidence": "95%"]],
    ]
    let subject = try #require(ModelFixture.decode(["delay": model]).subjects?.first)
    let context = RunContext(workingDirectory: folder.folder.path, environment: [:], now: 0)
    let found = try #require(await subject.power(0.8, in: context).first?.power)
    let error = (2.0 / 399).squareRoot()
    let rows = StudentT(degrees: 199).critical(confidence: 0.95) * error
    let needed = try #require(
      (3...100).first { count in
        let training = (2 / Double(count)).squareRoot()
        let half = StudentT(degrees: Double(2 * count - 2)).critical(confidence: 0.95) * training
        return (half * half + rows * rows).squareRoot()
          + 0.8416212335729143 * (training * training + error * error).squareRoot() <= 2
      })
    #expect(needed > 3 && found.trainings == "\(needed) training runs of each side", "\(found)")
    #expect(found.needed == nil && found.isOfRuns)
  }

  /// Where the runs agree that well more rows decide as well.
  @Test func rowsDecideWhereRunsHardlyVary() async throws {
    let found = try await Self.finding([10, 10.01, 10.02], [10.1, 10.11, 10.12], margin: "0 absolute")[2]
    #expect(found.outcome == .inconclusive, "\(found.message)")
    #expect(
      found.message.contains(" rows would decide") || found.message.contains(" rows, or about"), "\(found.message)")
  }

  @Test func oneRunIsNotSeveral() async throws {
    let files = ["c0.csv": Self.csv(1), "copy.csv": Self.csv(1), "b0.csv": Self.csv(2)]
    for runs: ConfigTree in [["c0.csv", "c0.csv"], ["c0.csv", "copy.csv"], ["c*.csv"]] {
      let found = try await ModelFixture(files).findings([
        "task": "regression", "label": "y", "prediction": "p", "id": "id", "candidate": ["predictions": runs],
        "gates": [["metric": "mae", "at_most": "5"]],
      ])
      #expect(found.map(\.outcome) == [.errored, .skipped], "\(found.map(\.message))")
      #expect(found[0].message.hasPrefix("c0.csv "), "\(found[0].message)")
    }
  }

  /// A pattern in a list has a run for each of its files; alone it is one table, in which rows would come again.
  @Test func aPatternInAListNamesTheRuns() async throws {
    let folder = try ModelFixture([
      "runs/a.csv": Self.csv(10), "runs/b.csv": Self.csv(11), "runs/c.csv": Self.csv(12), "b0.csv": Self.csv(20),
    ])
    func findings(_ runs: ConfigTree, gate: ConfigTree = ["metric": "mae", "at_most": "50"]) async throws -> [Finding] {
      try await folder.findings([
        "task": "regression", "label": "y", "prediction": "p", "id": "id", "candidate": ["predictions": runs],
        "gates": [gate],
      ])
    }
    let found = try await findings(["runs/*.csv"])
    #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
    #expect(found[1].evidence.observed?.value == 11)
    let sure = try await findings(
      ["runs/*.csv"], gate: ["metric": "mae", "at_most": "50", "confidence": "95%"])
    #expect(
      sure[1].evidence.notes.contains("the mean of 3 training runs of the candidate"), "\(sure[1].evidence.notes)")
    let alone = try await findings("runs/*.csv")
    #expect(alone.map(\.outcome) == [.failed, .skipped])
    #expect(
      alone[0].evidence.notes == [
        "when each file is of a training run of its own, write a list: predictions: [runs/*.csv]"
      ])
    let nothing = try await findings(["run/*.csv"])
    #expect(nothing[0].outcome == .errored && nothing[0].message.contains("run/*.csv"), "\(nothing[0].message)")
    let other = try await findings(["runs/*.csv", "b1.csv"])
    #expect(other[0].outcome == .errored, "\(other[0].message)")
  }

  @Test func allRunsPredictTheSameRows() async throws {
    let files = ["c0.csv": Self.csv(1), "c1.csv": Self.csv(1, count: 399), "b0.csv": Self.csv(2)]
    let found = try await ModelFixture(files).findings([
      "task": "regression", "label": "y", "prediction": "p", "id": "id",
      "candidate": ["predictions": ["c0.csv", "c1.csv"]], "baseline": ["predictions": "b0.csv"],
      "gates": [["metric": "mae", "at_most": "5"]],
    ])
    #expect(found[0].outcome == .failed && found[0].message.contains("c1.csv is of other rows"), "\(found[0].message)")
    #expect(found[0].message.hasSuffix("1 row missing in c1.csv"), "\(found[0].message)")
    #expect(found.map(\.outcome).allSatisfy { $0 != .passed })
    let missing = try await ModelFixture(["c0.csv": Self.csv(1)]).findings([
      "task": "regression", "label": "y", "prediction": "p", "id": "id",
      "candidate": ["predictions": ["c0.csv", "c1.csv"]], "gates": [["metric": "mae", "at_most": "5"]],
    ])
    #expect(missing.map(\.outcome) == [.errored, .skipped])
  }
}
