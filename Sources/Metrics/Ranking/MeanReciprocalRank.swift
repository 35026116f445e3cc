internal import Statistics

/// How high the first relevant document stands.
package enum MeanReciprocalRank {
  package static let page = MetricPage(
    "mrr", aliases: ["mean_reciprocal_rank"], better: .higher, range: 0...1,
    what: """
      The mean over queries of 1 / place of the first relevant document; 0 where it is not among the first k, or there is \
      none. \(RankedList.ofTies)
      """,
    why: "Where one right answer is enough: question answering, search for a known thing.",
    example: "{metric: mrr, max_regression: 0.01 absolute, confidence: 95%}",
    fix: "Look at queries whose first answer sank.")

  static let ranking = MetricDefinition<RankingRows>.queries(page, [MetricDefinition<RankingRows>.k]) {
    arguments throws(MetricProblem) in
    let k = try MetricDefinition<RankingRows>.limit(arguments)
    return { list in
      var mean = CompensatedSum()
      list.forEachFirst(k) { mean.add($1 / Double($0)) }
      return mean.value
    }
  }
}
