internal import Statistics

/// How much less the deviance is than that of the labels' mean.
package enum D2Tweedie {
  package static let page = MetricPage(
    "d2_tweedie", aliases: ["d2_tweedie_score"], better: .higher, range: -.infinity...1,
    what: "1 - Tweedie deviance / Tweedie deviance of always predicting the labels' mean. At power 0 it is r2.",
    why: "r2 for counts and amounts, whose variance grows with their mean.",
    fix: "Below 0 the model is worse than the mean for all rows.")

  static let regression = MetricDefinition<RegressionRows>.skill(
    page, parameters: [TweedieDeviance.power], canForce: false
  ) {
    arguments throws(MetricProblem) in
    let power = try arguments.number(TweedieDeviance.power)
    return (
      try TweedieDeviance.losses(arguments),
      { rows throws(Undefined) in
        if power == 0 { return try rows.deviations }
        guard try rows.deviations.contains(where: { $0 > 0 }) else { return [Double](repeating: 0, count: rows.count) }
        let mean = try RowMeans(mean: rows.labels, weights: rows.weights).value
        return try TweedieDeviance.losses(rows.labels, [Double](repeating: mean, count: rows.count), power)
      }
    )
  }
}
