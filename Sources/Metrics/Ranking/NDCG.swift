internal import Statistics

/// The gain of a ranking as a share of the best one's.
package enum NDCG {
  package static let page = MetricPage(
    "ndcg", aliases: ["ndcg_score", "ndcg_at_k"], better: .higher, range: 0...1,
    what: """
      The mean over queries of dcg / dcg of the best order: 1 is perfect. Queries without a relevant document have no \
      best order and are left out; scikit-learn counts them 0. A query needs two documents. \
      \(RankedList.ofTies)
      """,
    why: "The usual figure of search and recommendation where documents are relevant by degrees.",
    example: "{metric: {name: ndcg, k: 10}, max_regression: 0.01 absolute, confidence: 95%}",
    fix: "Look at queries whose best documents sank.")

  static let ranking = MetricDefinition<RankingRows>(page, DCG.parameters) { arguments throws(MetricProblem) in
    let (settings, isCompatible) = (try DCG.Settings(arguments), arguments.conventions.isCompatible)
    return .means { rows throws(Undefined) in
      let values = rows.ranked.map { list -> Double? in
        guard list.relevances.count > 1 else { return nil }
        guard list.relevant > 0 else { return isCompatible ? 0 : nil }
        return settings.dcg(list) / settings.ideal(list)
      }
      guard values.contains(where: { $0 != nil }) else {
        throw Undefined.tooFew("queries with two documents and a relevant one", needed: 1, got: 0)
      }
      return RowMeans(values.map { $0 ?? 0 }, values.map { $0 == nil ? 0 : 1 })
    }
  }
}
