package import Statistics

/// Rows of several classes, with predicted classes, probabilities of each class, or both.
package struct MulticlassRows: MetricRows {
  package let classes: [String]
  /// The class of each row, an index of ``classes``.
  package let labels: [Int]
  /// The class that each row is called: as given, or the first of the most probable ones.
  package let predictions: [Int]
  /// Row by row, the probability of each class.
  package let probabilities: [Double]?
  package let weights: [Double]?
  /// Whether the order of ``classes`` means something, as that of grades does.
  package let hasOrder: Bool
  private let counted = Once<ClassTally>()

  package static let task = MetricTask.multiclass

  /// Throws when lengths differ, there are neither predictions nor probabilities, a class is none of the classes, a
  /// number is not finite, or a weight is negative.
  package init(
    classes: [String], labels: [Int], predictions: [Int]? = nil, probabilities: [Double]? = nil,
    weights: [Double]? = nil, hasOrder: Bool = true
  ) throws(Undefined) {
    guard !classes.isEmpty else { throw .tooFew("classes", needed: 1, got: 0) }
    try RowChecks.requireLengths(labels.count, predictions?.count)
    try RowChecks.requireLengths(labels.count * classes.count, probabilities?.count)
    try RowChecks.requireFinite(probabilities)
    try RowChecks.requireWeights(weights, count: labels.count)
    guard let predicted = predictions ?? probabilities.map({ Self.mostProbable($0, classes.count) }) else {
      throw .outsideDomain("the rows have neither predictions nor probabilities")
    }
    guard (labels + predicted).allSatisfy(classes.indices.contains) else {
      throw .outsideDomain("a row has a class that is none of the \(classes.count) classes")
    }
    self.init(classes, labels, predicted, probabilities, weights, hasOrder)
  }

  private init(
    _ classes: [String], _ labels: [Int], _ predictions: [Int], _ probabilities: [Double]?, _ weights: [Double]?,
    _ hasOrder: Bool
  ) {
    self.hasOrder = hasOrder
    (self.classes, self.labels, self.predictions) = (classes, labels, predictions)
    (self.probabilities, self.weights) = (probabilities, weights)
  }

  package var count: Int { labels.count }

  package func rows(at indices: [Int]) -> MulticlassRows {
    MulticlassRows(
      classes, labels.elements(at: indices), predictions.elements(at: indices),
      probabilities?.elements(at: indices, width: classes.count), weights?.elements(at: indices), hasOrder)
  }

  private static func mostProbable(_ probabilities: [Double], _ width: Int) -> [Int] {
    stride(from: 0, to: probabilities.count, by: width).map { start in
      var best = start
      for place in start..<start + width where probabilities[place] > probabilities[best] { best = place }
      return best - start
    }
  }

  /// How many rows are of each class, called it, and both. Counted once.
  var tally: ClassTally { counted { ClassTally(self) } }

  /// The probabilities, or scores of another kind.
  var requiredScores: [Double] {
    get throws(Undefined) {
      guard let probabilities else {
        throw .outsideDomain("the metric needs probabilities, and these rows have predictions only")
      }
      return probabilities
    }
  }

  /// The probabilities, each between 0 and 1 and those of a row summing to 1, which scikit-learn's log loss and Brier
  /// score do not ask.
  func probabilities(_ conventions: Conventions) throws(Undefined) -> [Double] {
    let scores = try requiredScores
    try RowChecks.requireProbabilities(scores)
    if !conventions.isCompatible { try requireSums(scores) }
    return scores
  }

  /// Throws when the probabilities of a row do not sum to 1, as near as scikit-learn asks.
  func requireSums(_ scores: [Double]) throws(Undefined) {
    for row in labels.indices {
      let sum = scores[row * classes.count..<(row + 1) * classes.count].reduce(0, +)
      guard (sum - 1).magnitude <= 1e-5 else {
        throw .outsideDomain("the probabilities of row \(row + 1) sum to \(sum), and not to 1")
      }
    }
  }
}
