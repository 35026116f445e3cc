internal import Statistics

/// How much more often positives are called negative than negatives are.
package enum NegativeLikelihoodRatio {
  package static let page = MetricPage(
    "negative_likelihood_ratio", aliases: ["lr_neg", "lr-"], better: .lower, range: 0...(.infinity),
    what: "False negative rate / specificity: by what factor an all-clear changes the odds of being positive.",
    why: "It carries over to populations with another share of positives, as the negative predictive value does not.",
    fix: "See which of recall and specificity moved.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, parameters: []) { cells, _ throws(Undefined) in
    guard cells.positives > 0 else { throw Undefined.tooFew("positive rows", needed: 1, got: 0) }
    guard cells.trueNegatives > 0 else { throw Undefined.tooFew("true negatives", needed: 1, got: 0) }
    return (cells.falseNegatives / cells.positives) / (cells.trueNegatives / cells.negatives)
  }
}
