internal import Language
internal import Metrics
internal import Statistics
internal import Verdict

/// The metrics of a candidate and its baseline on some rows, each computed once however many gates ask for it.
struct MetricMeasurer<Rows: PredictedRows>: Sendable {
  let candidate: Rows
  /// The baseline's predictions of the same rows, in the same order.
  let baseline: Rows?
  /// What the rows cost by the metrics that the config makes.
  let losses: ModelLosses
  let clusters: Clusters?
  /// In place of the baseline's rows: what accepted runs left.
  var recorded: RecordedBaseline?
  private var values: [Key: Result<Double, Undefined>] = [:]
  private var effects: [Key: Result<Effect, Undefined>] = [:]

  /// A metric with its parameters, of one side or of both.
  private struct Key: Hashable {
    var reference: MetricReference.Key
    var side: SideRole?
  }

  init(candidate: Rows, baseline: Rows?, losses: ModelLosses = ModelLosses(), clusters: Clusters?) {
    self.candidate = candidate
    self.baseline = baseline
    self.losses = losses
    self.clusters = clusters
  }

  /// What decides a gate. Throws where the metric has no value.
  mutating func measure(_ check: ModelCheck) throws(Obstacle) -> GateMeasure {
    guard let reference = check.entry.reference else { throw Self.unknown(check) }
    if let custom = reference.custom {
      guard let mean = ModelLosses.mean, let mine = losses.candidate[custom] else { throw Self.unknown(check) }
      return try measure(check, mean, mine, losses.baseline?[custom])
    }
    if check.isOfBoth {
      return try measure(check, of: try flips(check), nil)
    }
    return try measure(check, of: candidate, baseline)
  }

  /// The same of other rows that are made of these: flips, or groups.
  mutating func measure<Judged: MetricRows>(
    _ check: ModelCheck, of candidate: Judged, _ baseline: Judged?
  ) throws(Obstacle) -> GateMeasure {
    guard let reference = check.entry.reference, let metric = Self.metric(reference, of: Judged.self) else {
      throw Self.unknown(check)
    }
    return try measure(check, metric, candidate, baseline)
  }

  private mutating func measure<Judged: MetricRows>(
    _ check: ModelCheck, _ metric: Metrics.Metric<Judged>, _ candidate: Judged, _ baseline: Judged?
  ) throws(Obstacle) -> GateMeasure {
    guard let key = check.entry.reference?.key else { throw Self.unknown(check) }
    func estimating(_ baseline: Judged?) -> EffectEstimator<Judged> {
      EffectEstimator(metric: metric, candidate: candidate, baseline: baseline, clusters: clusters)
    }
    let mine = try value(check, metric, key, of: candidate, .candidate)
    switch check.claim {
    case .value(let gate):
      let estimator = estimating(nil)
      return GateMeasure(
        check: check, rows: candidate.count, subject: .value(gate, mine),
        effect: check.entry.confidence == nil
          ? nil
          : effect(Key(reference: key, side: .candidate)) { () throws(Undefined) in try estimator.level(mine) })
    case .change(let gate) where recorded != nil:
      return try measure(check, gate, against: recorded, mine)
    case .change(let gate):
      guard let baseline else { throw Obstacle(reason: .baseline, message: "there is no baseline to compare with") }
      let change = Change(
        metric: check.title, baseline: try value(check, metric, key, of: baseline, .baseline), candidate: mine,
        direction: check.direction ?? .higher)
      let margin = try PointVerdict.deciding(gate, change)
      let estimator = estimating(baseline)
      let effect =
        check.entry.confidence == nil
        ? nil
        : effect(Key(reference: key, side: nil)) { () throws(Undefined) in try estimator.difference(change.difference) }
      return GateMeasure(
        check: check, rows: candidate.count, subject: .change(gate, change, margin),
        effect: change.direction == .lower ? effect?.map(\.negated) : effect)
    }
  }

  /// A change against a number alone.
  private func measure(
    _ check: ModelCheck, _ gate: any ChangeGate, against recorded: RecordedBaseline?, _ mine: Double
  ) throws(Obstacle) -> GateMeasure {
    guard let number = try recorded?.number(for: check, candidate: mine) else {
      throw Obstacle(reason: .baseline, message: "there is no baseline to compare with")
    }
    let change = Change(
      metric: check.metric, baseline: number.value, candidate: mine, direction: check.direction ?? .higher)
    return GateMeasure(
      check: check, rows: candidate.count, subject: .change(gate, change, try PointVerdict.deciding(gate, change)),
      effect: nil, notes: [number.note])
  }

  private static func metric<Judged: MetricRows>(
    _ reference: MetricReference, of rows: Judged.Type
  ) -> Metrics.Metric<Judged>? {
    try? MetricRegistry.definition(reference.name.value, of: rows).metric(reference.arguments)
  }

  private static func unknown(_ check: ModelCheck) -> Obstacle {
    Obstacle(reason: .undefined, message: "there is no metric \(check.metric)")
  }

  private func flips(_ check: ModelCheck) throws(Obstacle) -> FlipRows {
    guard let baseline else { throw Obstacle(reason: .baseline, message: "there is no baseline to compare with") }
    let flips: FlipRows?
    do throws(Undefined) {
      flips = try candidate.flips(from: baseline)
    } catch {
      throw Obstacle(reason: .undefined, message: "\(check.title) is undefined: \(error)")
    }
    guard let flips else { throw Self.unknown(check) }
    return flips
  }

  private mutating func value<Judged: MetricRows>(
    _ check: ModelCheck, _ metric: Metrics.Metric<Judged>, _ reference: MetricReference.Key, of rows: Judged,
    _ side: SideRole
  ) throws(Obstacle) -> Double {
    let key = Key(reference: reference, side: side)
    let found = values[key] ?? Result { () throws(Undefined) in try metric.value(of: rows) }
    values[key] = found
    switch found {
    case .success(let value): return value
    case .failure(let reason):
      throw Obstacle(
        reason: rows.count == 0 ? .nothingToEvaluate : .undefined,
        message: "\(check.title) of the \(side.rawValue) is undefined: \(reason)")
    }
  }

  private mutating func effect(
    _ key: Key, _ estimate: () throws(Undefined) -> Effect
  ) -> Result<Effect, Undefined> {
    if let known = effects[key] { return known }
    let found = Result { () throws(Undefined) in try estimate() }
    effects[key] = found
    return found
  }
}
