internal import Statistics

/// How much less the pinball loss is than that of the labels' own quantile.
package enum D2Pinball {
  package static let page = MetricPage(
    "d2_pinball", aliases: ["d2_pinball_score"], better: .higher, range: -.infinity...1,
    what: "1 - pinball loss / pinball loss of always predicting the labels' alpha quantile.",
    why: "A pinball loss that can be read without knowing the label's unit.",
    fix: "Below 0 the model is worse than one number for all rows.")

  static let regression = MetricDefinition<RegressionRows>.skill(page, parameters: [PinballLoss.alpha]) {
    arguments throws(MetricProblem) in losses(try arguments.number(PinballLoss.alpha))
  }

  static func losses(
    _ alpha: Double
  ) -> (model: MetricDefinition<RegressionRows>.Losses, prior: MetricDefinition<RegressionRows>.Losses) {
    (
      { rows throws(Undefined) in rows.errors.map { PinballLoss.loss($0, alpha) } },
      { rows throws(Undefined) in
        let quantile = try WeightedQuantile.value(rows.labels, rows.weights, at: alpha)
        return rows.labels.map { PinballLoss.loss(quantile - $0, alpha) }
      }
    )
  }
}
