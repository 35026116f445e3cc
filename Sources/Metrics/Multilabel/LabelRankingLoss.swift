internal import Statistics

/// How many pairs of labels are in the wrong order.
package enum LabelRankingLoss {
  package static let page = MetricPage(
    "label_ranking_loss", aliases: ["ranking_loss"], better: .lower, range: 0...1,
    what: """
      The share of pairs of one of a row's labels and one that is not, in which the other scores at least as high. 0 for \
      a row with none or all of the labels.
      """,
    why: "It judges the order of labels where no threshold has been chosen.",
    fix: "Look at rows whose labels stand below others: are labels missing in the data?")

  static let multilabel = MetricDefinition<MultilabelRows>.ranked(page) { labels, scores in
    let own = labels.indices.filter { labels[$0] }
    let others = labels.indices.filter { !labels[$0] }
    guard !own.isEmpty, !others.isEmpty else { return 0 }
    let wrong = own.map { label in others.count { scores[$0] >= scores[label] } }.reduce(0, +)
    return Double(wrong) / Double(own.count * others.count)
  }
}
