internal import Language
internal import Metrics

/// How much worse each row is than all of them, as a gate sees it: the larger, the nearer to failing.
struct RowExcess: Sendable {
  let values: [Double]
  let weights: [Double]

  /// From what the metric is the mean of, or else from the losses of the task. Nil where rows have neither.
  ///
  /// - Parameters:
  ///   - baseline: the other model's predictions of the same rows; nil where the gate does not compare.
  ///   - losses: what the rows cost by the metrics that the config makes.
  init?<Rows: PredictedRows>(_ check: ModelCheck, _ candidate: Rows, _ baseline: Rows?, _ losses: ModelLosses) {
    // What is judged with several rows at once says nothing of each of them.
    guard candidate.wholes == nil, let reference = check.entry.reference else { return nil }
    let found: RowExcess?
    if let custom = reference.custom {
      guard let mean = ModelLosses.mean, let mine = losses.candidate[custom] else { return nil }
      found = RowExcess(check, mean, mine, baseline.flatMap { _ in losses.baseline?[custom] })
    } else if check.isOfBoth {
      guard let baseline, let flips = try? candidate.flips(from: baseline),
        let metric = Self.metric(reference, of: FlipRows.self)
      else { return nil }
      found = RowExcess(check, metric, flips, nil)
    } else {
      guard let metric = Self.metric(reference, of: Rows.self) else { return nil }
      found = RowExcess(check, metric, candidate, baseline) ?? RowExcess(check, losses: candidate, baseline)
    }
    guard let found else { return nil }
    self = found
  }

  /// From what the metric is the mean of.
  private init?<Rows: MetricRows>(
    _ check: ModelCheck, _ metric: Metrics.Metric<Rows>, _ candidate: Rows, _ baseline: Rows?
  ) {
    guard let means = Self.means(metric, candidate, baseline), means.units == nil,
      means.numerators.count == candidate.count
    else { return nil }
    let sign = (check.isLowBad ? -1.0 : 1) * (means.form.rises ? 1 : -1)
    (values, weights) = (Self.excess(means.numerators, means.denominators, sign), means.denominators)
  }

  /// From how bad each row is by itself.
  private init?<Rows: PredictedRows>(_ check: ModelCheck, losses candidate: Rows, _ baseline: Rows?) {
    guard var losses = candidate.losses else { return nil }
    if let others = baseline?.losses { for row in losses.indices { losses[row] -= others[row] } }
    let weights = candidate.weights ?? [Double](repeating: 1, count: losses.count)
    for row in losses.indices { losses[row] *= weights[row] }
    let isWorseBad = check.isLowBad == (check.direction ?? .higher == .higher)
    (values, self.weights) = (Self.excess(losses, weights, isWorseBad ? 1 : -1), weights)
  }

  private static func metric<Rows: MetricRows>(
    _ reference: MetricReference, of rows: Rows.Type
  ) -> Metrics.Metric<Rows>? {
    try? MetricRegistry.definition(reference.name.value, of: rows).metric(reference.arguments)
  }

  private static func excess(_ sums: [Double], _ weights: [Double], _ sign: Double) -> [Double] {
    let total = weights.reduce(0, +)
    let mean = total > 0 ? sums.reduce(0, +) / total : 0
    return sums.indices.map { sign * (sums[$0] - mean * weights[$0]) }
  }

  private static func means<Rows: MetricRows>(
    _ metric: Metrics.Metric<Rows>, _ candidate: Rows, _ baseline: Rows?
  ) -> RowMeans? {
    guard let mine = means(metric, candidate) else { return nil }
    guard let baseline else { return mine }
    return change(mine, means(metric, baseline))
  }

  private static func means<Rows: MetricRows>(_ metric: Metrics.Metric<Rows>, _ rows: Rows) -> RowMeans? {
    switch try? metric.evidence(of: rows) {
    case .proportion(let hits)?: hits.means
    case .means(let means)?: means
    default: nil
    }
  }

  /// Of rows that count alike for both models the change is a mean, too.
  private static func change(_ mine: RowMeans, _ theirs: RowMeans?) -> RowMeans? {
    guard let theirs, theirs.denominators == mine.denominators else { return nil }
    return RowMeans(zip(mine.numerators, theirs.numerators).map { $0 - $1 }, mine.denominators, mine.form)
  }
}

extension RowMeans.Form {
  /// Whether it grows with the quotient.
  fileprivate var rises: Bool {
    switch self {
    case .plain, .root, .exponential: true
    case .complement: false
    case .scaled(let factor): factor >= 0
    }
  }
}

extension ModelCheck {
  /// Whether low values of the metric, or of its change, are those that break the bound.
  fileprivate var isLowBad: Bool {
    switch claim {
    case .value(let gate): return gate.range.lowerBound.isFinite
    case .change(let gate):
      let isLowBenefitBad = gate.allowedBenefit(1).lowerBound.isFinite
      return isLowBenefitBad == (direction ?? .higher == .higher)
    }
  }
}
