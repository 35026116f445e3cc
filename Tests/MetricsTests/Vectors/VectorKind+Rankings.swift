import JSON
import Metrics
import Statistics
import VectorSupport

extension VectorKind {
  static let rankings: [String: VectorKind] = [
    "ranking_ndcg": keyed(failing: ["ndcg"]) { vector, key in
      let isNested = vector["relevance"]?.arrayValue?.first?.arrayValue != nil
      let relevances = try isNested ? vector.table("relevance") : [vector.numbers("relevance")]
      let scores = try isNested ? vector.table("score") : [vector.numbers("score")]
      let rows = try RankingRows(
        queries: relevances.indices.flatMap { [Int](repeating: $0, count: relevances[$0].count) },
        relevances: Array(relevances.joined()), scores: Array(scores.joined()))
      var arguments = vector.arguments("k", "ignore_ties")
      let parts = key.split(separator: "@", maxSplits: 1).map(String.init)
      if key == "ndcg", vector.has("gain"), try vector.word("gain").hasPrefix("2^rel") {
        return try .metric("ndcg", arguments.merging(["gain": .word("exponential")]) { $1 }, rows)
      }
      if key == "ndcg_linear" { return try .metric("ndcg", arguments, rows) }
      guard parts.count == 2 else { return try .known(key, arguments, rows) }
      let rest = parts[1].split(separator: "_", maxSplits: 1).map(String.init)
      arguments["k"] = Double(rest[0]).map { .number($0) }
      if rest.count == 2 {
        guard rest[1] == "ignore_ties" else { return nil }
        arguments["ignore_ties"] = .flag(true)
      }
      return try .known(parts[0], arguments, rows)
    },
    "ranking_ir": keyed(failing: ["map@k"]) { vector, key in
      let lists = try vector.table("relevance_in_rank_order")
      let rows = try RankingRows(
        queries: lists.indices.flatMap { [Int](repeating: $0, count: lists[$0].count) },
        relevances: Array(lists.joined()), scores: lists.flatMap { $0.indices.map { -Double($0) } })
      let names = [
        "map@k": "map", "mrr": "mrr", "precision@k": "precision_at_k", "recall@k": "recall_at_k",
        "hit_rate@k": "hit_rate",
      ]
      // The reciprocal rank of the file looks at the whole list.
      return try names[key].flatMap { try .metric($0, key == "mrr" ? [:] : vector.arguments("k"), rows) }
    },
    "embedding": keyed(failing: ["cosine"]) { vector, key in
      let (first, second) = (try vector.table("a"), try vector.table("b"))
      let rows = try EmbeddingRows(
        dimensions: first.first?.count ?? 1, first: Array(first.joined()), second: Array(second.joined()))
      return ["cosine", "l2"].contains(key) ? try .perRow(key, rows) : nil
    },
    "flip": keyed(failing: ["symmetric_flip_rate"]) { vector, key in
      let rows = try FlipRows(
        baseline: try vector.numbers("baseline_pred").map { Int($0) },
        candidate: try vector.numbers("candidate_pred").map { Int($0) },
        labels: vector.has("y_true") ? try vector.numbers("y_true").map { Int($0) } : nil)
      return try .known(key, rows)
    },
    "fairness": keyed(failing: ["dp_diff"]) { vector, key in try fairnessAnswer(vector, key) },
  ]

  private static func fairnessAnswer(_ vector: VectorCase, _ key: String) throws -> Answer? {
    let groups = try vector.labels("group")
    let names = Set(groups).sorted()
    let rows = try FairnessRows(
      rows: try BinaryRows(
        labels: try vector.numbers("y_true").map { $0 == 1 }, predictions: try vector.numbers("y_pred").map { $0 == 1 },
        weights: try vector.weights()),
      names: names.map(\.word), groups: groups.map { names.firstIndex(of: $0) ?? 0 })
    func perGroup(_ rate: String) throws -> Answer {
      .record(
        try names.reduce(into: [:]) { record, name in
          record[name.word] = try .metric("group_rate", ["rate": .word(rate), "group": .word(name.word)], rows)
        })
    }
    if vector.has("privileged") {
      let sides: [String: MetricArgument] = [
        "privileged": .words(try vector.labels("privileged").map(\.word)),
        "unprivileged": .words(try vector.labels("unprivileged").map(\.word)),
      ]
      if key == "theil_index" { return try .metric(key, rows) }
      return try .known(key == "equal_opportunity_difference" ? "true_positive_rate_difference" : key, sides, rows)
    }
    let overall: [String: MetricArgument] = ["method": .word("to_overall")]
    switch key {
    case "dp_diff": return try .metric("demographic_parity_difference", rows)
    case "dp_ratio": return try .metric("demographic_parity_ratio", rows)
    case "dp_diff_to_overall": return try .metric("demographic_parity_difference", overall, rows)
    case "dp_ratio_to_overall": return try .metric("demographic_parity_ratio", overall, rows)
    case "eo_diff", "eo_diff_worst": return try .metric("equalized_odds_difference", rows)
    case "eo_diff_mean": return try .metric("equalized_odds_difference", ["agg": .word("mean")], rows)
    case "eo_ratio": return try .metric("equalized_odds_ratio", rows)
    case "equal_opportunity_diff": return try .metric("equal_opportunity_difference", rows)
    case "accuracy_diff": return try .metric("accuracy_difference", rows)
    case "accuracy_by_group": return try perGroup("accuracy")
    case "tpr_by_group": return try perGroup("recall")
    case "fpr_by_group": return try perGroup("false_positive_rate")
    case "selection_rate_by_group": return try perGroup("selection_rate")
    case "precision_by_group": return try perGroup("precision")
    case "accuracy_group_min": return try .metric("group_min", ["rate": .word("accuracy")], rows)
    default: return try .known(key, rows)
    }
  }
}
