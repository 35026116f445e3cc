internal import Statistics

/// How far the scores of any group are from what happens to it.
package enum GroupCalibrationError {
  static let fairness = MetricDefinition<FairnessRows>(
    MetricPage(
      "group_calibration_error", better: .lower, range: 0...(.infinity),
      what: "The largest gap of any group between its mean score and its share of positives.",
      why: "A score that means 30 % for one group and 50 % for another is read wrongly of one of them.",
      example: "{metric: group_calibration_error, at_most: 0.05, confidence: 95%}",
      fix: "Calibrate the scores again with enough rows of the group, or find out which of its features is missing.")
  ) { _ in
    let gaps: @Sendable (FairnessRows) throws(Undefined) -> RowContrasts = { rows throws(Undefined) in
      let scores = try rows.rows.probabilities
      let gap = RowContrasts.Rate(
        "calibration gap", isCounted: [Bool](repeating: true, count: scores.count),
        values: scores.indices.map { scores[$0] - (rows.rows.labels[$0] ? 1 : 0) }, isShare: false)
      return RowContrasts(rows, [gap], .magnitude)
    }
    return .init(.contrasts(gaps)) { rows throws(Undefined) in
      let contrasts = try gaps(rows)
      var (sums, totals) = (
        [CompensatedSum](repeating: CompensatedSum(), count: rows.names.count),
        [Double](repeating: 0, count: rows.names.count)
      )
      for row in rows.groups.indices {
        let weight = contrasts.weights?[row] ?? 1
        sums[rows.groups[row]].add(weight * contrasts.rates[0].values[row])
        totals[rows.groups[row]] += weight
      }
      let present = totals.indices.filter { totals[$0] > 0 }
      guard !present.isEmpty else { throw .noObservations }
      return present.map { (sums[$0].value / totals[$0]).magnitude }.max() ?? 0
    }
  }
}
