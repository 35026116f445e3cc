internal import Statistics

/// How many rows, or how much weight, is of each class, called it, and both.
struct ClassTally: Sendable {
  var labelled: [Double]
  var predicted: [Double]
  var correct: [Double]

  var total: Double { labelled.compensatedSum }

  init(_ rows: MulticlassRows) {
    let zeros = [CompensatedSum](repeating: CompensatedSum(), count: rows.classes.count)
    var (labelled, predicted, correct) = (zeros, zeros, zeros)
    for row in rows.labels.indices {
      let weight = rows.weights?[row] ?? 1
      labelled[rows.labels[row]].add(weight)
      predicted[rows.predictions[row]].add(weight)
      if rows.labels[row] == rows.predictions[row] { correct[rows.labels[row]].add(weight) }
    }
    self.labelled = labelled.map(\.value)
    self.predicted = predicted.map(\.value)
    self.correct = correct.map(\.value)
  }

  /// From the counts of a confusion matrix, row by row of the labels.
  init(cells: [Double], classes: Int) {
    labelled = (0..<classes).map { label in cells[label * classes..<(label + 1) * classes].compensatedSum }
    predicted = (0..<classes).map { place in
      stride(from: place, to: classes * classes, by: classes).map { cells[$0] }.compensatedSum
    }
    correct = (0..<classes).map { cells[$0 * classes + $0] }
  }

  /// Each class against all others.
  var matrices: [ConfusionMatrix] {
    let total = total
    return labelled.indices.map { place in
      ConfusionMatrix(
        trueNegatives: total - labelled[place] - predicted[place] + correct[place],
        falsePositives: predicted[place] - correct[place], falseNegatives: labelled[place] - correct[place],
        truePositives: correct[place])
    }
  }
}

extension MulticlassRows {
  /// So many cells at most are resampled; with more the rows are.
  private static let mostClasses = 256

  /// How one infers from a metric that is a function of the tally.
  static func inference(
    _ value: @escaping @Sendable (ClassTally, [String]) throws(Undefined) -> Double
  ) -> Inference<MulticlassRows> {
    .cells { rows throws(Undefined) in
      let (classes, width) = (rows.classes, rows.classes.count)
      return RowCells(
        cells: width > mostClasses ? [] : zip(rows.labels, rows.predictions).map { Int32($0 * width + $1) },
        count: width * width,
        function: { counts throws(Undefined) in try value(ClassTally(cells: counts, classes: width), classes) },
        isWeighted: rows.weights != nil || width > mostClasses)
    }
  }
}

extension MetricDefinition<MulticlassRows>.Making {
  static func tally(_ value: @escaping @Sendable (ClassTally, [String]) throws(Undefined) -> Double) -> Self {
    Self(
      MulticlassRows.inference(value),
      { rows throws(Undefined) in try value(rows.tally, rows.classes) })
  }
}
