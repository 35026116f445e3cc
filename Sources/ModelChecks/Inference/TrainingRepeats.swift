internal import Metrics
internal import Statistics
internal import Verdict

/// The same rows as other training runs of the models predict them: the first run of each side is not among them.
struct TrainingRepeats<Rows: MeasuredRows>: Sendable {
  var candidates: [Rows] = []
  var baselines: [Rows] = []

  var areNone: Bool { candidates.isEmpty && baselines.isEmpty }

  func of(_ side: SideRole) -> [Rows] { side == .candidate ? candidates : baselines }

  func rows(at indices: [Int]) -> TrainingRepeats {
    TrainingRepeats(
      candidates: candidates.map { $0.rows(at: indices) }, baselines: baselines.map { $0.rows(at: indices) })
  }

  /// The mean of the metric over the candidate's runs.
  func level(
    _ metric: Metrics.Metric<Rows>, _ candidate: Rows, _ clusters: Clusters?, _ value: Double
  ) throws(Undefined) -> Effect {
    let runs = [candidate] + candidates
    var effects: [Effect] = []
    for run in runs {
      let estimator = EffectEstimator(metric: metric, candidate: run, baseline: nil, clusters: clusters)
      effects.append(try estimator.level(try metric.value(of: run)))
    }
    let share = SharedVariance.share(metric, runs, [], clusters, factor: 1)
    return try combined(effects, value, [try Self.values(metric, runs)], [1], ofRows: share ?? 1)
  }

  /// The mean over the candidate's runs less a multiple of the mean over the baseline's. Runs of both sides are paired as
  /// they stand, which matters to what the rows bring alone.
  func difference(
    _ metric: Metrics.Metric<Rows>, _ candidate: Rows, _ baseline: Rows, _ clusters: Clusters?, _ value: Double,
    factor: Double
  ) throws(Undefined) -> Effect {
    let (mine, theirs) = ([candidate] + candidates, [baseline] + baselines)
    var effects: [Effect] = []
    for run in 0..<max(mine.count, theirs.count) {
      let (first, second) = (mine[run % mine.count], theirs[run % theirs.count])
      let estimator = EffectEstimator(metric: metric, candidate: first, baseline: second, clusters: clusters)
      effects.append(
        try estimator.difference(
          try metric.value(of: first) - factor * metric.value(of: second), factor: factor))
    }
    let values = [try Self.values(metric, mine), try Self.values(metric, theirs)]
    let share = SharedVariance.share(metric, mine, theirs, clusters, factor: factor)
    return try combined(effects, value, values, [1, factor], ofRows: share ?? 1)
  }

  private static func values(_ metric: Metrics.Metric<Rows>, _ runs: [Rows]) throws(Undefined) -> [Double] {
    var values: [Double] = []
    for run in runs { values.append(try metric.value(of: run)) }
    return values
  }

  /// The rows' own interval, the mean of those of the runs as far as they share it, and what training adds: the variance of
  /// a mean of runs, with Student's t for Satterthwaite's degrees of freedom. Ends add as the roots of their squares do.
  ///
  /// - Parameter share: the part of the variance of the rows that all runs share. What may be unseen is in all of them.
  private func combined(
    _ effects: [Effect], _ value: Double, _ values: [[Double]], _ factors: [Double], ofRows share: Double
  ) throws(Undefined) -> Effect {
    let first = effects[0]
    guard effects.count > 1 else { return first }
    let scales = effects.map { effect in
      (effect.method == RuleOfThree.method.name ? 1 : share.squareRoot()) / Double(effects.count)
    }
    let training = try TrainingSpread(values, factors: factors)
    var effect = Effect(value, method: first.method, count: first.count) { confidence throws(Undefined) in
      var (below, above) = (0.0, 0.0)
      for (effect, scale) in zip(effects, scales) {
        let interval = try effect.interval(confidence: confidence)
        below += scale * (effect.value - interval.lower)
        above += scale * (interval.upper - effect.value)
      }
      let half = training?.half(confidence: confidence) ?? 0
      return ConfidenceInterval(
        lower: value - (below * below + half * half).squareRoot(),
        upper: value + (above * above + half * half).squareRoot(), confidence: confidence)
    }.within(first.range)
    effect.training = training
    let runs = values.map { "\($0.count)" }.joined(separator: " and ")
    let whose = values.count == 1 ? "of the candidate" : "of candidate and baseline"
    effect.notes = ["the mean of \(runs) training runs \(whose)"]
    let rows = zip(effects, scales).reduce(0) { $0 + $1.1 * ($1.0.standardError ?? 0) }
    if let training, rows > 0 {
      let share = training.variance / (training.variance + rows * rows)
      effect.notes.append(
        "training brings \(Quantity.brief(share * 100, digits: 2))% of the variance, the rows the rest")
    }
    if values.contains(where: { $0.count == 1 }) {
      effect.notes.append("one side has one training run: how much it varies between runs is not counted")
    }
    return effect
  }
}
