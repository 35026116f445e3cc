internal import JSON
internal import Verdict

/// The front matter of a model card: `model-index`, as the Hugging Face hub reads it.
///
/// Every text is written in double quotes with the escapes of JSON, all of which YAML has, so that no name can end its
/// scalar or become another type.
struct ModelIndex: Sendable {
  var model: String
  var task: String?
  var dataset: String
  var metrics: [CardMetric]

  var lines: [String] {
    var lines = ["---", "tags:", "- cupel"]
    // The hub refuses results without metrics.
    if !metrics.isEmpty {
      lines += [
        "model-index:", "- name: \(Self.text(model))", "  results:", "  - task:", "      type: \(Self.text(taskType))",
        "    dataset:", "      type: \(Self.text(dataset))", "      name: \(Self.text(dataset))", "    metrics:",
      ]
      for metric in metrics {
        let sureness = metric.interval.map { " (interval \(ModelCard.text($0)))" } ?? ""
        lines += [
          "    - type: \(Self.text(metric.name))", "      name: \(Self.text(metric.name + sureness))",
          "      value: \(Self.number(metric.value))", "      verified: false",
        ]
      }
    }
    return lines + ["---"]
  }

  /// The hub's names for what the config calls a task; another one stays what it is.
  private var taskType: String {
    switch task {
    case "binary", "multiclass", "multilabel": "tabular-classification"
    case "regression": "tabular-regression"
    case "forecasting": "time-series-forecasting"
    case let task?: task
    case nil: "other"
    }
  }

  private static func text(_ text: String) -> String {
    JSONWriter.compact.string(.string(TextSafety.inline(text, limit: 512)))
  }

  /// A number that YAML 1.1 reads as one, too: with a dot before an exponent, and its sign.
  static func number(_ value: Double) -> String {
    let parts = Quantity.text(value).split(separator: "e", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return parts[0] }
    let sign = parts[1].hasPrefix("-") || parts[1].hasPrefix("+") ? "" : "+"
    return parts[0] + (parts[0].contains(".") ? "" : ".0") + "e" + sign + parts[1]
  }
}
