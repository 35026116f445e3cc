internal import Statistics

extension MetricDefinition<MultilabelRows> {
  /// A function of each label's scores, or of each row's, averaged.
  static func averagedScores(
    _ page: MetricPage, _ function: @escaping @Sendable (BinaryRows, Conventions) throws(Undefined) -> Double
  ) -> MetricDefinition {
    MetricDefinition(page, [ClassAverage.averagesWithSamples, ClassAverage.one, ClassAverage.some, .zeroDivision]) {
      arguments throws(MetricProblem) in
      let average = try ClassAverage(arguments)
      return Making(.resample) { rows throws(Undefined) in
        if average.only == nil, average.mode == .micro {
          return try function(rows.binary(), average.conventions)
        }
        if average.only == nil, average.mode == .samples {
          let scores = try rows.requiredScores
          return try rows.mean(average.conventions) { row throws(Undefined) in
            let places = rows.places(row)
            return try function(
              BinaryRows(labels: Array(rows.labels[places]), scores: Array(scores[places])), average.conventions)
          }
        }
        let matrices = rows.matrices
        // A label that no row has may have no score, and has no weight either.
        let all = try average.selection(rows.names)
        let weighs = average.mode == .weighted && average.only == nil
        let chosen = weighs ? all.filter { matrices[$0].positives > 0 } : all
        // scikit-learn's answer when no label has any weight.
        if chosen.isEmpty, average.conventions.isCompatible { return 0 }
        return try average.mean(of: chosen, rows.names, weights: { matrices[$0].positives }) {
          label throws(Undefined) in
          try function(rows.binary(label: label), average.conventions)
        }
      }
    }
  }
}
