package import Statistics

/// Rows with numbers to predict: one each, or several outputs.
package struct RegressionRows: MetricRows, WeightedRows {
  /// How many numbers each row has.
  package let outputs: Int
  /// Row by row, the numbers that were to be predicted.
  package let labels: [Double]
  /// Row by row, what was predicted.
  package let predictions: [Double]
  package let weights: [Double]?

  package static let task = MetricTask.regression

  /// Throws when lengths differ, a number is not finite, or a weight is negative.
  package init(
    labels: [Double], predictions: [Double], outputs: Int = 1, weights: [Double]? = nil
  ) throws(Undefined) {
    guard outputs > 0 else { throw .tooFew("outputs", needed: 1, got: outputs) }
    try RowChecks.requireLengths(labels.count, predictions.count)
    guard labels.count.isMultiple(of: outputs) else { throw .lengthsDiffer(labels.count, outputs) }
    try RowChecks.requireFinite(labels)
    try RowChecks.requireFinite(predictions)
    try RowChecks.requireWeights(weights, count: labels.count / outputs)
    self.init(outputs, labels, predictions, weights)
  }

  private init(_ outputs: Int, _ labels: [Double], _ predictions: [Double], _ weights: [Double]?) {
    (self.outputs, self.labels, self.predictions, self.weights) = (outputs, labels, predictions, weights)
  }

  package var count: Int { labels.count / outputs }

  package func rows(at indices: [Int]) -> RegressionRows {
    RegressionRows(
      outputs, labels.elements(at: indices, width: outputs), predictions.elements(at: indices, width: outputs),
      weights?.elements(at: indices))
  }

  /// One output's rows.
  func output(_ index: Int) -> RegressionRows {
    let places = Array(stride(from: index, to: labels.count, by: outputs))
    return RegressionRows(1, labels.elements(at: places), predictions.elements(at: places), weights)
  }

  /// What was predicted too much, of each row. One output.
  var errors: [Double] { zip(predictions, labels).map { $0 - $1 } }

  /// Squared distances of the labels from their mean: exactly 0 when all rows with weight have the same label.
  var deviations: [Double] {
    get throws(Undefined) {
      let counting = labels.indices.filter { (weights?[$0] ?? 1) > 0 }
      guard let first = counting.first else { throw .noObservations }
      if counting.allSatisfy({ labels[$0] == labels[first] }) { return [Double](repeating: 0, count: count) }
      let mean = try RowMeans(mean: labels, weights: weights).value
      return labels.map { ($0 - mean) * ($0 - mean) }
    }
  }
}
