internal import Statistics

/// The odds of an alarm among positives over those among negatives.
package enum DiagnosticOddsRatio {
  package static let page = MetricPage(
    "diagnostic_odds_ratio", aliases: ["dor"], better: .higher, range: 0...(.infinity),
    what: "(TP TN) / (FP FN): the odds of being called positive among positives over those among negatives.",
    why: "One number for a test's power that does not move with the share of positives. 1 is chance.",
    fix: "See which of recall and specificity fell.")

  static let binary = MetricDefinition<BinaryRows>.cells(page, parameters: []) { cells, _ throws(Undefined) in
    guard cells.falsePositives > 0, cells.falseNegatives > 0 else {
      throw Undefined.tooFew("errors of each kind", needed: 1, got: 0)
    }
    return cells.truePositives / cells.falsePositives * (cells.trueNegatives / cells.falseNegatives)
  }
}
