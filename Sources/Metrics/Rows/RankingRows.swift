package import Statistics

/// Documents that were ranked for queries.
package struct RankingRows: MetricRows {
  /// The query of each row, from 0. A query's rows need not stand together.
  package let queries: [Int]
  /// How relevant the row is to its query; 0 is not at all.
  package let relevances: [Double]
  /// Higher ones stand first.
  package let scores: [Double]
  private let lists = Once<[RankedList]>()

  package static let task = MetricTask.ranking

  /// Throws when lengths differ, a number is not finite, or a query or a relevance is negative.
  package init(queries: [Int], relevances: [Double], scores: [Double]) throws(Undefined) {
    try RowChecks.requireLengths(queries.count, relevances.count, scores.count)
    try RowChecks.requireFinite(relevances)
    try RowChecks.requireFinite(scores)
    guard queries.allSatisfy({ $0 >= 0 }) else { throw .outsideDomain("queries are counted from 0") }
    if let row = relevances.firstIndex(where: { $0 < 0 }) {
      throw .outsideDomain("the relevance of row \(row + 1) is negative")
    }
    self.init(queries, relevances, scores)
  }

  private init(_ queries: [Int], _ relevances: [Double], _ scores: [Double]) {
    (self.queries, self.relevances, self.scores) = (queries, relevances, scores)
  }

  package var count: Int { queries.count }

  package func rows(at indices: [Int]) -> RankingRows {
    RankingRows(queries.elements(at: indices), relevances.elements(at: indices), scores.elements(at: indices))
  }

  /// Each query's documents by descending score, equal ones as they stand; by query. Sorted once.
  var ranked: [RankedList] {
    lists {
      var rows: [Int: [Int]] = [:]
      for (row, query) in queries.enumerated() { rows[query, default: []].append(row) }
      return rows.keys.sorted().map { query in
        let own = rows[query] ?? []
        // `sort` keeps the order of equal elements.
        let order = own.sorted { scores[$0] > scores[$1] }
        return RankedList(
          relevances: order.map { relevances[$0] }, scores: order.map { scores[$0] }, firstRow: own.first ?? 0)
      }
    }
  }
}

/// One query's documents, the best-scored first.
struct RankedList: Sendable {
  let relevances: [Double]
  let scores: [Double]
  /// The first of its documents in the order of the rows.
  let firstRow: Int

  var relevant: Int { relevances.count { $0 > 0 } }

  /// How many of the first so many are relevant.
  func hits(_ k: Int) -> Int { relevances.prefix(k).count { $0 > 0 } }
}

extension MetricDefinition<RankingRows> {
  static var k: MetricParameter { MetricParameter("k", .count(least: 1), "How many of the first documents count.") }

  static var requiredK: MetricParameter {
    MetricParameter("k", .count(least: 1), required: true, "How many of the first documents count.")
  }

  /// The mean over queries. A query of which there is no value is left out, or counts 0 as elsewhere in the field.
  static func queries(
    _ page: MetricPage, _ parameters: [MetricParameter],
    _ value: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> @Sendable (RankedList) -> Double?
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments throws(MetricProblem) in
      let (value, isCompatible) = (try value(arguments), arguments.conventions.isCompatible)
      return .means { rows throws(Undefined) in
        let values = rows.ranked.map { list in value(list) ?? (isCompatible ? 0 : nil) }
        guard values.contains(where: { $0 != nil }) else {
          throw Undefined.tooFew("queries with relevant documents", needed: 1, got: 0)
        }
        return RowMeans(
          values.map { $0 ?? 0 }, values.map { $0 == nil ? 0 : 1 }, units: rows.ranked.map(\.firstRow))
      }
    }
  }

  /// As many as were asked for; all without a word.
  static func limit(_ arguments: MetricArguments) throws(MetricProblem) -> Int {
    arguments[k] == nil ? .max : try arguments.count(k)
  }
}
