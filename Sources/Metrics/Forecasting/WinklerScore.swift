internal import Statistics

/// Width and misses of intervals in one score.
package enum WinklerScore {
  package static let page = MetricPage(
    "winkler_score", aliases: ["interval_score", "winkler"], better: .lower, range: 0...(.infinity),
    what: """
      The mean width of intervals of confidence 1 - alpha, plus 2 / alpha times how far the value lies outside (Gneiting \
      and Raftery 2007): least for the true quantiles.
      """,
    why: "Coverage and width in one number that cannot be gamed by moving one against the other.",
    example: "{metric: {name: winkler_score, alpha: 0.1}, max_regression: 2% relative}",
    fix: "See whether coverage or interval_width moved.")

  static let alpha = MetricParameter(
    "alpha", .positive, or: .number(0.1), "The share of values that may lie outside: 0.1 for 90 % intervals.")

  static let forecast = MetricDefinition<ForecastRows>(page, [alpha]) { arguments throws(MetricProblem) in
    let alpha = try arguments.number(alpha)
    guard alpha < 1 else { throw .badParameter("alpha", metric: page.name, expects: "between 0 and 1") }
    return .mean { rows throws(Undefined) in
      let bounds = try rows.bounds
      return rows.labels.indices.map { row in
        let miss = max(bounds.lower[row] - rows.labels[row], rows.labels[row] - bounds.upper[row], 0)
        return bounds.upper[row] - bounds.lower[row] + 2 / alpha * miss
      }
    }
  }
}
