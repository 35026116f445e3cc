package import Statistics

/// What two models called the same rows.
package struct FlipRows: MetricRows, WeightedRows {
  /// The class that the baseline called each row; any numbers.
  package let baseline: [Int]
  package let candidate: [Int]
  /// The class that it is; nil when nobody knows.
  package let labels: [Int]?
  package let weights: [Double]?

  package static let task = MetricTask.flips

  /// Throws when lengths differ or a weight is negative.
  package init(
    baseline: [Int], candidate: [Int], labels: [Int]? = nil, weights: [Double]? = nil
  ) throws(Undefined) {
    try RowChecks.requireLengths(baseline.count, candidate.count, labels?.count)
    try RowChecks.requireWeights(weights, count: baseline.count)
    self.init(baseline, candidate, labels, weights)
  }

  private init(_ baseline: [Int], _ candidate: [Int], _ labels: [Int]?, _ weights: [Double]?) {
    (self.baseline, self.candidate, self.labels, self.weights) = (baseline, candidate, labels, weights)
  }

  package var count: Int { baseline.count }

  package func rows(at indices: [Int]) -> FlipRows {
    FlipRows(
      baseline.elements(at: indices), candidate.elements(at: indices), labels?.elements(at: indices),
      weights?.elements(at: indices))
  }

  /// Whether each row is called right by the baseline and by the candidate.
  var rightness: [(baseline: Bool, candidate: Bool)] {
    get throws(Undefined) {
      guard let labels else { throw .outsideDomain("the metric needs labels, and there are none") }
      return labels.indices.map { (baseline[$0] == labels[$0], candidate[$0] == labels[$0]) }
    }
  }
}
