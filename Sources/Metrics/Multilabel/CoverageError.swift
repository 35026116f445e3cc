internal import Statistics

/// How far down the list one must go for all of a row's labels.
package enum CoverageError {
  package static let page = MetricPage(
    "coverage_error", aliases: ["label_coverage_error"], better: .lower, range: 0...(.infinity),
    what:
      "How many of the highest-scoring labels it takes to have all of a row's, on average; 0 for a row without any.",
    why: "It is the length of the list that a person must read to miss nothing.",
    fix: "Look at the label that stands last in long lists.")

  static let multilabel = MetricDefinition<MultilabelRows>.ranked(page) { labels, scores in
    guard let lowest = labels.indices.filter({ labels[$0] }).map({ scores[$0] }).min() else { return 0 }
    return Double(scores.count { $0 >= lowest })
  }
}
