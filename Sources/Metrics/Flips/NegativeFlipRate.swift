internal import Statistics

/// The share of rows that the candidate broke.
package enum NegativeFlipRate {
  package static let page = MetricPage(
    "negative_flip_rate", aliases: ["regressed_negative_flip_rate", "nfr"], better: .lower, range: 0...1,
    what: "The share of rows that the baseline calls right and the candidate wrong (Yan et al. 2021).",
    why: "A better mean can hide cases that worked yesterday and do not today; users see these.",
    example: "{metric: negative_flip_rate, at_most: 0.01, confidence: 95%}",
    fix: "Read the ledger of newly wrong rows.")

  static let flips = MetricDefinition<FlipRows>.hits(page) { rows throws(Undefined) in
    try rows.rightness.map { $0.baseline && !$0.candidate }
  }
}
