internal import Statistics

extension MetricDefinition<RegressionRows> {
  typealias Losses = @Sendable (RegressionRows) throws(Undefined) -> [Double]

  /// The mean of each row's loss, or a function of the mean.
  static func losses(
    _ page: MetricPage, parameters: [MetricParameter] = [], form: RowMeans.Form = .plain,
    _ losses: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> Losses
  ) -> MetricDefinition {
    MetricDefinition(page, parameters + MultiOutput.parameters) { arguments throws(MetricProblem) in
      let (outputs, losses) = (try MultiOutput(arguments), try losses(arguments))
      let means: @Sendable (RegressionRows) throws(Undefined) -> RowMeans = { rows throws(Undefined) in
        RowMeans(mean: try losses(rows), weights: rows.weights, form)
      }
      return .outputs(outputs, means) { rows throws(Undefined) in
        try RowMeans.value(mean: try losses(rows), weights: rows.weights, form)
      }
    }
  }

  /// 1 - the sum of losses over that of a forecast which knows the labels' distribution only.
  static func skill(
    _ page: MetricPage, parameters: [MetricParameter] = [], atLeast least: Int = 2, canForce: Bool = true,
    _ losses: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> (model: Losses, prior: Losses)
  ) -> MetricDefinition {
    MetricDefinition(page, parameters + (canForce ? [forceFinite] : []) + MultiOutput.parameters) {
      arguments throws(MetricProblem) in
      let (outputs, losses) = (try MultiOutput(arguments), try losses(arguments))
      let isFinite =
        canForce && (arguments[forceFinite].map { $0 == .flag(true) } ?? arguments.conventions.isCompatible)
      let means: @Sendable (RegressionRows) throws(Undefined) -> RowMeans = { rows throws(Undefined) in
        guard rows.count >= least else { throw Undefined.tooFew("rows", needed: least, got: rows.count) }
        return RowMeans.skill(try losses.model(rows), try losses.prior(rows), rows.weights)
      }
      return .outputs(outputs, means) { rows throws(Undefined) in
        let means = try means(rows)
        if means.denominators.allSatisfy({ $0 == 0 }) {
          guard isFinite else { throw Undefined.zeroVariance }
          return means.numerators.allSatisfy { $0 == 0 } ? 1 : 0
        }
        return try means.value
      }
    }
  }

  private static var forceFinite: MetricParameter {
    MetricParameter(
      "force_finite", .flag,
      "Labels that do not vary: 1 when all are predicted right and else 0, as scikit-learn has it.")
  }
}

extension MetricDefinition<RegressionRows>.Making {
  static func outputs(
    _ outputs: MultiOutput, _ means: @escaping @Sendable (RegressionRows) throws(Undefined) -> RowMeans,
    _ value: @escaping @Sendable (RegressionRows) throws(Undefined) -> Double
  ) -> Self {
    Self(
      .means { rows throws(Undefined) in rows.outputs == 1 ? try means(rows) : nil },
      { rows throws(Undefined) in rows.outputs == 1 ? try value(rows) : try outputs.value(of: rows, value) })
  }
}
