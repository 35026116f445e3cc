internal import Statistics

/// The mean over queries of the precision at each relevant document.
package enum MeanAveragePrecision {
  package static let page = MetricPage(
    "map", aliases: ["mean_average_precision", "map_at_k"], better: .higher, range: 0...1,
    what: """
      The mean over queries of the precision at each relevant document among the first k, over the smaller of k and the \
      number of relevant documents. Queries without a relevant document are left out; sklearn_compat counts them 0. \
      \(RankedList.ofTies)
      """,
    why: "It rewards relevant documents at the top, all of them.",
    example: "{metric: {name: map, k: 10}, max_regression: 0.01 absolute, confidence: 95%}",
    fix: "Look at queries whose relevant documents sank.")

  static let ranking = MetricDefinition<RankingRows>.queries(page, [MetricDefinition<RankingRows>.k]) {
    arguments throws(MetricProblem) in
    let k = try MetricDefinition<RankingRows>.limit(arguments)
    return { list in
      guard list.relevant > 0 else { return nil }
      var hits = 0.0
      var sum = CompensatedSum()
      for tie in list.ties where tie.relevant > 0 {
        let share = Double(tie.relevant) / Double(tie.count)
        // Of the others of the tie, those that stand before a relevant one.
        let others = tie.count > 1 ? Double(tie.relevant - 1) / Double(tie.count - 1) : 0
        for place in 0..<tie.count where tie.start + place < k {
          sum.add(share * (hits + 1 + Double(place) * others) / Double(tie.start + place + 1))
        }
        hits += Double(tie.relevant)
      }
      return sum.value / Double(min(list.relevant, k))
    }
  }
}
