internal import Statistics

extension MetricDefinition<MultilabelRows> {
  /// The mean of what each row's labels and scores give.
  static func ranked(
    _ page: MetricPage, _ value: @escaping @Sendable ([Bool], [Double]) -> Double
  ) -> MetricDefinition {
    .mean(page) { rows throws(Undefined) in
      let scores = try rows.requiredScores
      return (0..<rows.count).map { row in value(Array(rows.labels[rows.places(row)]), Array(scores[rows.places(row)]))
      }
    }
  }
}
