import ModelChecks
import TestSupport
import Testing
import Verdict

/// What files of predictions hold, and what becomes of the gates: never a pass.
@Suite struct PredictionInputTests {
  private static let gates: [ConfigTree] = [
    ["metric": "log_loss", "at_most": "10"], ["metric": "accuracy", "max_regression": "0.9 absolute"],
  ]

  private static func findings(
    _ candidate: String, _ baseline: String? = nil, _ more: [(String, ConfigTree)] = []
  ) async throws -> [Finding] {
    try await PredictionFixture.findings(candidate, baseline ?? candidate, gates, more)
  }

  private static let good = "id,y,p\na,1,0.9\nb,0,0.2\nc,1,0.4\n"

  @Test func goodRowsPass() async throws {
    #expect(try await Self.findings(Self.good).map(\.outcome) == [.passed, .passed, .passed, .passed])
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var candidate: String
    var message: String
    var outcome = Outcome.errored
    var testDescription: String { message }
  }

  @Test(arguments: [
    Bad(candidate: "id,y,p\n", message: "has no rows"),
    Bad(candidate: "id,y,p\na,,0.9\nb,0,0.2\n", message: "1 row has no value in \"y\""),
    Bad(candidate: "id,y,p\na,1,\nb,0,0.2\n", message: "1 row has no value in \"p\""),
    Bad(candidate: "id,y,p\na,1,NaN\nb,0,nan\n", message: "2 rows have NaN in \"p\""),
    Bad(candidate: "id,y,p\na,1,high\nb,0,0.1\n", message: "1 row has a value that is no number in \"p\""),
    Bad(candidate: "id,y,p\na,1,inf\nb,0,0.1\n", message: "the score of row 1 of c.csv is infinite"),
    Bad(candidate: "id,y,p\na,yes,0.5\nb,no,0.1\n", message: "nothing says which is positive"),
    Bad(candidate: "id,y,p\na,0,0.5\nb,1,0.1\nc,2,0.1\n", message: "has 3 different values"),
    Bad(candidate: "id,y,prob\na,0,0.5\n", message: "has no column \"p\"", outcome: .failed),
  ])
  func badRowsAreNoPass(bad: Bad) async throws {
    let findings = try await Self.findings(bad.candidate, Self.good)
    #expect(findings[0].outcome == bad.outcome && findings[0].message.contains(bad.message), "\(findings[0].message)")
    #expect(findings.dropFirst().map(\.outcome) == [.skipped, .skipped, .skipped])
    #expect(findings.dropFirst().allSatisfy { $0.message.contains("models.delay.predictions") })
    // A gate that is asked for alone says it itself.
    let alone = try await PredictionFixture.findings(
      bad.candidate, Self.good, Self.gates, only: ["models.delay.log_loss"])
    #expect(alone.map(\.outcome) == [bad.outcome] && alone[0].message.contains(bad.message))
  }

  @Test func theFirstBadRowIsShown() async throws {
    let findings = try await Self.findings("id,y,p\na,1,0.1\nb,0,\n", Self.good)
    #expect(findings[0].evidence.samples.first?.line == 3)
    #expect(findings[0].evidence.samples.first?.file?.hasSuffix("c.csv") == true)
  }

  @Test func aMissingCandidateIsAnError() async throws {
    let fixture = try ModelFixture(["b.csv": Self.good])
    let findings = try await fixture.findings(PredictionFixture.model(Self.gates))
    #expect(findings.map(\.outcome) == [.errored, .skipped, .skipped, .skipped])
  }

  @Test func aScoreThatIsNoProbabilityMattersWhereOneIsNeeded() async throws {
    let findings = try await Self.findings("id,y,p\na,1,3\nb,0,-1\nc,1,0.7\n")
    // A class that is called at a threshold of 0.5 needs one, too.
    #expect(findings.map(\.outcome) == [.passed, .passed, .errored, .errored])
    #expect(findings[2].reason == .undefined && findings[2].message.contains("a probability lies between 0 and 1"))
    #expect(findings[3].reason == .undefined)
  }

  @Test func oneClassHasNoArea() async throws {
    let findings = try await PredictionFixture.findings(
      "id,y,p\na,1,0.9\nb,1,0.2\n", nil, [["metric": "roc_auc", "at_least": "0"]])
    #expect(findings.map(\.outcome) == [.passed, .errored])
    #expect(findings[1].reason == .undefined)
  }

