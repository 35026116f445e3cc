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

  /// A class that is called 1 reaches the metric as the word, however the config wrote it.
  @Test func classesMayBeNumbers() throws {
    let rows = try MulticlassRows(classes: ["1", "2"], labels: [0, 1, 1], predictions: [0, 1, 0])
    let recall = try MetricRegistry.definition("recall", of: MulticlassRows.self)
    #expect(try recall.metric(["class": .number(2)]).value(of: rows) == 0.5)
    #expect(try recall.metric(["labels": .numbers([1, 2])]).value(of: rows) == 0.75)
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
    #expect(
      page.example.hasPrefix("{metric: \(page.name), ") || page.example.hasPrefix("{metric: {name: \(page.name), "),
      "\(page.name): \(page.example)")
    // The parameters of the example are the metric's own.
    let known = MetricTask.allCases.flatMap { MetricRegistry.parameters(of: page.name, $0) }.map(\.name)
    let inner = page.example.split(separator: "}")[0].split(separator: "{").last ?? ""
    for part in inner.split(separator: ", ") where page.example.contains("{name:") && part.contains(": ") {
      let key = String(part.split(separator: ":")[0])
      #expect(key == "name" || known.contains(key), "\(page.name): \(key)")
    }
    #expect(page.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(page.name)")
  }

  /// A page that several tasks share is one page.
  @Test func aNameHasOnePage() {
    for task in MetricTask.allCases {
      for page in MetricRegistry.pages(of: task) { #expect(MetricRegistry.page(page.name) == page, "\(page.name)") }
    }
  }
}
