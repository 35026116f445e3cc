internal import Statistics

/// The share of rows whose class is among the k most probable ones.
package enum TopKAccuracy {
  package static let page = MetricPage(
    "top_k_accuracy", aliases: ["top_k_accuracy_score"], better: .higher, range: 0...(.infinity),
    what: "The share of rows whose class is among the k with the highest scores. Of equal scores the later class wins.",
    why: "Where a person chooses from a short list, the right answer need not be the first.",
    example: "{metric: {name: top_k_accuracy, k: 5}, at_least: 0.95}",
    fix: "See which classes left the list, and whether ties decide: scores that are rounded tie often.")

  static let k = MetricParameter("k", .count(least: 1), or: .number(2), "How long the list is.")
  static let normalize = MetricParameter("normalize", .flag, or: .flag(true), "A share; false counts rows.")

  static let multiclass = MetricDefinition<MulticlassRows>(page, [k, normalize]) { arguments throws(MetricProblem) in
    let length = try arguments.count(k)
    guard arguments.flag(normalize) else {
      return .init(.resample) { rows throws(Undefined) in
        zip(try hits(rows, length), rows.weights ?? [Double](repeating: 1, count: rows.count))
          .lazy.filter(\.0).map(\.1).compensatedSum
      }
    }
    return .hits { rows throws(Undefined) in try hits(rows, length) }
  }

  private static func hits(_ rows: MulticlassRows, _ length: Int) throws(Undefined) -> [Bool] {
    let (scores, width) = (try rows.requiredScores, rows.classes.count)
    return rows.labels.indices.map { row in
      let (own, start) = (rows.labels[row], row * width)
      let better = (0..<width).count { place in
        let (score, other) = (scores[start + own], scores[start + place])
        return other > score || (other == score && place > own)
      }
      return better < length
    }
  }
}
