internal import Statistics

/// The share of the relevant documents that is among the first k.
package enum RecallAtK {
  package static let page = MetricPage(
    "recall_at_k", better: .higher, range: 0...1,
    what: """
      The mean over queries of the relevant documents among the first k, over all relevant ones. Queries without a \
      relevant document are left out; sklearn_compat counts them 0. \(RankedList.ofTies)
      """,
    why: "What a first stage lets through to the next: what it drops nobody can bring back.",
    example: "{metric: {name: recall_at_k, k: 100}, at_least: 0.9}",
    fix: "Look at queries that lost relevant documents from the first k.")

  static let ranking = MetricDefinition<RankingRows>.queries(page, [MetricDefinition<RankingRows>.requiredK]) {
    arguments throws(MetricProblem) in
    let k = try arguments.count(MetricDefinition<RankingRows>.requiredK)
    return { list in list.relevant > 0 ? list.hits(k) / Double(list.relevant) : nil }
  }
}
