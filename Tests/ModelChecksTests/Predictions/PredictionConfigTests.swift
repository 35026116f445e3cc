import Language
import ModelChecks
import Testing
import Verdict

/// What the config of a model with predictions means, and what is wrong with it and where.
@Suite struct PredictionConfigTests {
  private static let gate: ConfigTree = ["metric": "roc_auc", "max_regression": "0.01 absolute", "confidence": "95%"]

  private func problems(_ model: ConfigTree) -> [Diagnostic] { ModelFixture.decode(["delay": model]).problems }

  @Test func theChecksOfAModelAreItsPredictionsItsJoinAndItsGates() throws {
    let model = PredictionFixture.model(
      [
        Self.gate,
        ["metric": ["name": "fbeta", "beta": "2"], "at_least": "0.5", "slices": "all", "id": "f2"],
        ["metric": "recall", "suspicious_improvement": "5% relative"],
      ],
      [("slices", ["carrier", ["carrier", ["column": "distance", "bins": ["0", "500"]]]])])
    let (subjects, problems) = ModelFixture.decode(["delay": model])
    #expect(problems.isEmpty, "\(problems)")
    let subject = try #require(subjects?.first)
    #expect(
      subject.checks.map(\.id.description) == [
        "models.delay.predictions", "models.delay.join", "models.delay.roc_auc.max_regression",
        "models.delay.fbeta.f2", "models.delay.fbeta.f2@carrier", "models.delay.fbeta.f2@carrier+distance",
        "models.delay.recall.suspicious_improvement",
      ])
    #expect(subject.checks.map(\.isImplicit) == [true, true, false, false, false, false, false])
  }

  @Test func onlyFilesOfTheirOwnAreJoined() throws {
    var keys: [(String, ConfigTree)] = [
      ("task", "binary"), ("label", "y"), ("candidate", ["predictions": "c.csv", "score": "p"]),
    ]
    keys += [("baseline", ["score": "q"]), ("gates", [Self.gate])]
    let (subjects, problems) = ModelFixture.decode(["delay": .mapping(keys)])
    #expect(problems.isEmpty, "\(problems)")
    #expect(subjects?.first?.checks.map(\.id.check) == ["predictions", "max_regression"])
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var headline: String
    var gate: ConfigTree
    var more: [(String, ConfigTree)] = []
    var testDescription: String { headline }
  }

  @Test(arguments: [
    Mistake(headline: "there is no metric \"roc_aux\"", gate: ["metric": "roc_aux", "at_least": "0.5"]),
    Mistake(headline: "fbeta needs the parameter \"beta\"", gate: ["metric": "fbeta", "at_least": "0.5"]),
    Mistake(
      headline: "roc_auc has no parameter \"beta\"",
      gate: ["metric": ["name": "roc_auc", "beta": "2"], "at_least": "0"]),
    Mistake(headline: "the key \"name\" is missing here", gate: ["metric": ["beta": "2"], "at_least": "0"]),
    Mistake(
      headline: "a level of confidence lies between",
      gate: ["metric": "recall", "at_least": "0.5", "confidence": "100%"]),
    Mistake(
      headline: "never inconclusive", gate: ["metric": "recall", "at_least": "0.5", "when_inconclusive": "warn"]),
    Mistake(headline: "this model has no slices", gate: ["metric": "recall", "at_least": "0.5", "slices": "all"]),
    Mistake(
      headline: "no gate judges the slices", gate: ["metric": "recall", "at_least": "0.5"],
      more: [("slices", ["carrier"])]),
    Mistake(
      headline: "each above the one before", gate: ["metric": "recall", "at_least": "0.5", "slices": "all"],
      more: [("slices", [["column": "d", "bins": ["5", "5"]]])]),
    Mistake(
      headline: "declared twice", gate: ["metric": "recall", "at_least": "0.5", "slices": "all"],
      more: [("slices", ["carrier", "carrier"])]),
    Mistake(
      headline: "by their id or by their order", gate: ["metric": "recall", "at_least": "0.5"],
      more: [("join", "by_row_order")]),
    Mistake(
      headline: "needs to know which side of \"selection_rate\"",
      gate: ["metric": "selection_rate", "max_regression": "0.1 absolute"]),
    Mistake(
      headline: "a multiclass model has no threshold", gate: ["metric": "accuracy", "at_least": "0.5"],
      more: [("task", "multiclass"), ("prediction", "k"), ("threshold", "0.4")]),
  ])
  func mistakesAreNamed(mistake: Mistake) throws {
    let problems = problems(PredictionFixture.model([mistake.gate], mistake.more))
    let problem = try #require(problems.first { $0.headline.contains(mistake.headline) }, "\(problems)")
    #expect(problem.location != nil)
  }

  @Test func aWrongNameIsCorrected() throws {
    let problem = try #require(problems(PredictionFixture.model([["metric": "roc_aux", "at_least": "0"]])).first)
    #expect(problem.label == "did you mean \"roc_auc\"?")
  }

  @Test func sidesOfTwoKindsAreNoPair() {
    let gates: [ConfigTree] = [["metric": "recall", "at_least": "0.5"]]
    func headlines(_ keys: [(String, ConfigTree)]) -> [String] {
      problems(.mapping(keys + [("gates", .sequence(gates))])).map(\.headline)
    }
    let both = headlines([("candidate", ["predictions": "c", "metrics": "m"])])
    #expect(both == ["one side has metrics or predictions, not both"])
    let mixed = headlines([
      ("task", "binary"), ("label", "y"), ("score", "p"), ("candidate", ["predictions": "c"]),
      ("baseline", ["metrics": "m"]),
    ])
    #expect(mixed == ["the candidate has predictions and the baseline metrics"])
    let other = headlines([("candidate", ["metrics": "c"]), ("label", "y")])
    #expect(other == ["\"label\" is about predictions, and this model has metrics files"])
    let unjoined = headlines([
      ("task", "binary"), ("label", "y"), ("score", "p"), ("candidate", ["predictions": "c"]),
      ("baseline", ["predictions": "b"]),
    ])
    #expect(unjoined == ["nothing says which rows of both files belong together"])
  }

  @Test func ametricsFileHasNoConfidence() {
    let model: ConfigTree = [
      "candidate": ["metrics": "c"],
      "gates": [
        ["metric": "auc", "at_least": "0", "confidence": "95%"], ["metric": "auc", "at_most": "1", "slices": "all"],
      ],
    ]
    #expect(problems(model).count == 2)
  }
}
