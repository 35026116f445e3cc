package import Verdict

/// A model card: what a run found of one model, as Markdown for people, below front matter that model hubs read.
///
/// The front matter is `model-index` as the Hugging Face hub has it: a task, a dataset, and metrics, each with its value and
/// its interval, or with the words that there is none; every slice is a configuration of the dataset.
package struct ModelCard: Report {
  /// The model's name in the config.
  package var model: String
  /// What the model predicts, as the config says it; nil where it does not.
  package var task: String?
  /// What the model was judged on, as messages name it.
  package var dataset: String
  /// What the run measured beside its findings, slices as well.
  package var measured: [CardMetric]

  package init(model: String, task: String?, dataset: String, measured: [CardMetric] = []) {
    self.measured = measured
    self.model = model
    self.task = task
    self.dataset = dataset
  }

  package func render(_ result: RunResult) throws(ReportError) -> [UInt8] {
    let findings = result.findings.filter { $0.id.suite == .models && $0.id.subject == model }
    let metrics = CardMetric.all(measured, and: findings)
    let parts = [
      ModelIndex(model: model, task: task, dataset: dataset, metrics: metrics).lines,
      head(result, findings), table(of: metrics.filter { $0.slice == nil }),
      table(ofSlices: metrics.filter { $0.slice != nil }),
      table(of: findings.filter { !Self.judgesSlices($0) }, titled: "Gates"),
      table(of: findings.filter(Self.judgesSlices), titled: "Gates by slice"), reproduction(of: findings),
    ]
    return Array(parts.map { $0.joined(separator: "\n") }.filter { !$0.isEmpty }.joined(separator: "\n\n").utf8) + [
      0x0A
    ]
  }

  package func check(_ document: [UInt8]) throws(ReportError) {
    guard document.starts(with: "---\n".utf8) else { throw .rejected("the front matter is missing") }
  }

  // MARK: - Parts

  private func head(_ result: RunResult, _ findings: [Finding]) -> [String] {
    let passed = findings.count { $0.outcome == .passed }
    let date = Clock.timestamp(result.startedAt).prefix { $0 != "T" }
    let project = result.project.isEmpty ? "" : " of \(MarkdownText.escape(result.project))"
    return [
      "# Model card: \(MarkdownText.escape(model))", "",
      "Verdict: **\(result.exitStatus == .passed ? "passed" : "not passed")** (\(result.exitReason)). "
        + "\(passed) of \(findings.count) checks\(project) passed on \(date), judged on \(MarkdownText.escape(dataset)) by "
        + "Cupel \(MarkdownText.escape(result.version)).",
    ]
  }

  private func table(of metrics: [CardMetric]) -> [String] {
    guard !metrics.isEmpty else { return ["## Metrics", "", "No metric of this model could be told."] }
    let rows = metrics.map { metric in
      [
        metric.name, Quantity.brief(metric.value), metric.sureness, metric.interval == nil ? "" : metric.method,
        metric.baseline.map { Quantity.brief($0) } ?? "", metric.rows.map(Quantity.grouped) ?? "",
      ]
    }
    return ["## Metrics", ""] + Self.table(["Metric", "Value", "Interval", "Method", "Baseline", "Rows"], rows)
  }

  private func table(ofSlices metrics: [CardMetric]) -> [String] {
    guard !metrics.isEmpty else { return [] }
    let rows = metrics.map { metric in
      [
        metric.slice ?? "", metric.name, Quantity.brief(metric.value), metric.sureness,
        metric.rows.map(Quantity.grouped) ?? "",
      ]
    }
    return ["## Metrics by slice", ""] + Self.table(["Slice", "Metric", "Value", "Interval", "Rows"], rows)
  }

  private func table(of findings: [Finding], titled title: String) -> [String] {
    guard !findings.isEmpty else { return [] }
    let rows = findings.map { finding in
      [
        finding.id.description, finding.evidence.limit?.description ?? "", Self.verdict(finding), finding.message,
        finding.evidence.method == "point" ? "" : finding.evidence.method,
      ]
    }
    return ["## \(title)", ""] + Self.table(["Check", "Limit", "Verdict", "What was seen", "Method"], rows)
  }

  private func reproduction(of findings: [Finding]) -> [String] {
    let commands = findings.compactMap(\.reproduce).map { TextSafety.inline($0) }
    return commands.isEmpty ? [] : ["## How to repeat it", "", MarkdownText.block(commands)]
  }

  // MARK: - Words

  private static func judgesSlices(_ finding: Finding) -> Bool { finding.id.check.contains("@") }

  private static func verdict(_ finding: Finding) -> String {
    finding.isWaived ? "waived" : finding.outcome.rawValue + (finding.severity == .warn ? " (warns)" : "")
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
    let rule = "|" + header.map { _ in " --- |" }.joined()
    return ["| " + header.joined(separator: " | ") + " |", rule]
      + rows.map { "| " + $0.map { MarkdownText.escape($0) }.joined(separator: " | ") + " |" }
  }
}
