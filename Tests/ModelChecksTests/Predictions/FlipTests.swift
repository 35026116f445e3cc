import ModelChecks
import TestSupport
import Testing
import Verdict

/// What one model calls right and the other wrong, as a metric.
@Suite struct FlipTests {
  /// Of four rows the candidate breaks one that the baseline had, mends one, and leaves two.
  @Test func flipsAreCountedRowByRow() async throws {
    let found = try await PredictionFixture.findings(
      "id,y,p\nd,0,0.1\na,1,0.1\nb,1,0.9\nc,0,0.1\n", "id,y,p\na,1,0.9\nb,1,0.1\nc,0,0.1\nd,0,0.2\n",
      [
        TaskFixture.gate("negative_flip_rate", is: 0.25), TaskFixture.gate("positive_flip_rate", is: 0.25),
        TaskFixture.gate("symmetric_flip_rate", is: 0.5), TaskFixture.gate("pos_to_neg_flip_rate", is: 1),
      ])
    #expect(found.dropFirst(2).allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
  }

  @Test func classesThatOnlyOneModelCallsAreTold() async throws {
    let found = try await TaskFixture.findings(
      "multiclass", [("label", "y"), ("prediction", "k"), ("id", "id")],
      [TaskFixture.gate("negative_flip_rate", is: 1.0 / 3), TaskFixture.gate("symmetric_flip_rate", is: 2.0 / 3)],
      candidate: "id,y,k\n1,a,a\n2,b,z\n3,c,c\n", baseline: "id,y,k\n1,a,a\n2,b,b\n3,c,q\n")
    #expect(found.dropFirst(2).allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
  }

  /// Wilson's interval of 3 of 60, by its formula.
  @Test func aFlipRateHasAnInterval() async throws {
    let found = try await PredictionFixture.findings(
      PredictionFixture.csv(count: 60) { $0 >= 3 }, PredictionFixture.csv(count: 60) { _ in true },
      [["metric": "negative_flip_rate", "at_most": "0.2", "confidence": "95%"]])
    let (n, share, z) = (60.0, 0.05, 1.959963984540054)
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let interval = try #require(found.last?.evidence.interval)
    #expect(abs(interval.lower - (middle - half)) < 1e-9 && abs(interval.upper - (middle + half)) < 1e-9)
    #expect(found.last?.outcome == .passed && found.last?.evidence.method == "wilson, paired by id")
  }

  /// Of two runs of each side the flips of each pair, and their mean: of four rows the first candidate breaks one, and the
  /// second two.
  @Test func flipsOfSeveralRunsAreThoseOfTheirPairs() async throws {
    let right = PredictionFixture.csv(count: 4) { _ in true }
    let files = [
      "c0.csv": PredictionFixture.csv(count: 4) { $0 > 0 }, "c1.csv": PredictionFixture.csv(count: 4) { $0 > 1 },
      "b0.csv": right, "b1.csv": right.replacing("0.9", with: "0.8"),
    ]
    let found = try await ModelFixture(files).findings([
      "task": "binary", "label": "y", "score": "p", "id": "id", "candidate": ["predictions": ["c0.csv", "c1.csv"]],
      "baseline": ["predictions": ["b0.csv", "b1.csv"]], "gates": [TaskFixture.gate("negative_flip_rate", is: 0.375)],
    ])
    #expect(found.last?.outcome == .passed, "\(found.map(\.message))")
    #expect(
      found[0].evidence.notes.contains { $0.hasPrefix("newly wrong: 1 row") && $0.contains("first training run") })
  }

  @Test func aFlipRateNeedsBothModels() {
    func problems(_ gate: ConfigTree, baseline: String? = "b.csv") -> [String] {
      ModelFixture.decode(["m": PredictionFixture.model([gate], baseline: baseline)]).problems.map(\.headline)
    }
    let gate: ConfigTree = ["metric": "negative_flip_rate", "at_most": "0.01"]
    #expect(problems(gate) == [])
    #expect(problems(gate, baseline: nil) == ["negative_flip_rate compares with a baseline, and this model has none"])
    #expect(
      problems(["metric": "negative_flip_rate", "max_regression": "0.01 absolute"])
        == ["negative_flip_rate compares both models already"])
  }

  @Test func withoutABaselineThereIsNoFlip() async throws {
    let fixture = try ModelFixture(["c.csv": PredictionFixture.csv(count: 4) { _ in true }])
    let model = PredictionFixture.model([["metric": "negative_flip_rate", "at_most": "1"]])
    #expect(try await fixture.findings(model).last?.outcome == .errored)
  }
}
