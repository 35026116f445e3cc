import Metrics
import Testing

@Suite struct MetricRegistryTests {
  @Test func metricsAreFoundByNameAndAlias() throws {
    #expect(try MetricRegistry.definition("roc_auc", of: BinaryRows.self).name == "roc_auc")
    #expect(try MetricRegistry.definition("ROC-AUC", of: BinaryRows.self).name == "roc_auc")
    #expect(try MetricRegistry.definition("mean_squared_error", of: RegressionRows.self).name == "mse")
  }

  @Test func aWrongNameIsTold() {
    #expect(
      throws: MetricProblem.unknownMetric("roc_acu", task: .binary, nearest: "roc_auc", tasks: [])
    ) { try MetricRegistry.definition("roc_acu", of: BinaryRows.self) }
    #expect(
      throws: MetricProblem.unknownMetric("rmse", task: .binary, nearest: "rmsce", tasks: [.regression])
    ) { try MetricRegistry.definition("rmse", of: BinaryRows.self) }
  }

  @Test func wrongParametersAreTold() throws {
    let fbeta = try MetricRegistry.definition("fbeta", of: BinaryRows.self)
    #expect(throws: MetricProblem.missingParameter("beta", metric: "fbeta")) { try fbeta.metric() }
    #expect(throws: MetricProblem.badParameter("beta", metric: "fbeta", expects: "a number above 0")) {
      try fbeta.metric(["beta": .number(-1)])
    }
    #expect(
      throws: MetricProblem.unknownParameter(
        "bta", metric: "fbeta", known: ["beta", "zero_division", "sklearn_compat"])
    ) { try fbeta.metric(["bta": .number(1)]) }
    #expect(throws: MetricProblem.self) {
      try MetricRegistry.definition("roc_auc", of: BinaryRows.self).metric(["max_fpr": .number(0)])
    }
  }

  @Test func everyTaskHasMetrics() {
    for task in MetricTask.allCases { #expect(!MetricRegistry.pages(of: task).isEmpty, "\(task)") }
    #expect(MetricRegistry.pages.count > 100)
  }

  @Test(arguments: MetricTask.allCases) func namesAndAliasesNameOneMetric(task: MetricTask) {
    let words = MetricRegistry.pages(of: task).flatMap { [$0.name] + $0.aliases }
    let twice = Dictionary(grouping: words) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(twice.isEmpty, "\(twice)")
  }

  @Test(arguments: MetricRegistry.pages) func everyPageSaysWhatWhyAndHow(page: MetricPage) {
    for text in [page.what, page.why, page.fix] {
      #expect(text.count > 15 && (text.hasSuffix(".") || text.hasSuffix("?")), "\(page.name): \(text)")
      #expect(!text.contains("  ") && !text.contains("\n"), "\(page.name): \(text)")
    }
    #expect(page.example.hasPrefix("{metric: \(page.name), "), "\(page.name): \(page.example)")
    #expect(page.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(page.name)")
  }

  /// A page that several tasks share is one page.
  @Test func aNameHasOnePage() {
    for task in MetricTask.allCases {
      for page in MetricRegistry.pages(of: task) { #expect(MetricRegistry.page(page.name) == page, "\(page.name)") }
    }
  }
}
