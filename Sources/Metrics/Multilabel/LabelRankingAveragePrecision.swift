internal import Statistics

/// How high a row's labels stand among all labels.
package enum LabelRankingAveragePrecision {
  package static let page = MetricPage(
    "label_ranking_average_precision", aliases: ["lrap", "label_ranking_average_precision_score"], better: .higher,
    range: 0...1,
    what: """
      The mean over a row's labels of the share of its labels among those that score at least as high. 1 when all stand \
      above the others; a row with none or all of the labels counts 1.
      """,
    why: "It judges the order of labels where no threshold has been chosen.",
    fix: "Look at rows whose labels stand below others: are labels missing in the data?")

  static let multilabel = MetricDefinition<MultilabelRows>.ranked(page) { labels, scores in
    let own = labels.indices.filter { labels[$0] }
    guard !own.isEmpty, own.count < labels.count else { return 1 }
    let precisions = own.map { label in
      let above = scores.count { $0 >= scores[label] }
      return Double(own.count { scores[$0] >= scores[label] }) / Double(above)
    }
    return precisions.reduce(0, +) / Double(own.count)
  }
}
