internal import Statistics

/// The share of the first k documents that is relevant.
package enum PrecisionAtK {
  package static let page = MetricPage(
    "precision_at_k", better: .higher, range: 0...1,
    what: """
      The mean over queries of the relevant documents among the first k, over k, also where there are fewer. \
      \(RankedList.ofTies)
      """,
    why: "What the first screen is worth.", example: "{metric: {name: precision_at_k, k: 10}, at_least: 0.3}",
    fix: "Look at queries that lost relevant documents from the first k.")

  static let ranking = MetricDefinition<RankingRows>.queries(page, [MetricDefinition<RankingRows>.requiredK]) {
    arguments throws(MetricProblem) in
    let k = try arguments.count(MetricDefinition<RankingRows>.requiredK)
    return { list in list.hits(k) / Double(k) }
  }
}
