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
    do throws(Undefined) {
      try self.init(queries: queries, relevances: relevances, scores: scores)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
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
