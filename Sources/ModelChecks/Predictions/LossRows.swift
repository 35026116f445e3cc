internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

/// Rows of which nothing is known but what they cost: gates make their metrics themselves.
struct LossRows: PredictedRows {
  let count: Int

  /// A loss is a number. There is no metric of this task by name.
  static let task = MetricTask.regression
  static var metrics: [Metrics.MetricDefinition<LossRows>] { [] }

  func rows(at indices: [Int]) -> LossRows { LossRows(count: indices.count) }

  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    request.add(columns[.weight], as: .numbers)
    return request
  }

  private init(count: Int) { self.count = count }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    count = table.columns.rows
  }

  func differsInLabel(_ row: Int, from other: LossRows, _ otherRow: Int) -> Bool { false }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> LossRows {
    LossRows(count: 1)
  }
}
