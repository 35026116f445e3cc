internal import Statistics

/// The mean over queries of the precision at each relevant document.
package enum MeanAveragePrecision {
  package static let page = MetricPage(
    "map", aliases: ["mean_average_precision", "map_at_k"], better: .higher, range: 0...1,
    what: """
      The mean over queries of the precision at each relevant document among the first k, over the smaller of k and the \
      number of relevant documents. Queries without a relevant document are left out; sklearn_compat counts them 0.
      """,
    why: "It rewards relevant documents at the top, all of them.",
    example: "{metric: {name: map, k: 10}, max_regression: 0.01 absolute, confidence: 95%}",
    fix: "Look at queries whose relevant documents sank.")

  static let ranking = MetricDefinition<RankingRows>.queries(page, [MetricDefinition<RankingRows>.k]) {
    arguments throws(MetricProblem) in
    let k = try MetricDefinition<RankingRows>.limit(arguments)
    return { list in
      guard list.relevant > 0 else { return nil }
      var hits = 0
      var sum = CompensatedSum()
      for (place, relevance) in list.relevances.prefix(k).enumerated() where relevance > 0 {
        hits += 1
        sum.add(Double(hits) / Double(place + 1))
      }
      return sum.value / Double(min(list.relevant, k))
    }
  }
}