  @Test func labelsAreBooleansNumbersOrNamedWords() async throws {
    for (yes, no, positive) in [("true", "false", nil), ("1.0", "0.0", nil), ("late", "early", "late")] {
      let file = "id,y,p\na,\(yes),0.9\nb,\(no),0.2\nc,\(yes),0.4\n"
      let more: [(String, ConfigTree)] = positive.map { [("positive", .scalar($0))] } ?? []
      let found = try await PredictionFixture.findings(file, nil, [["metric": "recall", "equals": "0.5"]], more)
      #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
    }
    let absent = try await PredictionFixture.findings(
      Self.good, nil, [["metric": "recall", "equals": "0.5"]], [("positive", "late")])
    #expect(absent[0].outcome == .errored && absent[0].message.contains("no row of c.csv has the positive label"))
  }

  @Test func callsStandForScores() async throws {
    let file = "id,y,k\na,1,1\nb,0,1\nc,1,0\nd,0,0\n"
    let more: [(String, ConfigTree)] = [("score", "k"), ("prediction", "k")]
    let found = try await PredictionFixture.findings(file, nil, [["metric": "accuracy", "equals": "0.5"]], more)
    #expect(found.map(\.outcome) == [.passed, .passed])
  }

  @Test func theThresholdDecidesWhatIsCalledPositive() async throws {
    for (threshold, recall) in [("0.4", "1"), ("0.41", "0.5"), ("0.95", "0")] {
      let found = try await PredictionFixture.findings(
        Self.good, nil, [["metric": "recall", "equals": .scalar(recall)]], [("threshold", .scalar(threshold))])
      #expect(found[1].outcome == .passed, "\(found[1].message)")
    }
  }

  /// Scores of 32 bits that were 0.9 reach a threshold of 0.9; among scores of 64 bits the same number is below it.
  @Test func theThresholdIsOfTheWidthOfTheScores() async throws {
    let narrow = (Double(Float(0.9)), Double(Float(0.3)))
    for (other, recall) in [(narrow.1, "1"), (0.3, "0")] {
      let file = "id,y,p\na,1,\(narrow.0)\nb,0,\(other)\nc,0,0\n"
      let found = try await PredictionFixture.findings(
        file, nil, [["metric": "recall", "equals": .scalar(recall)]], [("threshold", "0.9")])
      #expect(found[1].outcome == .passed, "\(found[1].message)")
    }
  }

  @Test func aMissingBaselineIsWhatTheConfigSays() async throws {
    func outcomes(_ policy: String) async throws -> [Outcome] {
      var keys: [(String, ConfigTree)] = [("task", "binary"), ("label", "y"), ("score", "p"), ("id", "id")]
      keys.append(("candidate", ["predictions": "c.csv"]))
      keys.append(("baseline", ["predictions": "b.csv", "when_missing": .scalar(policy)]))
      keys.append(("gates", .sequence(Self.gates)))
      return try await ModelFixture(["c.csv": Self.good]).findings(.mapping(keys)).map(\.outcome)
    }
    #expect(try await outcomes("error") == [.passed, .errored, .passed, .errored])
    #expect(try await outcomes("absolute-only") == [.passed, .skipped, .passed, .skipped])
    // What needs no baseline is judged although the candidate is accepted without one.
    #expect(try await outcomes("accept") == [.passed, .skipped, .passed, .skipped])
  }

  /// What is wrong with a side is shown where that side is named.
  @Test func aBaselineThatLacksAColumnIsShown() async throws {
    let found = try await Self.findings(Self.good, "id,p\na,0.9\nb,0.2\nc,0.4\n")
    #expect(found.map(\.outcome) == [.failed, .skipped, .passed, .skipped], "\(found.map(\.message))")
    #expect(found[0].message == "b.csv has no column \"y\"", "\(found[0].message)")
    #expect(found[0].location != nil && found[0].location == found[1].location)
  }

  @Test func severalClassesAreJudgedByTheirCalls() async throws {
    let file = "id,y,k\na,cat,cat\nb,dog,cat\nc,fox,fox\nd,dog,dog\n"
    let model: [(String, ConfigTree)] = [("task", "multiclass"), ("prediction", "k")]
    var keys: [(String, ConfigTree)] = [("label", "y"), ("candidate", ["predictions": "c.csv"])] + model
    keys.append(("gates", [["metric": "accuracy", "equals": "0.75"]]))
    let found = try await ModelFixture(["c.csv": file]).findings(.mapping(keys))
    #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
  }
}
