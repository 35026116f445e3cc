internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension RankingRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .score, .rank] as [ColumnRole] { request.add(columns[role], as: .numbers) }
    request.add(columns[.query], as: .words)
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let query = columns.column(.query), let label = columns.label else {
      throw RowProblem(message: "\(table.name) has no column for the query and the label")
    }
    let relevances = try table.numbers(label, as: "label")
    var scores: [Double] = []
    if let score = columns.score {
      scores = try table.numbers(score, as: "score")
    } else if let rank = columns.column(.rank) {
      let ranks = try table.numbers(rank, as: "rank")
      if let row = ranks.firstIndex(where: { $0 < 0 }) {
        throw RowProblem(
          message: "\(table.name): row \(row + 1) has the rank \(Quantity.text(ranks[row])): the first is 1, or 0",
          notes: ["what is better when it is larger is a score: write score: and the column"])
      }
      scores = ranks.map { -$0 }
    }
    let queries = try table.places(query, as: "query")
    if columns.score == nil { try Self.requirePlaces(scores, queries, table.name) }
    do throws(Undefined) {
      try self.init(queries: queries, relevances: relevances, scores: scores)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  /// The ranks of a query are the places of its rows, from 1 or from 0: with gaps the documents that stand there are missing,
  /// and what is said of the first five would be said of others; equal ones are no places.
  private static func requirePlaces(_ scores: [Double], _ queries: [Int], _ name: String) throws(RowProblem) {
    var rows: [Int: [Int]] = [:]
    for (row, query) in queries.enumerated() { rows[query, default: []].append(row) }
    let first = scores.max().map { $0 == 0 ? 0.0 : 1.0 } ?? 1
    for query in rows.keys.sorted() {
      let own = (rows[query] ?? []).sorted { scores[$0] > scores[$1] }
      for (place, row) in own.enumerated() where -scores[row] != first + Double(place) {
        throw RowProblem(
          message: "\(name): row \(row + 1) has the rank \(Quantity.text(-scores[row])), where its query needs "
            + "\(Quantity.text(first + Double(place)))",
          notes: [
            "the ranks of a query are 1, 2, 3 and so on: add the documents between, or write score: for an order alone"
          ])
      }
    }
  }

  func differsInLabel(_ row: Int, from other: RankingRows, _ otherRow: Int) -> Bool {
    relevances[row] != other.relevances[otherRow] || queries[row] != other.queries[otherRow]
  }

  var wholes: [Int]? { queries }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> RankingRows {
    try RankingRows(
      queries: [0, 0, 0, 1, 1, 1], relevances: [1, 0, 2, 0, 0, 1], scores: [0.3, 0.2, 0.9, 0.5, 0.1, 0.4])
  }
}
