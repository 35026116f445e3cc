package import Statistics

/// Rows that each have any number of labels, with predicted labels, scores of each label, or both.
package struct MultilabelRows: MetricRows {
  package let names: [String]
  /// Row by row, whether the row has each label.
  package let labels: [Bool]
  /// Row by row, whether it is called each label: as given, or because the score reaches the threshold.
  package let predictions: [Bool]
  /// Row by row, the score of each label.
  package let scores: [Double]?
  package let weights: [Double]?

  package static let task = MetricTask.multilabel

  /// Throws when lengths differ, there are neither scores nor predictions, a number is not finite, or a weight is
  /// negative.
  package init(
    names: [String], labels: [Bool], predictions: [Bool]? = nil, scores: [Double]? = nil, threshold: Double = 0.5,
    weights: [Double]? = nil
  ) throws(Undefined) {
    guard !names.isEmpty else { throw .tooFew("labels", needed: 1, got: 0) }
    guard labels.count.isMultiple(of: names.count) else { throw .lengthsDiffer(labels.count, names.count) }
    try RowChecks.requireLengths(labels.count, predictions?.count, scores?.count)
    try RowChecks.requireFinite(scores)
    try RowChecks.requireWeights(weights, count: labels.count / names.count)
    guard let predicted = predictions ?? scores?.map({ $0 >= threshold }) else {
      throw .outsideDomain("the rows have neither scores nor predictions")
    }
    self.init(names, labels, predicted, scores, weights)
  }

  private init(
    _ names: [String], _ labels: [Bool], _ predictions: [Bool], _ scores: [Double]?, _ weights: [Double]?
  ) {
    (self.names, self.labels, self.predictions) = (names, labels, predictions)
    (self.scores, self.weights) = (scores, weights)
  }

  package var count: Int { labels.count / names.count }

  package func rows(at indices: [Int]) -> MultilabelRows {
    let width = names.count
    return MultilabelRows(
      names, labels.elements(at: indices, width: width), predictions.elements(at: indices, width: width),
      scores?.elements(at: indices, width: width), weights?.elements(at: indices))
  }

  /// The places of a row in the tables.
  func places(_ row: Int) -> Range<Int> { row * names.count..<(row + 1) * names.count }

  /// The places of a label in the tables.
  func places(ofLabel label: Int) -> StrideTo<Int> { stride(from: label, to: labels.count, by: names.count) }

  var requiredScores: [Double] {
    get throws(Undefined) {
      guard let scores else { throw .outsideDomain("the metric needs scores, and these rows have predictions only") }
      return scores
    }
  }

  /// Each label's confusion matrix.
  var matrices: [ConfusionMatrix] {
    names.indices.map { label in matrix(places(ofLabel: label), weights) }
  }

  /// Each row's confusion matrix over its labels.
  var rowMatrices: [ConfusionMatrix] { (0..<count).map { matrix(places($0), nil) } }

  private func matrix(_ places: some Sequence<Int>, _ weights: [Double]?) -> ConfusionMatrix {
    let places = Array(places)
    return ConfusionMatrix(
      labels: labels.elements(at: places), predictions: predictions.elements(at: places), weights: weights)
  }

  /// One label's rows, or with no label all labels' as rows of their own.
  func binary(label: Int? = nil) throws(Undefined) -> BinaryRows {
    let scores = try requiredScores
    guard let label else {
      let repeated = weights.map { weights in weights.flatMap { [Double](repeating: $0, count: names.count) } }
      return try BinaryRows(labels: labels, scores: scores, weights: repeated)
    }
    let places = Array(places(ofLabel: label))
    return try BinaryRows(
      labels: labels.elements(at: places), scores: scores.elements(at: places), weights: weights)
  }
}
