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
        let chosen = try average.selection(rows.names)
        return try average.mean(of: chosen, rows.names, weights: { matrices[$0].positives }) {
          label throws(Undefined) in
          try function(rows.binary(label: label), average.conventions)
        }
      }
    }
  }
}
