internal import JSON
internal import Verdict

/// The front matter of a model card: `model-index`, as the Hugging Face hub reads it.
///
/// The interval of a metric stands in its name, for people, and in its `args`, for programs: that is the one free mapping of
/// a metric, which the hub's library keeps when it reads a card and writes it again. A slice is a result of its own, whose
/// dataset has the slice for its `config`, by which the hub tells results apart.
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
      lines += ["model-index:", "- name: \(Self.text(model))", "  results:"]
      lines += result(of: nil, metrics.filter { $0.slice == nil })
      var slices: [String] = []
      for case let slice? in metrics.map(\.slice) where !slices.contains(slice) { slices.append(slice) }
      for slice in slices.prefix(Self.mostSlices) { lines += result(of: slice, metrics.filter { $0.slice == slice }) }
      if slices.count > Self.mostSlices {
        lines.append("# and \(slices.count - Self.mostSlices) more slices: see below")
      }
    }
    return lines + ["---"]
  }

  /// More slices than these stand in the tables alone.
  private static let mostSlices = 100

  private func result(of slice: String?, _ metrics: [CardMetric]) -> [String] {
    guard !metrics.isEmpty else { return [] }
    var lines = [
      "  - task:", "      type: \(Self.text(taskType))", "    dataset:", "      type: \(Self.text(dataset))",
      "      name: \(Self.text(slice.map { "\(dataset), \($0)" } ?? dataset))",
    ]
    if let slice { lines.append("      config: \(Self.text(slice))") }
    lines.append("    metrics:")
    for metric in metrics {
      lines += [
        "    - type: \(Self.text(metric.name))", "      name: \(Self.text("\(metric.name) (\(metric.sureness))"))",
        "      value: \(Self.number(metric.value))", "      verified: false", "      args:",
      ]
      if let interval = metric.interval {
        lines += [
          "        interval: [\(Self.number(interval.lower)), \(Self.number(interval.upper))]",
          "        confidence: \(Self.number(interval.level))",
        ]
      } else {
        lines.append("        interval: null")
      }
      lines.append("        method: \(Self.text(metric.method))")
      if let rows = metric.rows { lines.append("        rows: \(rows)") }
    }
    return lines
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
    guard value.isFinite else { return value > 0 ? ".inf" : "-.inf" }
    let parts = Quantity.text(value).split(separator: "e", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return parts[0] }
    let sign = parts[1].hasPrefix("-") || parts[1].hasPrefix("+") ? "" : "+"
    return parts[0] + (parts[0].contains(".") ? "" : ".0") + "e" + sign + parts[1]
  }
}
