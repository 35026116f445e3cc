internal import Statistics

/// The classes and scores of rows, and what the metric makes of the area under their ROC curve.
package struct RowScores: Sendable {
  package let isPositive: [Bool]
  package let scores: [Double]
  /// The metric is the area times this,
  package let factor: Double
  /// plus this.
  package let offset: Double
  let isWeighted: Bool

  init(_ rows: BinaryRows, factor: Double = 1, offset: Double = 0) throws(Undefined) {
    isPositive = rows.labels
    scores = try rows.requiredScores
    isWeighted = rows.weights != nil
    (self.factor, self.offset) = (factor, offset)
  }
}
