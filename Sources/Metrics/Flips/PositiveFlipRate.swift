internal import Statistics

/// The share of rows that the candidate mended.
package enum PositiveFlipRate {
  package static let page = MetricPage(
    "positive_flip_rate", aliases: ["fixed_positive_flip_rate", "pfr"], better: .higher, range: 0...1,
    what: "The share of rows that the baseline calls wrong and the candidate right.",
    why: "Less the negative flip rate it is the gain in accuracy: how much was mended for what was broken.",
    example: "{metric: positive_flip_rate, at_least: 0.02}", fix: "Read the ledger of newly right rows.")

  static let flips = MetricDefinition<FlipRows>.hits(page) { rows throws(Undefined) in
    try rows.rightness.map { !$0.baseline && $0.candidate }
  }
}
