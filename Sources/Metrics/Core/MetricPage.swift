/// What `cupel explain METRIC` says of a metric. It stands in the metric's file and is shared by the tasks that have it.
package struct MetricPage: Sendable, Hashable {
  /// As users write it: scikit-learn's word where it has one, in lower case with underscores.
  package var name: String
  package var aliases: [String]
  package var better: BetterSide
  /// What it computes.
  package var what: String
  /// Why anybody should gate on it.
  package var why: String
  /// A gate on it.
  package var example: String
  /// What to do when the gate fails.
  package var fix: String

  package init(
    _ name: String, aliases: [String] = [], better: BetterSide, what: String, why: String, example: String? = nil,
    fix: String
  ) {
    self.name = name
    self.aliases = aliases
    self.better = better
    self.what = what
    self.why = why
    self.example = example ?? Self.example(name, better)
    self.fix = fix
  }

  private static func example(_ name: String, _ better: BetterSide) -> String {
    switch better {
    case .higher, .lower: "{metric: \(name), max_regression: 1% relative, confidence: 95%}"
    case .near(let target): "{metric: \(name), between: [\(target - 0.05), \(target + 0.05)]}"
    case .neither: "{metric: \(name), between: [0.1, 0.9]}"
    }
  }
}
