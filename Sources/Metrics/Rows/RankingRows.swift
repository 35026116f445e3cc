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

  /// Each query's documents by descending score; by query. Sorted once. Which of equal ones stands first means nothing.
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

  /// Documents of one score: any order of them is as good as another, so that metrics are means over all orders, in closed
  /// form (McSherry and Najork, "Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied
  /// Scores", ECIR 2008). A file may list the relevant ones first.
  struct Tie {
    /// The place of the first of them, from 0.
    var start: Int
    var count: Int
    /// How many of them are relevant.
    var relevant: Int
  }

  /// What the pages of the metrics say of them.
  static let ofTies = "Documents with equal scores count as the mean over their orders."

  var ties: [Tie] {
    var ties: [Tie] = []
    for place in scores.indices {
      if let last = ties.last, scores[last.start] == scores[place] {
        ties[ties.count - 1].count += 1
      } else {
        ties.append(Tie(start: place, count: 1, relevant: 0))
      }
      if relevances[place] > 0 { ties[ties.count - 1].relevant += 1 }
    }
    return ties
  }

  /// How many of the first so many are relevant, on average.
  func hits(_ k: Int) -> Double {
    ties.reduce(0) { sum, tie in
      let within = min(tie.count, max(0, k - tie.start))
      return sum + Double(tie.relevant) * Double(within) / Double(tie.count)
    }
  }

  /// Calls the body with each place, from 1, up to the first k, at which the first relevant document may stand, and the
  /// share of the orders in which it does.
  func forEachFirst(_ k: Int, _ body: (_ place: Int, _ share: Double) -> Void) {
    guard let tie = ties.first(where: { $0.relevant > 0 }) else { return }
    // None of those before is relevant: without putting back.
    var share = 1.0
    for place in 0..<tie.count - tie.relevant + 1 where tie.start + place < k {
      let left = Double(tie.count - place)
      body(tie.start + place + 1, share * Double(tie.relevant) / left)
      share *= (left - Double(tie.relevant)) / left
    }
  }
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
