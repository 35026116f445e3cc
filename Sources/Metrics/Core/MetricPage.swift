/// What `cupel explain METRIC` says of a metric. It stands in the metric's file and is shared by the tasks that have it.
package struct MetricPage: Sendable, Hashable {
  /// As users write it: scikit-learn's word where it has one, in lower case with underscores.
  package var name: String
  package var aliases: [String]
  package var better: BetterSide
  /// The values that it can have, whatever its parameters.
  package var range: ClosedRange<Double>
  /// Whether the one worst row, or bin, makes it: of what rows of the population would make of it the rows at hand know
  /// nothing, and no interval of it is right.
  package var isExtreme: Bool
  /// The rows of the rarer class below which resamples of two classes know too little of it; nil where the usual number
  /// will do.
  package var fewestOfClass: Int?
  /// What it computes.
  package var what: String
  /// Why anybody should gate on it.
  package var why: String
  /// A gate on it.
  package var example: String
  /// What to do when the gate fails.
  package var fix: String

  package init(
    _ name: String, aliases: [String] = [], better: BetterSide,
    range: ClosedRange<Double> = -.infinity...(.infinity), isExtreme: Bool = false, fewestOfClass: Int? = nil,
    what: String, why: String, example: String? = nil, fix: String
  ) {
    self.name = name
    self.aliases = aliases
    self.better = better
    self.range = range
    self.isExtreme = isExtreme
    self.fewestOfClass = fewestOfClass
    self.what = what
    self.why = why
    self.example = example ?? Self.example(name, better, isExtreme)
    self.fix = fix
  }

  private static func example(_ name: String, _ better: BetterSide, _ isExtreme: Bool) -> String {
    switch better {
    case .higher where isExtreme, .lower where isExtreme: "{metric: \(name), max_regression: 1% relative}"
    case .higher, .lower: "{metric: \(name), max_regression: 1% relative, confidence: 95%}"
    case .near(let target): "{metric: \(name), between: [\(target - 0.05), \(target + 0.05)]}"
    case .neither: "{metric: \(name), between: [0.1, 0.9]}"
    }
  }
}
