package import Statistics

/// The Brier score as reliability - resolution + uncertainty, over the distinct probabilities.
package struct MurphyDecomposition: Sendable {
  /// How far each probability is from what happened there: 0 is perfectly calibrated.
  package let reliability: Double
  /// How far what happened at each probability is from the overall share: how much the forecasts tell apart.
  package let resolution: Double
  /// The variance of the classes: nothing that a model can help.
  package let uncertainty: Double

  package var brier: Double { reliability - resolution + uncertainty }

  /// Murphy, "A New Vector Partition of the Probability Score", Journal of Applied Meteorology 12 (1973).
  package init(_ rows: BinaryRows) throws(Undefined) {
    _ = try rows.probabilities
    let ranked = try rows.ranked
    let total = ranked.positives + ranked.negatives
    guard total > 0 else { throw .noObservations }
    let share = ranked.positives / total
    var (reliability, resolution) = (CompensatedSum(), CompensatedSum())
    var (lastHits, lastAlarms) = (0.0, 0.0)
    try ranked.forEachThreshold { score, hits, alarms throws(Undefined) in
      let weight = hits - lastHits + alarms - lastAlarms
      let happened = (hits - lastHits) / weight
      reliability.add(weight * (score - happened) * (score - happened))
      resolution.add(weight * (happened - share) * (happened - share))
      (lastHits, lastAlarms) = (hits, alarms)
    }
    self.reliability = reliability.value / total
    self.resolution = resolution.value / total
    uncertainty = share * (1 - share)
  }

  static let definitions: [MetricDefinition<BinaryRows>] = [
    part(
      "reliability", .lower,
      "How far each distinct probability is from what happened there, squared: a part of the Brier score.",
      example: "{metric: reliability, at_most: 0.01}", fix: "Recalibrate on fresh rows.", \.reliability),
    part(
      "resolution", .higher, "How far what happened at each distinct probability is from the overall share, squared.",
      example: "{metric: resolution, max_regression: 0.01 absolute}",
      fix: "The forecasts tell rows apart less: the model needs better features, not calibration.", \.resolution),
    part(
      "uncertainty", .neither, "The variance of the classes: the Brier score of always predicting their share.",
      fix: "It says nothing of the model: the evaluation set has another share of positives.", \.uncertainty),
  ]

  private static func part(
    _ name: String, _ better: BetterSide, _ what: String, example: String? = nil, fix: String,
    _ part: any KeyPath<MurphyDecomposition, Double> & Sendable
  ) -> MetricDefinition<BinaryRows> {
    let page = MetricPage(
      name, better: better, what: what + " Brier score = reliability - resolution + uncertainty (Murphy 1973).",
      why: "It tells a model that is miscalibrated from one that knows less. With scores that hardly repeat, use ece.",
      example: example, fix: fix)
    let definition = MetricDefinition<BinaryRows>(page) { _ in
      .init(.resample) { rows throws(Undefined) in try MurphyDecomposition(rows)[keyPath: part] }
    }
    return part == \.uncertainty ? definition : definition.withoutInterval(Calibration.bias)
  }
}
