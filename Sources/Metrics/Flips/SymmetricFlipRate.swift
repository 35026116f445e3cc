internal import Statistics

/// The share of rows that the two models call differently.
package enum SymmetricFlipRate {
  package static let page = MetricPage(
    "symmetric_flip_rate", aliases: ["flip_rate", "churn"], better: .lower, range: 0...1,
    what: "The share of rows that candidate and baseline call differently, right or wrong.",
    why: "Each change is seen by somebody; a new model that is no better should change little.",
    example: "{metric: symmetric_flip_rate, at_most: 0.05}",
    fix: "Fix seeds, distil from the baseline, or accept the churn with a reason.")

  static let flips = MetricDefinition<FlipRows>.hits(page) { rows throws(Undefined) in
    zip(rows.baseline, rows.candidate).map { $0 != $1 }
  }
}
