import Language
import Metrics
import Testing
import Verdict

@testable import ModelChecks

/// Whether a metric can be computed from the columns that a config names is known before there are rows.
@Suite struct MetricNeedsTests {
  /// What a metric needs, so that every metric can be asked for.
  private static func arguments(_ parameters: [MetricParameter]) -> [String: MetricArgument] {
    parameters.filter(\.isRequired).reduce(into: [:]) { arguments, parameter in
      arguments[parameter.name] =
        switch parameter.kind {
        case .share: .number(0.5)
        case .word: .word("a")
        default: .number(2)
        }
    }
  }

  private static let place = SourceLocation(file: "cupel.yaml", line: 1, column: 1)

  private static func columns(_ roles: some Sequence<ColumnRole>) -> PredictionColumns {
    var columns = PredictionColumns()
    for role in roles { columns[role] = .one(Located("x", at: place)) }
    return columns
  }

  private static func references(_ task: PredictionTask) -> [MetricReference] {
    guard let rows = MetricTask(rawValue: task.rawValue) else { return [] }
    return MetricRegistry.pages(of: rows).map { page in
      MetricReference(
        name: Located(page.name, at: place), arguments: arguments(MetricRegistry.parameters(of: page.name, rows)))
    }
  }

  /// Were a metric undefined on the rows that have everything, nothing would ever be said of what it lacks.
  @Test(arguments: PredictionTask.allCases.filter { $0 != .losses })
  func everyMetricHasAValueWhereAllColumnsAre(task: PredictionTask) throws {
    func check<Rows: PredictedRows>(_ rows: Rows.Type) throws {
      let full = try rows.specimen(nil, PredictionTerms())
      for reference in Self.references(task) {
        let metric = try MetricRegistry.definition(reference.name.value, of: rows).metric(reference.arguments)
        #expect(throws: Never.self, "\(metric.name)") { try metric.value(of: full) }
      }
    }
    #expect(!Self.references(task).isEmpty)
    try check(task.rows)
  }

  /// What needs more than the columns without which there is no model at all.
  @Test(arguments: [
    (
      PredictionTask.binary, [ColumnRole.label, .prediction], ["roc_auc", "log_loss", "recall_at_precision"], "recall"
    ),
    (.binary, [.label, .score], [], "recall"),
    (.multiclass, [.label, .prediction], ["log_loss", "top_k_accuracy", "ece"], "f1"),
    (.multilabel, [.label, .prediction], ["coverage_error", "roc_auc"], "f1"),
    (.forecast, [.label, .lower, .upper], ["mase", "wape", "crps"], "coverage"),
    (.forecast, [.label, .prediction], ["mase", "rmsse", "coverage", "winkler_score"], "wape"),
    (.forecast, [.label, .members], ["wape"], "crps"),
    (.likelihood, [.logLikelihood, .tokens], ["word_perplexity", "bits_per_byte"], "perplexity"),
  ])
  func aMetricNeedsItsColumns(task: PredictionTask, roles: [ColumnRole], lacking: [String], has: String) {
    let lacks = Self.references(task).filter {
      task.lack($0, Self.columns(roles), PredictionTerms()) != nil
    }.map(\.name.value)
    #expect(Set(lacking).isSubset(of: lacks) && !lacks.contains(has), "\(lacks)")
  }

  @Test func allColumnsLackNothingButAHistory() {
    for task in PredictionTask.allCases {
      let columns = Self.columns(task.roles)
      for reference in Self.references(task) {
        let lack = task.lack(reference, columns, PredictionTerms())
        // The test by Hosmer and Lemeshow counts rows, which have no weights.
        let lacks = ["mase", "rmsse", "hosmer_lemeshow"].contains(reference.name.value)
        #expect((lack != nil) == lacks, "\(task): \(reference.name.value): \(lack ?? "nothing")")
      }
    }
  }

  @Test func whatCountsRowsHasNoInterval() throws {
    let counted: [(PredictionTask, String)] = [
      (.binary, "true_positives"), (.binary, "hosmer_lemeshow"), (.multiclass, "support"), (.regression, "max_error"),
    ]
    for (task, name) in counted {
      let reference = MetricReference(name: Located(name, at: Self.place))
      #expect(try task.metric(reference).lackOfInterval != nil, "\(name)")
    }
    #expect(
      TaskFixture.problems(
        "regression", [("label", "y"), ("prediction", "v")],
        [["metric": "max_error", "at_most": "9", "confidence": "95%"]]
      ).first?.hasPrefix("max_error has no interval") == true)
  }
}
