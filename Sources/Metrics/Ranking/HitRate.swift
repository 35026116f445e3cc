internal import Statistics

/// The share of queries with a relevant document among the first k.
package enum HitRate {
  package static let page = MetricPage(
    "hit_rate", aliases: ["hit_rate_at_k", "hit_ratio", "success_at_k"], better: .higher, range: 0...1,
    what: "The share of queries that have a relevant document among the first k. \(RankedList.ofTies)",
    why: "How often somebody who reads k documents finds anything.",
    example: "{metric: {name: hit_rate, k: 10}, at_least: 0.8}",
    fix: "Look at queries that lost their last relevant document from the first k.")

  static let ranking = MetricDefinition<RankingRows>.queries(page, [MetricDefinition<RankingRows>.requiredK]) {
    arguments throws(MetricProblem) in
    let k = try arguments.count(MetricDefinition<RankingRows>.requiredK)
    return { list in
      var share = 0.0
      list.forEachFirst(k) { share += $1 }
      return min(share, 1)
    }
  }
}
