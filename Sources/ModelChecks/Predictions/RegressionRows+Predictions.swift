internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension RegressionRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionTable.Request {
    PredictionTable.Request(numbers: [columns.label, columns.prediction, columns.weight].compactMap { $0?.value })
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    var (labels, predictions): ([Double], [Double]) = ([], [])
    var weights: [Double]?
    if let label = columns.label { labels = try table.numbers(label, as: "label") }
    if let prediction = columns.prediction { predictions = try table.numbers(prediction, as: "prediction") }
    if let weight = columns.weight { weights = try table.numbers(weight, as: "weight") }
    do throws(Undefined) {
      try self.init(labels: labels, predictions: predictions, weights: weights)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: RegressionRows, _ otherRow: Int) -> Bool {
    labels[row] != other.labels[otherRow]
  }

  /// A number is near or far, not right or wrong.
  var isRight: [Bool]? { nil }

  var losses: [Double]? { zip(labels, predictions).map { ($0 - $1).magnitude } }
}
