internal import Metrics

/// Rows of which a metric can be told with an interval.
protocol MeasuredRows: MetricRows {
  /// How much each row counts; nil for all alike.
  var weights: [Double]? { get }
  /// The class with the fewest rows, in words, where there are two; nil for other rows.
  var rarest: (what: String, count: Int)? { get }
  /// These rows, had a share of them been predicted as badly as any was: each in another way. None where nobody can say.
  func disturbed(_ share: Double) -> [Self]
}

extension MeasuredRows {
  var rarest: (what: String, count: Int)? { nil }

  func disturbed(_ share: Double) -> [Self] { [] }
}

extension FairnessRows: MeasuredRows {
  var weights: [Double]? { rows.weights }
}

extension FlipRows: MeasuredRows {}
