package import Statistics

/// Rows of two classes, with scores, predictions or both.
package struct BinaryRows: MetricRows {
  /// Whether each row is positive.
  package let labels: [Bool]
  /// Of which higher ones say positive. Probabilities where a metric asks for such.
  package let scores: [Double]?
  /// Whether each row is called positive: as given, or because its score reaches the threshold.
  package let predictions: [Bool]
  package let weights: [Double]?
  private let cells = Once<ConfusionMatrix>()
  private let ranks = Once<RankedRows>()
  /// The first score that is no probability.
  private let noProbability = Once<Int?>()

  package static let task = MetricTask.binary

  /// Throws when lengths differ, there are neither scores nor predictions, a number is not finite, or a weight is
  /// negative.
  package init(
    labels: [Bool], scores: [Double]? = nil, predictions: [Bool]? = nil, threshold: Double = 0.5,
    weights: [Double]? = nil
  ) throws(Undefined) {
    try RowChecks.requireLengths(labels.count, scores?.count, predictions?.count)
    try RowChecks.requireFinite(scores)
    try RowChecks.requireWeights(weights, count: labels.count)
    guard let predicted = predictions ?? scores?.map({ $0 >= threshold }) else {
      throw .outsideDomain("the rows have neither scores nor predictions")
    }
    self.init(labels, scores, predicted, weights)
  }

  private init(_ labels: [Bool], _ scores: [Double]?, _ predictions: [Bool], _ weights: [Double]?) {
    (self.labels, self.scores, self.predictions, self.weights) = (labels, scores, predictions, weights)
  }

  package var count: Int { labels.count }

  package func rows(at indices: [Int]) -> BinaryRows {
    BinaryRows(
      labels.elements(at: indices), scores?.elements(at: indices), predictions.elements(at: indices),
      weights?.elements(at: indices))
  }

  /// How many rows there are of each class and prediction. Counted once.
  var confusion: ConfusionMatrix {
    cells { ConfusionMatrix(labels: labels, predictions: predictions, weights: weights) }
  }

  /// The rows by descending score. Sorted once.
  var ranked: RankedRows {
    get throws(Undefined) {
      let scores = try requiredScores
      return ranks { RankedRows(labels: labels, scores: scores, weights: weights) }
    }
  }

  var requiredScores: [Double] {
    get throws(Undefined) {
      guard let scores else { throw .outsideDomain("the metric needs scores, and these rows have predictions only") }
      return scores
    }
  }

  /// The scores, which must all lie between 0 and 1.
  var probabilities: [Double] {
    get throws(Undefined) {
      let scores = try requiredScores
      if let row = noProbability({ RowChecks.firstNoProbability(scores) }) {
        throw RowChecks.noProbability(scores, row)
      }
      return scores
    }
  }
}
