import ModelChecks
import TestSupport
import Testing
import Verdict

/// Files as other tools write them, from file to verdict.
@Suite struct ToolFormatTests {
  /// The layout of lm-evaluation-harness' `results_*.json`.
  private static func lmEval(_ accuracy: Double) -> String {
    """
    {
      "results": {
        "arc_easy": {
          "alias": "arc_easy", "acc,none": \(accuracy), "acc_stderr,none": 0.0088, "acc_norm,none": 0.71,
          "acc_norm_stderr,none": 0.0093
        },
        "gsm8k": {
          "alias": "gsm8k", "exact_match,strict-match": 0.41, "exact_match_stderr,strict-match": 0.0135,
          "exact_match,flexible-extract": 0.43, "exact_match_stderr,flexible-extract": "N/A"
        }
      },
      "group_subtasks": {"arc_easy": [], "gsm8k": []},
      "configs": {"arc_easy": {"task": "arc_easy", "metric_list": [{"metric": "acc", "aggregation": "mean"}]}},
      "versions": {"arc_easy": 1.0, "gsm8k": 3.0}, "n-shot": {"arc_easy": 0, "gsm8k": 5},
      "higher_is_better": {"arc_easy": {"acc": true, "acc_norm": true}, "gsm8k": {"exact_match": true}},
      "n-samples": {"arc_easy": {"original": 2376, "effective": 2376}, "gsm8k": {"original": 1319, "effective": 1319}},
      "config": {"model": "hf", "limit": null}, "git_hash": "4e7e0d4", "date": 1755766800.0
    }
    """
  }

  private static func findings(
    _ name: String, _ candidate: String, _ baseline: String, _ gates: [ConfigTree]
  ) async throws -> [Finding] {
    try await ModelFixture(["c/\(name)": candidate, "b/\(name)": baseline]).findings([
      "candidate": ["metrics": .scalar("c/\(name)")], "baseline": ["metrics": .scalar("b/\(name)")],
      "gates": .sequence(gates),
    ])
  }

  @Test func resultsOfLmEvaluationHarnessAreMetrics() async throws {
    let found = try await Self.findings(
      "results_2026.json", Self.lmEval(0.74), Self.lmEval(0.75),
      [
        ["metric": "arc_easy.acc,none", "max_regression": "0.011 absolute"],
        ["metric": "acc,none", "max_regression": "0.009 absolute"],
        ["metric": "gsm8k.exact_match,strict-match", "at_least": "0.41"],
        ["metric": "gsm8k.exact_match_stderr,flexible-extract", "at_most": "1"],
      ])
    // Of a standard error that the harness could not compute there is no number.
    #expect(found.map(\.outcome) == [.passed, .failed, .passed, .errored], "\(found.map(\.message))")
  }

  /// Without the filter, where there is one; what is told of a metric is no metric.
  @Test func aHarnessMetricIsFoundWithoutItsFilter() async throws {
    let found = try await Self.findings(
      "r.json", Self.lmEval(0.74), Self.lmEval(0.75),
      [
        ["metric": "results.arc_easy.acc", "max_regression": "0.011 absolute"],
        ["metric": "gsm8k.exact_match", "at_least": "0.4"],
        ["metric": "n-samples.gsm8k.effective", "at_least": "1319"],
      ])
    #expect(found.map(\.outcome) == [.passed, .errored, .passed], "\(found.map(\.message))")
    #expect(found[1].message.contains("gsm8k.exact_match,strict-match, results.gsm8k.exact_match,flexible-extract"))
  }

