import Metrics
import Statistics
import Testing

/// Where scikit-learn answers 0.0, 1.0 or NaN, a metric says why it has no value, unless it is asked to do the same.
@Suite struct UndefinedMetricTests {
  private static let negatives = [false, false, false]

  private static func value<Rows: MetricRows>(
    _ name: String, _ arguments: [String: MetricArgument] = [:], of rows: Rows
  ) throws -> Double {
    try MetricRegistry.definition(name, of: Rows.self).metric(arguments).value(of: rows)
  }

  @Test func aMissingClassIsToldByName() throws {
    let rows = try BinaryRows(labels: Self.negatives, scores: [0.2, 0.5, 0.9])
    #expect(throws: Undefined.tooFew("positive rows", needed: 1, got: 0)) { try Self.value("recall", of: rows) }
    #expect(throws: Undefined.singleClass) { try Self.value("roc_auc", of: rows) }
    #expect(throws: Undefined.tooFew("positive rows", needed: 1, got: 0)) {
      try Self.value("average_precision", of: rows)
    }
    #expect(throws: Undefined.singleClass) { try Self.value("mcc", of: rows) }
    #expect(throws: Undefined.emptyCategory("class positive")) { try Self.value("balanced_accuracy", of: rows) }
  }

  /// Any order of positives alone has a precision of 1, which says nothing of the model.
  @Test(arguments: ["average_precision", "pr_auc"]) func positivesAloneHaveNoCurve(metric: String) throws {
    let rows = try BinaryRows(labels: [true, true, true], scores: [0.2, 0.5, 0.9])
    #expect(throws: Undefined.singleClass) { try Self.value(metric, of: rows) }
    #expect(try Self.value(metric, ["sklearn_compat": .flag(true)], of: rows) == 1)
  }

  @Test func compatibilityAnswersAsScikitLearnDoes() throws {
    let rows = try BinaryRows(labels: Self.negatives, scores: [0.2, 0.5, 0.9])
    let compatible: [String: MetricArgument] = ["sklearn_compat": .flag(true)]
    #expect(try Self.value("recall", compatible, of: rows) == 0)
    #expect(try Self.value("average_precision", compatible, of: rows) == 0)
    #expect(try Self.value("mcc", compatible, of: rows) == 0)
    #expect(try Self.value("recall", ["zero_division": .number(1)], of: rows) == 1)
    #expect(throws: Undefined.singleClass) { try Self.value("roc_auc", compatible, of: rows) }
  }

  @Test func noRowsAndNoWeightAreNoEvidence() throws {
    let rows = try BinaryRows(labels: [true, false], scores: [0.9, 0.1], weights: [0, 0])
    for definition in BinaryRows.metrics {
      let metric = try definition.metric(MetricLawTests.arguments(definition.parameters))
      #expect(throws: Undefined.self, "\(definition.name) without weight") { try metric.value(of: rows) }
      #expect(throws: Undefined.noObservations, "\(definition.name) of no rows") {
        try metric.value(of: rows.rows(at: []))
      }
      #expect(throws: Undefined.noObservations) { try metric.evidence(of: rows.rows(at: [])) }
    }
  }

  @Test func numbersThatAreNoneAreRefused() {
    #expect(throws: Undefined.notFinite(index: 1)) { try BinaryRows(labels: [true, false], scores: [0, .nan]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try RegressionRows(labels: [.infinity], predictions: [1]) }
    #expect(throws: Undefined.outsideDomain("weight 1 is negative")) {
      try BinaryRows(labels: [true], scores: [0.5], weights: [-1])
    }
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try BinaryRows(labels: [true, false], scores: [1]) }
    #expect(throws: Undefined.self) { try BinaryRows(labels: [true]) }
    #expect(throws: Undefined.self) { try MulticlassRows(classes: ["a"], labels: [1], predictions: [0]) }
  }

  @Test func scoresOutsideTheUnitAreNoProbabilities() throws {
    let rows = try BinaryRows(labels: [true, false], scores: [1.2, 0.1])
    for name in ["log_loss", "brier_score", "ece", "reliability", "calibration_ratio", "d2_brier"] {
      #expect(throws: Undefined.outsideDomain("score 1 is 1.2, and a probability lies between 0 and 1"), "\(name)") {
        try Self.value(name, of: rows)
      }
    }
    #expect(try Self.value("roc_auc", of: rows) == 1)
  }

  @Test func predictionsAloneHaveNoCurve() throws {
    let rows = try BinaryRows(labels: [true, false], predictions: [true, true])
    #expect(throws: Undefined.self) { try Self.value("roc_auc", of: rows) }
    #expect(try Self.value("precision", of: rows) == 0.5)
  }

  @Test func probabilitiesSumToOne() throws {
    let rows = try MulticlassRows(classes: ["a", "b"], labels: [0, 1], probabilities: [0.5, 0.2, 0.5, 0.5])
    #expect(throws: Undefined.self) { try Self.value("log_loss", of: rows) }
    #expect(throws: Undefined.self) { try Self.value("ece", of: rows) }
    #expect(try Self.value("log_loss", ["sklearn_compat": .flag(true)], of: rows) > 0)
  }

  @Test func labelsThatDoNotVaryHaveNoSkill() throws {
    let rows = try RegressionRows(labels: [0.1, 0.1, 0.1], predictions: [0.1, 0.2, 0.1])
    for name in ["r2", "explained_variance", "d2_absolute_error", "d2_tweedie"] {
      #expect(throws: Undefined.zeroVariance, "\(name)") { try Self.value(name, of: rows) }
      // scikit-learn's D² of a deviance has no such convention.
      if name == "d2_tweedie" { continue }
      #expect(try Self.value(name, ["force_finite": .flag(true)], of: rows) == 0, "\(name)")
    }
    #expect(throws: Undefined.self) { try Self.value("mape", of: try RegressionRows(labels: [0], predictions: [1])) }
  }

  @Test func queriesWithoutAnswersAreLeftOut() throws {
    let rows = try RankingRows(queries: [0, 0, 1, 1], relevances: [1, 0, 0, 0], scores: [2, 1, 2, 1])
    #expect(try Self.value("ndcg", of: rows) == 1)
    #expect(try Self.value("ndcg", ["sklearn_compat": .flag(true)], of: rows) == 0.5)
    #expect(throws: Undefined.self) { try Self.value("ndcg", of: rows.rows(at: [2, 3])) }
  }

  @Test func aGroupWithoutPositivesIsNotUnfair() throws {
    let rows = try FairnessRows(
      rows: try BinaryRows(labels: [true, false, false, false], predictions: [true, false, true, false]),
      names: ["a", "b"], groups: [0, 0, 1, 1])
    #expect(throws: Undefined.tooFew("positive rows of group b", needed: 1, got: 0)) {
      try Self.value("equal_opportunity_difference", of: rows)
    }
  }

  @Test func veryLongTextsAreRefusedWhereTheSearchWouldNotEnd() throws {
    let long = String(repeating: "a ", count: 2001)
    let rows = try TextRows(hypotheses: [long], references: [["a"]])
    #expect(throws: Undefined.outsideDomain("ter takes texts of at most 2000 words")) {
      try Self.value("ter", of: rows)
    }
    #expect(try Self.value("wer", of: rows) == 2000)
  }
}
