import ModelChecks
import TestSupport
import Testing
import Verdict

/// Comparisons that would hold whatever the models are like.
@Suite struct VacuousComparisonTests {
  private static let regression: ConfigTree = ["metric": "accuracy", "max_regression": "0.01 absolute"]
  private static let floor: ConfigTree = ["metric": "accuracy", "at_least": "0.6"]

  private func problems(_ keys: [(String, ConfigTree)]) -> [String] {
    let model = ConfigTree.mapping([("task", "binary"), ("id", "id")] + keys + [("gates", [Self.regression])])
    return ModelFixture.decode(["delay": model]).problems.map(\.headline)
  }

  @Test func aModelIsNotItsOwnBaseline() {
    let own = "the candidate and the baseline are the same columns of one file"
    let file: ConfigTree = ["predictions": "c.csv"]
    #expect(problems([("label", "y"), ("score", "p"), ("candidate", file), ("baseline", file)]) == [own])
    #expect(problems([("label", "y"), ("score", "p"), ("candidate", file), ("baseline", ["label": "y"])]) == [own])
    #expect(problems([("label", "y"), ("score", "p"), ("candidate", file), ("baseline", ["score": "q"])]).isEmpty)
  }

  @Test func aLabelIsNoPrediction() {
    let file: ConfigTree = ["predictions": "c.csv"]
    let found = problems([("label", "y"), ("score", "y"), ("candidate", file), ("baseline", ["score": "q"])])
    #expect(found == ["the candidate's score is its label, \"y\""])
  }

  @Test func rowsThatCountDifferentlyDoNotBelongTogether() async throws {
    let rows = (0..<100).map { "r\($0),\($0 % 2),\($0 % 2 == 1 ? "0.9" : "0.1")" }
    func table(_ weight: (Int) -> Int) -> String {
      "id,y,p,w\n" + rows.enumerated().map { "\($1),\(weight($0))\n" }.joined()
    }
    func join(_ candidate: String, _ baseline: String) async throws -> Finding? {
      try await PredictionFixture.findings(candidate, baseline, [Self.regression], [("weight", "w")])
        .first { $0.kind == "join" }
    }
    #expect(try await join(table { _ in 1 }, table { _ in 1 })?.outcome == .passed)
    let other = try await join(table { $0 < 7 ? 2 : 1 }, table { _ in 1 })
    #expect(other?.outcome == .failed && other?.message == "7 rows with another weight in the baseline")
  }

  @Test func aRowThatComesAgainIsNoMoreEvidence() async throws {
    let once = PredictionFixture.csv(count: 40) { $0 % 8 != 0 }
    let again = once + once.split(separator: "\n").dropFirst().map { "\($0)\n" }.joined()
    #expect(try await PredictionFixture.findings(once, nil, [Self.floor]).map(\.outcome) == [.passed, .passed])
    let found = try await PredictionFixture.findings(again, nil, [Self.floor])
    #expect(found.map(\.outcome) == [.failed, .skipped])
    #expect(found[0].message == "c.csv has 40 rows with an id that an earlier row has")
    // A gate that is asked for alone does not pass either.
    let alone = try await PredictionFixture.findings(again, nil, [Self.floor], only: ["models.delay.accuracy.at_least"])
    #expect(alone.map(\.outcome) == [.failed])
  }

  @Test func classesThatAreNumbersAreComparedAsNumbers() async throws {
    let rows = (0..<90).map { "r\($0),\($0 % 3),\($0 % 3).0\n" }.joined()
    let model: ConfigTree = .mapping([
      ("task", "multiclass"), ("label", "y"), ("prediction", "p"), ("id", "id"),
      ("candidate", ["predictions": "c.csv"]),
      ("gates", [["metric": "accuracy", "at_least": "1"]]),
    ])
    let found = try await ModelFixture(["c.csv": "id,y,p\n" + rows]).findings(model)
    #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
  }

  // MARK: - Slices

  private func sliced(_ slices: ConfigTree, minRows: String) async throws -> Finding {
    let rows = (0..<200).map { row in
      // The ten rows of HA are all wrong.
      let (label, isHA) = (row % 2, row >= 190)
      return "\(row),\(label),\((label == 1) != isHA ? "0.9" : "0.1"),\(isHA ? "HA" : "AA"),\(row)\n"
    }
    let gate: ConfigTree = ["metric": "accuracy", "at_least": "0.6", "slices": "all"]
    let found = try await PredictionFixture.findings(
      "id,y,p,carrier,distance\n" + rows.joined(), nil, [gate],
      [("slices", [slices]), ("min_rows", .scalar(minRows))])
    return try #require(found.last)
  }

  @Test func whatIsDemandedIsNotPooled() async throws {
    #expect(try await sliced(["column": "carrier", "values": ["HA"]], minRows: "50").outcome == .failed)
  }

  @Test func onePoolOfAllRowsIsNoSlice() async throws {
    let found = try await sliced("carrier", minRows: "500")
    #expect(found.outcome == .errored && found.message.contains("no slice by carrier has 500 rows"), "\(found.message)")
  }

  @Test func binsNeedNumbersWithinThem() async throws {
    let beyond = try await sliced(["column": "distance", "bins": ["1000", "2000"]], minRows: "5")
    #expect(beyond.outcome == .errored && beyond.message.contains("no row has a \"distance\" in any of the bins"))
    let words = try await sliced(["column": "carrier", "bins": ["0", "2000"]], minRows: "5")
    #expect(words.outcome == .errored && words.message.contains("hold a value that is no number"), "\(words.message)")
  }
}
