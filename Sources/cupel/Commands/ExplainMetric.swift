internal import Metrics
internal import ModelChecks

/// What `cupel explain` says of the metrics that are computed from predictions.
enum ExplainMetric {
  /// All of them by task, a line of at most 100 columns each.
  static var list: String {
    let width = MetricRegistry.pages.map(\.name.count).max() ?? 0
    // Those of tasks that models can have, and those that compare what two models call the rows.
    let tasks = PredictionTask.allCases.compactMap { MetricTask(rawValue: $0.rawValue) } + [.flips]
    return tasks.compactMap { task in
      let pages = MetricRegistry.pages(of: task)
      guard !pages.isEmpty else { return nil }
      let lines = pages.map { page in
        let padding = String(repeating: " ", count: width - page.name.count)
        return "  \(page.name)\(padding)  \(ExplainMethod.beginning(page.what, columns: 96 - width))\n"
      }
      return "\(task.rawValue)\n" + lines.joined()
    }.joined(separator: "\n")
  }

  static func text(_ page: MetricPage) -> String {
    let aliases = page.aliases.isEmpty ? "" : "  (also \(page.aliases.joined(separator: ", ")))"
    return """
      \(page.name)\(aliases)

      \(ExplainMethod.paragraph(page.what, indent: 0))
      \(better(page.better))

      Why
      \(ExplainMethod.paragraph(page.why, indent: 2))

      Example
        - \(page.example)

      When a gate on it fails
      \(ExplainMethod.paragraph(page.fix, indent: 2))

      """
  }

  private static func better(_ side: BetterSide) -> String {
    switch side {
    case .higher: "Higher is better."
    case .lower: "Lower is better."
    case .near(let value): "The nearer to \(value.formattedBriefly), the better."
    case .neither: "No side of it is better."
    }
  }
}

extension Double {
  /// Without `.0` on a whole number.
  fileprivate var formattedBriefly: String { self == rounded() ? String(Int(self)) : "\(self)" }
}