  /// A group of tasks within a group, as the harness writes `mmlu`: of the groups themselves it tells no samples.
  private static func grouped(samples: Int, shots: Int = 5, last: String = "virology") -> String {
    """
    {
      "results": {
        "mmlu": {"acc,none": 0.6}, "stem": {"acc,none": 0.6}, "anatomy": {"acc,none": 0.6}, "\(last)": {"acc,none": 0.6}
      },
      "group_subtasks": {"mmlu": ["stem", "\(last)"], "stem": ["anatomy"], "anatomy": [], "\(last)": []},
      "n-shot": {"anatomy": 5, "\(last)": \(shots)}, "higher_is_better": {"mmlu": {"acc": true}},
      "n-samples": {"anatomy": {"original": 135, "effective": \(samples)}, "\(last)": {"effective": 166}}
    }
    """
  }

  @Test(
    arguments: [
      (grouped(samples: 135), nil), (grouped(samples: 10), "10 samples of anatomy instead of 135"),
      (grouped(samples: 135, shots: 0), "0 shots of virology instead of 5"),
      (grouped(samples: 135).replacing("\"stem\", ", with: ""), "1 tasks instead of 3"),
    ] as [(String, String?)])
  func aHarnessGroupIsComparableAsItsTasksAre(candidate: String, words: String?) async throws {
    let found = try await Self.findings(
      "r.json", candidate, Self.grouped(samples: 135), [["metric": "mmlu.acc", "max_regression": "0.01 absolute"]])
    #expect(found[0].outcome == (words == nil ? .passed : .errored), "\(found[0].message)")
    if let words { #expect(found[0].message.contains(words), "\(found[0].message)") }
  }

  /// Numbers of other samples, shots or versions of a task cannot be compared, and a direction must be the file's.
  @Test(arguments: [
    ("\"effective\": 2376", "\"effective\": 20", "2376 samples instead of 20"),
    ("\"arc_easy\": 0,", "\"arc_easy\": 5,", "0 shots instead of 5"),
    ("\"arc_easy\": 1.0", "\"arc_easy\": 2.0", "version: 1 instead of 2"),
  ])
  func aHarnessTellsWhatIsComparable(from: String, to: String, words: String) async throws {
    let results = Self.lmEval(0.74)
    let found = try await Self.findings(
      "r.json", results, results.replacing(from, with: to),
      [
        ["metric": "arc_easy.acc", "max_regression": "0.01 absolute"],
        ["metric": "gsm8k.exact_match,strict-match", "max_regression": "0.01 absolute"],
      ])
    #expect(found.map(\.outcome) == [.errored, .passed], "\(found.map(\.message))")
    #expect(found[0].message.contains(words), "\(found[0].message)")
  }

  @Test func aDirectionThatContradictsTheFileIsAnError() async throws {
    let results = Self.lmEval(0.74).replacing("\"acc_norm\": true", with: "\"acc_norm\": false")
    let found = try await Self.findings(
      "r.json", results, results, [["metric": "arc_easy.acc_norm,none", "max_regression": "0.01 absolute"]])
    #expect(found.map(\.outcome) == [.errored], "\(found.map(\.message))")
    #expect(found[0].message.contains("lower is better"), "\(found[0].message)")
  }

  /// Rows of `samples_arc_easy_*.jsonl`.
  private static func samples(_ isRight: (Int) -> Bool) -> String {
    (0..<60).map { row in
      """
      {"doc_id": \(row), "doc": {"question": "q\(row)", "choices": ["a", "b"]}, "target": "1", "arguments": \
      {"gen_args_0": {"arg_0": "Question", "arg_1": " a"}}, "resps": [[["-1.5", "False"]]], "filtered_resps": \
      [["-1.5", "False"]], "filter": "none", "metrics": ["acc"], "doc_hash": "d\(row)", "prompt_hash": "p", \
      "target_hash": "t", "acc": \(isRight(row) ? "1.0" : "0.0")}

      """
    }.joined()
  }

  /// The samples of both models are paired by document: McNemar's rows, and no unpaired test.
  @Test func samplesOfLmEvaluationHarnessArePaired() async throws {
    let files = ["c.jsonl": Self.samples { $0 % 3 != 0 || $0 == 0 }, "b.jsonl": Self.samples { $0 % 3 != 0 }]
    let found = try await ModelFixture(files).findings([
      "task": "losses", "id": ["doc_id", "filter"], "candidate": ["predictions": "c.jsonl"],
      "baseline": ["predictions": "b.jsonl"],
      "gates": [
        [
          "metric": ["name": "arc_easy", "loss": "acc"], "direction": "higher", "max_regression": "0.1 absolute",
          "confidence": "95%",
        ], ["metric": ["name": "arc_easy", "loss": "acc"], "between": ["0.6833", "0.6834"]],
      ],
    ])
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed], "\(found.map(\.message))")
    #expect(found[2].evidence.method.contains("paired by doc_id, filter") == true)
  }

  @Test func aModelOfLossesHasNoMetricByName() {
    let problems = TaskFixture.problems("losses", [], [["metric": "roc_auc", "at_least": "0.5"]])
    #expect(problems == ["a model of losses has no metric \"roc_auc\" but those that its gates make"])
  }

  /// `classification_report(…, output_dict=True)` of scikit-learn as JSON.
  private static func report(_ recall: Double) -> String {
    """
    {"0": {"precision": 0.9, "recall": 0.8, "f1-score": 0.847, "support": 100.0},
     "1": {"precision": 0.6, "recall": \(recall), "f1-score": 0.64, "support": 40.0},
     "accuracy": 0.77, "macro avg": {"precision": 0.75, "recall": 0.75, "f1-score": 0.74, "support": 140.0},
     "weighted avg": {"precision": 0.81, "recall": 0.77, "f1-score": 0.78, "support": 140.0}}
    """
  }

  @Test func classificationReportsAreMetrics() async throws {
    let found = try await Self.findings(
      "report.json", Self.report(0.65), Self.report(0.7),
      [
        ["metric": "1.recall", "max_regression": "0.04 absolute"],
        ["metric": "macro avg.f1-score", "max_regression": "0 absolute"], ["metric": "accuracy", "at_least": "0.77"],
        ["metric": "recall", "at_least": "0.5"],
      ])
    #expect(found.map(\.outcome) == [.failed, .passed, .passed, .errored], "\(found.map(\.message))")
    #expect(found[3].message.contains("ambiguous"))
  }

  /// What `GET /api/2.0/mlflow/runs/get` answers, saved.
  private static func run(_ area: String) -> String {
    """
    {"run": {"info": {"run_id": "r", "status": "FINISHED", "start_time": 1755766800000},
      "data": {"metrics": [{"key": "roc_auc", "value": \(area), "timestamp": 1755766800000, "step": "0"},
        {"key": "loss", "value": "NaN", "timestamp": 1755766800000, "step": 0}],
        "params": [{"key": "depth", "value": "6"}], "tags": [{"key": "mlflow.user", "value": "ann"}]}}}
    """
  }

  @Test func runsOfMLflowAreMetrics() async throws {
    let found = try await Self.findings(
      "run.json", Self.run("0.72"), Self.run("0.75"),
      [
        ["metric": "roc_auc", "max_regression": "0.02 absolute"], ["metric": "metrics.roc_auc", "at_least": "0.7"],
        ["metric": "loss", "at_most": "1"],
      ])
    #expect(found.map(\.outcome) == [.failed, .passed, .errored], "\(found.map(\.message))")
  }

  @Test(arguments: [
    ("m.csv", "metric,value\nauc,0.7\n", "metric,value\nauc,0.75\n"),
    ("m.csv", "step,auc\n1,0.7\n", "step,auc\n1,0.75\n"),
    ("m.yaml", "auc: 0.7\n", "auc: 0.75\n"),
  ])
  func tablesAndYAMLAreMetrics(name: String, candidate: String, baseline: String) async throws {
    let found = try await Self.findings(
      name, candidate, baseline,
      [["metric": "auc", "max_regression": "0.04 absolute"], ["metric": "auc", "at_least": "0.7"]])
    #expect(found.map(\.outcome) == [.failed, .passed], "\(found.map(\.message))")
  }
}
