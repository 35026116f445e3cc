internal import Statistics

/// How much more often positives are called positive than negatives are.
package enum PositiveLikelihoodRatio {
  package static let page = MetricPage(
    "positive_likelihood_ratio", aliases: ["lr_pos", "lr+"], better: .higher, range: 0...(.infinity),
    what: "Recall / false positive rate: by what factor an alarm raises the odds of being positive.",
    why: "It carries over to populations with another share of positives, as precision does not.",
    fix: "See which of recall and the false positive rate moved.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, parameters: []) { cells, _ throws(Undefined) in
    guard cells.positives > 0 else { throw Undefined.tooFew("positive rows", needed: 1, got: 0) }
    guard cells.falsePositives > 0 else { throw Undefined.tooFew("false positives", needed: 1, got: 0) }
    return (cells.truePositives / cells.positives) / (cells.falsePositives / cells.negatives)
  }
}
