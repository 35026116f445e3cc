internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension RegressionRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .prediction, .weight] as [ColumnRole] { request.add(columns[role], as: .numbers) }
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    guard let label = columns[.label], let prediction = columns[.prediction] else {
      throw RowProblem(message: "\(table.name) has no column for the label and the prediction")
    }
    let outputs = table.group(label)
    let predicted = try table.group(prediction)
      .ordered(like: outputs.names, isNamed: outputs.isNamed, key: "prediction")
    let (labels, predictions) = (
      try table.matrix(outputs.columns, as: "label"), try table.matrix(predicted, as: "prediction")
    )
    let weights = try table.weights(columns)
    do throws(Undefined) {
      try self.init(labels: labels, predictions: predictions, outputs: outputs.names.count, weights: weights)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  func differsInLabel(_ row: Int, from other: RegressionRows, _ otherRow: Int) -> Bool {
    (0..<min(outputs, other.outputs)).contains {
      labels[row * outputs + $0] != other.labels[otherRow * other.outputs + $0]
    }
  }

  /// A number is near or far, not right or wrong: by how much it is off, and of several numbers their mean.
  var losses: [Double]? {
    (0..<count).map { row in
      let numbers = row * outputs..<(row + 1) * outputs
      return numbers.reduce(0) { $0 + (labels[$1] - predictions[$1]).magnitude } / Double(outputs)
    }
  }

  func obstacle(to other: RegressionRows) -> String? {
    outputs == other.outputs
      ? nil : "the candidate predicts \(outputs) numbers of a row and the baseline \(other.outputs)"
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> RegressionRows {
    try RegressionRows(labels: [1, 2, 3, 4, 5, 7], predictions: [1.5, 1.75, 3.5, 3, 5.5, 6.5])
  }

  /// The best predictions as far off as the worst, to either side.
  func disturbed(_ share: Double) -> [RegressionRows] {
    let errors = zip(predictions, labels).map { abs($0 - $1) }
    guard outputs == 1, let worst = errors.max(), worst > 0 else { return [] }
    let rows = errors.indices.sorted { errors[$0] < errors[$1] }
      .prefix(Int((share * Double(errors.count)).rounded(.up)))
    return [worst, -worst].compactMap { error in
      var moved = predictions
      for row in rows { moved[row] = labels[row] + error }
      return try? RegressionRows(labels: labels, predictions: moved, weights: weights)
    }
  }
}
