package import Language
package import Verdict

/// What a model may cost besides its metrics: a number and its limits.
package struct Budget: Sendable {
  package var limits = Limits()
  package var id: Located<String>?
  package var severity = Severity.block
  var size: Located<String>?
  var json: Located<String>?
  var path: Located<String>?
  var report: Located<String>?
  var check: Located<String>?

  /// Where the number stands.
  enum Source: Sendable {
    /// The bytes of a file, or of all files of a folder.
    case size(Located<String>)
    /// A number in a JSON file, by a JSONPath.
    case json(Located<String>, path: Located<String>)
    /// What a check of another run observed, in its JSON report.
    case report(Located<String>, check: Located<String>)
  }

  package init() {}

  /// Nil where the config does not say; then that is reported.
  var source: Source? {
    if let size { return .size(size) }
    if let json, let path { return .json(json, path: path) }
    if let report, let check { return .report(report, check: check) }
    return nil
  }

  package static let documentation = CheckDocumentation(
    suite: .models, kind: "budget",
    summary:
      "A number that is no metric keeps its limits: the size of the model's files, a number in a JSON file, or what a check of another run observed.",
    why:
      "A better model that is twice as large, took a week to train or answers too late is not better where it is used. Such numbers belong to the same gate as the metrics, or nobody looks at them.",
    example:
      "models:\n  delay:\n    candidate: {metrics: out/metrics.json}\n    gates: [{metric: roc_auc, at_least: 0.72}]\n    budgets:\n      - {size: out/model.onnx, at_most: 50MB, id: size}\n      - {json: out/training.json, path: $.seconds, at_most: 3600, id: training-time}\n      - {report: out/endpoints.json, check: endpoints.delay-api.latency, at_most: 50ms, id: latency}",
    fix:
      "Prune, quantise or distil the model, or raise the budget in a change of its own that those see who pay for it."
  )

  package static var shape: Shape<Budget> {
    let text = Shape<String>.string.located
    let keys: [Key<Budget>] = [
      .optional("size", \.size, text, "A file, or a folder: the bytes of all files in it."),
      .optional("json", \.json, text, "A JSON file that holds the number."),
      .optional("path", \.path, text, "Where it stands in the JSON file: a JSONPath such as $.training.seconds."),
      .optional("report", \.report, text, "A JSON report of cupel run, of the endpoints for example."),
      .optional("check", \.check, text, "The check of that report whose observed value counts."),
      .optional("id", \.id, text, "A name of its own, when a model has several budgets."),
      .key("severity", \.severity, Shape<Severity>.choice, "Whether a failure blocks (the default) or warns."),
    ]
    return Shape<Budget>.object(Budget(), keys + Shape<Limits>.keys(\.limits, of: amount), check: validate)
      .named("budget")
  }

  /// `3600`, `50MB`, `50ms`.
  private static var amount: Shape<Quantity> {
    .plain.when({ $0.isNumber }, otherwise: .bytes.when({ $0.isSize }, otherwise: .duration))
  }

  private static func validate(_ budget: Budget, _ node: Node, _ problems: inout Problems) {
    Shape<Limits>.validate(budget.limits, node, &problems)
    if [budget.size, budget.json, budget.report].count(where: { $0 != nil }) != 1 {
      problems.report(
        "a budget is of one number: size:, json: with path:, or report: with check:", at: node.location)
    }
    if let json = budget.json, budget.path == nil {
      problems.report(
        "nothing says where the number stands", at: json.location, help: ["add path: and a JSONPath: $.seconds"])
    }
    if let report = budget.report, budget.check == nil {
      problems.report(
        "nothing says which check of the report is meant", at: report.location,
        help: ["add check: and its identity: endpoints.delay-api.latency"])
    }
    if let path = budget.path {
      if budget.json == nil { problems.report("path: belongs to json:", at: path.location) }
      if let problem = BudgetReader.problem(of: path.value) { problems.report(problem, at: path.location) }
    }
    if let check = budget.check, budget.report == nil {
      problems.report("check: belongs to report:", at: check.location)
    }
    if let place = budget.limits.location(for: 0), let unit = budget.limits.unit, budget.size != nil, unit == .seconds {
      problems.report("a size is no duration", at: place, help: ["write for example 50MB"])
    }
  }
}

extension Node {
  /// Whether it ends as sizes do.
  fileprivate var isSize: Bool {
    if case .scalar(let text, _) = content { text.hasSuffix("B") } else { false }
  }
}
