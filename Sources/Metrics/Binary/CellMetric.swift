internal import Statistics

/// A metric that is a function of the confusion matrix.
typealias CellFunction = @Sendable (ConfusionMatrix, Conventions) throws(Undefined) -> Double

extension MetricDefinition<BinaryRows> {
  /// A function of the confusion matrix: inferred on by resampling its cells.
  static func cells(
    _ page: MetricPage, parameters: [MetricParameter] = [.zeroDivision], _ function: @escaping CellFunction
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments in
      let conventions = arguments.conventions
      return .cells { matrix throws(Undefined) in try function(matrix, conventions) }
    }
  }

  /// A share of rows that are told by their labels alone, so that two models share the denominator.
  static func proportion(
    _ page: MetricPage, parameters: [MetricParameter] = [.zeroDivision], counted: @escaping @Sendable (Bool) -> Bool,
    hit: @escaping @Sendable (_ label: Bool, _ prediction: Bool) -> Bool, _ function: @escaping CellFunction
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments in
      let conventions = arguments.conventions
      return Making(
        .proportion { rows throws(Undefined) in
          RowHits(
            isCounted: rows.labels.map(counted), isHit: zip(rows.labels, rows.predictions).map(hit),
            weights: rows.weights)
        },
        { rows throws(Undefined) in try function(rows.confusion, conventions) })
    }
  }
}

extension MetricDefinition<BinaryRows>.Making {
  static func cells(_ function: @escaping @Sendable (ConfusionMatrix) throws(Undefined) -> Double) -> Self {
    Self(
      .cells { rows throws(Undefined) in rows.cells(function) },
      { rows throws(Undefined) in try function(rows.confusion) })
  }
}
