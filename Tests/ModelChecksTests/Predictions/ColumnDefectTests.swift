import ModelChecks
import TestSupport
import Testing
import Verdict

/// What is odd about the columns of predictions is told, and nothing is guessed.
@Suite struct ColumnDefectTests {
  private static func first(_ file: String, _ more: [(String, ConfigTree)] = []) async throws -> Finding {
    try await PredictionFixture.findings(file, nil, [["metric": "recall", "at_least": "0"]], more)[0]
  }

  @Test func aColumnThatStandsTwiceIsAnError() async throws {
    let finding = try await Self.first("id,y,p,p\na,1,0.9,0.1\n")
    #expect(finding.outcome == .errored && finding.message.contains("more than one column \"p\""), "\(finding.message)")
    #expect(try await Self.first("id,y,p,q,q\na,1,0.9,0.1,2\n").outcome == .passed)
  }

  /// What is no row is no row that the model got right, on whichever side.
  @Test(arguments: [
    ("c.csv", "id,y,p\na,1,0.9\nb,0\nc,0,0.1\n", 3), ("c.csv", "id,y,p\na,1,0.9\nb,0,0.1,7\n", 3),
    ("c.jsonl", "{\"id\": \"a\", \"y\": 1, \"p\": 0.9}\n{\"id\": \"b\", \"y\": 0, \"p\": NaN}\n", 2),
    ("c.jsonl", "{\"id\": \"a\", \"y\": 1, \"p\": 0.9}\nTraceback\n", 2),
  ])
  func recordsThatAreNoRowsAreNotLeftOut(name: String, file: String, line: Int) async throws {
    let good = "id,y,p\na,1,0.9\nb,0,0.1\nc,0,0.1\n"
    for (candidate, baseline) in [(name, "b.csv"), ("b.csv", name)] {
      let found = try await ModelFixture([name: file, "b.csv": good]).findings([
        "task": "binary", "label": "y", "score": "p", "id": "id", "candidate": ["predictions": .scalar(candidate)],
        "baseline": ["predictions": .scalar(baseline)],
        "gates": [["metric": "accuracy", "max_regression": "0.5 absolute"]],
      ])
      #expect(found.map(\.outcome) == [.errored, .skipped, .skipped], "\(found.map(\.message))")
      #expect(found[0].reason == .io && found[0].message.hasPrefix("1 record is no row of \(name)"))
      #expect(found[0].evidence.samples.map(\.line) == [line] && found[0].evidence.samples[0].file == name)
    }
  }

  @Test func aThresholdBeyondAllScoresIsTold() async throws {
    let below = try await Self.first("id,y,p\na,1,0.3\nb,0,0.1\n")
    #expect(below.outcome == .passed)
    #expect(below.evidence.notes == ["no score reaches the threshold 0.5: the scores lie between 0.1 and 0.3"])
    let above = try await Self.first("id,y,p\na,1,30\nb,0,10\n")
    #expect(above.evidence.notes == ["every score reaches the threshold 0.5: the scores lie between 10 and 30"])
    #expect(try await Self.first("id,y,p\na,1,0.3\nb,0,0.1\n", [("threshold", "0.2")]).evidence.notes == [])
    // With a column of calls the threshold decides nothing.
    let called = try await Self.first("id,y,p,k\na,1,0.3,1\nb,0,0.1,0\n", [("prediction", "k")])
    #expect(called.evidence.notes == [])
  }

  /// Of logits the order says something, and the calls nothing until somebody says where they begin.
  @Test func scoresThatAreNoProbabilitiesNeedAThreshold() async throws {
    let file = "id,y,p\na,1,3.5\nb,0,-2\nc,1,0.2\nd,0,-0.1\n"
    func outcomes(_ more: [(String, ConfigTree)] = []) async throws -> [Outcome] {
      try await PredictionFixture.findings(
        file, nil,
        [
          ["metric": "accuracy", "at_least": "0.1"], ["metric": "f1", "at_least": "0.1"],
          ["metric": "roc_auc", "at_least": "0.1"],
          ["metric": ["name": "recall_at_fpr", "fpr": "0.5"], "at_least": "0.1"],
        ], more
      ).map(\.outcome)
    }
    #expect(try await outcomes() == [.passed, .errored, .errored, .passed, .passed])
    #expect(try await outcomes([("threshold", "0")]) == [.passed, .passed, .passed, .passed, .passed])
  }

  /// A constant has an area of 0.5 by convention, and orders nothing; as a probability it can be judged.
  @Test func constantScoresOrderNothing() async throws {
    let found = try await PredictionFixture.findings(
      "id,y,p\na,1,0.4\nb,0,0.4\nc,1,0.4\n", nil,
      ["roc_auc", "average_precision", "log_loss", "accuracy"].map { ["metric": .scalar($0), "between": ["0", "1"]] })
    #expect(
      found.map(\.outcome) == [.passed, .errored, .errored, .passed, .passed], "\(found.map(\.message))")
    #expect(found[1].reason == .undefined && found[1].message == "every score is 0.4, which puts no row before another")
  }

  @Test func callsInPlaceOfScoresAreTold() async throws {
    let finding = try await Self.first("id,y,p\na,1,1\nb,0,0\n")
    #expect(finding.evidence.notes.first?.hasPrefix("every score is 0 or 1") == true)
  }

  @Test func conventionsOfScikitLearnAreAsked() async throws {
    let file = "id,y,p\na,1,0.1\nb,0,0.2\n"
    let found = try await PredictionFixture.findings(
      file, nil,
      [
        ["metric": "precision", "at_least": "0"],
        ["metric": ["name": "precision", "sklearn_compat": "true"], "equals": "0", "id": "compatible"],
        ["metric": ["name": "precision", "zero_division": "1"], "equals": "1", "id": "one"],
      ])
    #expect(found.map(\.outcome) == [.passed, .errored, .passed, .passed], "\(found.map(\.message))")
  }

  /// Two gates of one kind on one metric with other parameters have two identities, or there is none.
  @Test func parametersAreToldApart() async throws {
    func gate(_ beta: String, _ id: String?) -> ConfigTree {
      var keys: [(String, ConfigTree)] = [("metric", ["name": "fbeta", "beta": .scalar(beta)]), ("at_most", "0.1")]
      if let id { keys.append(("id", .scalar(id))) }
      return .mapping(keys)
    }
    let model = PredictionFixture.model([gate("0.5", nil), gate("2", nil)], baseline: nil)
    let problem = try #require(ModelFixture.decode(["m": model]).problems.first)
    #expect(
      problem.headline.contains("stands twice on \"fbeta\"") && problem.help == ["give one of them an id: of its own"])
    let found = try await PredictionFixture.findings(
      "id,y,p\na,1,0.9\nb,1,0.1\n", nil, [gate("0.5", nil), gate("2", "recall-first")])
    #expect(found.map(\.id.description).suffix(2) == ["models.delay.fbeta.at_most", "models.delay.fbeta.recall-first"])
    // By hand: precision 1 and recall 1/2 make 1.25 · 0.5 / 0.75 and 5 · 0.5 / 4.5.
    #expect(found[1].message.hasPrefix("fbeta (beta 0.5) is 0.833333"), "\(found[1].message)")
    #expect(found[2].message.hasPrefix("fbeta (beta 2) is 0.555556"), "\(found[2].message)")
  }
}
