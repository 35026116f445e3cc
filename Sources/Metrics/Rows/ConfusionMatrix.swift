internal import Statistics

/// How many rows, or how much weight, there is of each class and prediction.
package struct ConfusionMatrix: Sendable, Hashable {
  package var trueNegatives = 0.0
  package var falsePositives = 0.0
  package var falseNegatives = 0.0
  package var truePositives = 0.0

  package var positives: Double { truePositives + falseNegatives }
  package var negatives: Double { trueNegatives + falsePositives }
  package var predictedPositives: Double { truePositives + falsePositives }
  package var predictedNegatives: Double { trueNegatives + falseNegatives }
  package var total: Double { positives + negatives }

  package init(
    trueNegatives: Double = 0, falsePositives: Double = 0, falseNegatives: Double = 0, truePositives: Double = 0
  ) {
    self.trueNegatives = trueNegatives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.truePositives = truePositives
  }

  /// From the counts in the order of scikit-learn's `ravel()`: tn, fp, fn, tp.
  init(cells: [Double]) {
    self.init(trueNegatives: cells[0], falsePositives: cells[1], falseNegatives: cells[2], truePositives: cells[3])
  }

  var cells: [Double] { [trueNegatives, falsePositives, falseNegatives, truePositives] }

  init(labels: [Bool], predictions: [Bool], weights: [Double]?) {
    if let weights {
      var sums = [CompensatedSum](repeating: CompensatedSum(), count: 4)
      for row in labels.indices { sums[Int(Self.cell(labels[row], predictions[row]))].add(weights[row]) }
      self.init(cells: sums.map(\.value))
    } else {
      var (positives, predicted, both) = (0, 0, 0)
      for row in labels.indices {
        positives += labels[row] ? 1 : 0
        predicted += predictions[row] ? 1 : 0
        both += labels[row] && predictions[row] ? 1 : 0
      }
      self.init(
        trueNegatives: Double(labels.count - positives - predicted + both), falsePositives: Double(predicted - both),
        falseNegatives: Double(positives - both), truePositives: Double(both))
    }
  }

  /// The place of a row in ``cells``.
  static func cell(_ label: Bool, _ prediction: Bool) -> Int32 { (label ? 2 : 0) + (prediction ? 1 : 0) }
}

extension BinaryRows {
  /// The cell of each row, for a metric that is a function of the confusion matrix.
  func cells(_ value: @escaping @Sendable (ConfusionMatrix) throws(Undefined) -> Double) -> RowCells {
    RowCells(
      cells: labels.indices.map { ConfusionMatrix.cell(labels[$0], predictions[$0]) }, count: 4,
      function: { counts throws(Undefined) in try value(ConfusionMatrix(cells: counts)) }, isWeighted: weights != nil)
  }
}
