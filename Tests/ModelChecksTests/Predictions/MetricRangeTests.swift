import ModelChecks
import TestSupport
import Testing
import Verdict

/// Gates that the metric itself makes impossible, or empty.
@Suite struct MetricRangeTests {
  private func problems(_ gate: ConfigTree, task: String = "binary") -> [String] {
    var keys: [(String, ConfigTree)] = [("task", .scalar(task)), ("label", "y"), ("id", "id")]
    keys.append((task == "binary" ? "score" : "prediction", "p"))
    keys.append(("candidate", ["predictions": "c.csv"]))
    keys.append(("baseline", ["predictions": "b.csv"]))
    keys.append(("gates", .sequence([gate])))
    let model = ConfigTree.mapping(keys)
    return ModelFixture.decode(["delay": model]).problems.map(\.headline)
  }

  @Test func whatTheMetricCannotBeIsAMistake() {
    #expect(problems(["metric": "accuracy", "at_least": "1.2"]) == ["accuracy cannot be at least 1.2"])
    #expect(problems(["metric": "roc_auc", "at_least": "92"]) == ["roc_auc cannot be at least 92"])
    #expect(problems(["metric": "log_loss", "at_most": "-0.1"]) == ["log_loss cannot be at most -0.1"])
    #expect(problems(["metric": "mcc", "between": ["-3", "-2"]]) == ["mcc cannot be between -3 and -2"])
    #expect(problems(["metric": "r2", "at_least": "1.5"], task: "regression") == ["r2 cannot be at least 1.5"])
    #expect(
      problems(["metric": "accuracy", "min_improvement": "5 absolute"])
        == ["accuracy cannot be at least 5 better than the baseline"])
    #expect(
      problems(["metric": "accuracy", "max_regression": "5 absolute"])
        == ["accuracy is always at most 5 worse than the baseline, so this would check nothing"])
  }

  /// However many rows there are.
  @Test func noIntervalLiesWithinOneNumber() {
    let words = "no interval lies within one number, so that exactly 0.9 can never pass with confidence"
    #expect(problems(["metric": "accuracy", "equals": "0.9", "confidence": "95%"]) == [words])
    #expect(problems(["metric": "accuracy", "equals": "0.9"]).isEmpty)
  }

  @Test func whatItCanBeIsNone() {
    for (metric, bound, value) in [
      ("accuracy", "at_least", "1"), ("log_loss", "at_most", "0"), ("mcc", "at_least", "-0.5"),
      ("accuracy", "max_regression", "0.5 absolute"), ("log_loss", "max_regression", "5 absolute"),
      ("brier_score", "at_most", "1.5"),
    ] {
      let gate = ConfigTree.mapping([("metric", .scalar(metric)), (bound, .scalar(value))])
      #expect(problems(gate).isEmpty, "\(metric)")
    }
  }

  /// Of the worst row of the population the rows at hand know nothing: a bootstrap's interval ends at the worst that is seen.
  @Test func extremesHaveNoInterval() {
    let words = "has no interval: the one worst row or bin makes it, and a worse one may be unseen"
    let worst: ConfigTree = ["metric": "max_error", "at_most": "5", "confidence": "95%"]
    #expect(problems(worst, task: "regression") == ["max_error \(words)"])
    #expect(problems(["metric": "mce", "max_regression": "0.1 absolute", "confidence": "95%"]) == ["mce \(words)"])
    #expect(problems(["metric": "mce", "max_regression": "0.1 absolute"]).isEmpty)
    for metric in ["ece", "rmsce", "reliability", "resolution"] {
      let found = problems(["metric": .scalar(metric), "max_regression": "0.1 absolute", "confidence": "95%"])
      #expect(found.count == 1 && found[0].hasPrefix("\(metric) has no interval: it is above 0"), "\(found)")
    }
  }
}
