internal import Language
internal import Metrics
internal import Statistics
internal import Verdict

/// The metrics of a candidate and its baseline on some rows, each computed once however many gates ask for it.
struct MetricMeasurer<Rows: MetricRows>: Sendable {
  let candidate: Rows
  /// The baseline's predictions of the same rows, in the same order.
  let baseline: Rows?
  let clusters: Clusters?
  private var values: [Key: Result<Double, Undefined>] = [:]
  private var effects: [Key: Result<Effect, Undefined>] = [:]

  /// A metric with its parameters, of one side or of both.
  private struct Key: Hashable {
    var reference: MetricReference.Key
    var side: SideRole?
  }

  init(candidate: Rows, baseline: Rows?, clusters: Clusters?) {
    self.candidate = candidate
    self.baseline = baseline
    self.clusters = clusters
  }

  /// What decides a gate. Throws where the metric has no value.
  mutating func measure(_ check: ModelCheck) throws(Obstacle) -> GateMeasure {
    guard let reference = check.entry.reference, let metric = Self.metric(reference) else {
      throw Obstacle(reason: .undefined, message: "there is no metric \(check.metric)")
    }
    let mine = try value(metric, reference.key, of: candidate, .candidate)
    switch check.claim {
    case .value(let gate):
      return GateMeasure(
        check: check, rows: candidate.count, subject: .value(gate, mine),
        effect: check.entry.confidence == nil ? nil : level(metric, reference.key, mine))
    case .change(let gate):
      guard let baseline else { throw Obstacle(reason: .baseline, message: "there is no baseline to compare with") }
      let change = Change(
        metric: check.metric, baseline: try value(metric, reference.key, of: baseline, .baseline), candidate: mine,
        direction: check.direction ?? .higher)
      let margin = try PointVerdict.deciding(gate, change)
      let effect = check.entry.confidence == nil ? nil : difference(metric, reference.key, change.difference)
      return GateMeasure(
        check: check, rows: candidate.count, subject: .change(gate, change, margin),
        effect: change.direction == .lower ? effect?.map(\.negated) : effect)
    }
  }

  private static func metric(_ reference: MetricReference) -> Metrics.Metric<Rows>? {
    try? MetricRegistry.definition(reference.name.value, of: Rows.self).metric(reference.arguments)
  }

  private mutating func value(
    _ metric: Metrics.Metric<Rows>, _ reference: MetricReference.Key, of rows: Rows, _ side: SideRole
  ) throws(Obstacle) -> Double {
    let key = Key(reference: reference, side: side)
    let found = values[key] ?? Result { () throws(Undefined) in try metric.value(of: rows) }
    values[key] = found
    switch found {
    case .success(let value): return value
    case .failure(let reason):
      throw Obstacle(
        reason: rows.count == 0 ? .nothingToEvaluate : .undefined,
        message: "\(metric.name) of the \(side.rawValue) is undefined: \(reason)")
    }
  }

  private mutating func level(
    _ metric: Metrics.Metric<Rows>, _ reference: MetricReference.Key, _ value: Double
  ) -> Result<Effect, Undefined> {
    effect(Key(reference: reference, side: .candidate)) { (rows) throws(Undefined) in
      try EffectEstimator(metric: metric, candidate: rows.candidate, baseline: nil, clusters: rows.clusters).level(
        value)
    }
  }

  private mutating func difference(
    _ metric: Metrics.Metric<Rows>, _ reference: MetricReference.Key, _ value: Double
  ) -> Result<Effect, Undefined> {
    effect(Key(reference: reference, side: nil)) { (rows) throws(Undefined) in
      try EffectEstimator(
        metric: metric, candidate: rows.candidate, baseline: rows.baseline, clusters: rows.clusters
      ).difference(value)
    }
  }

  private mutating func effect(
    _ key: Key, _ estimate: (MetricMeasurer) throws(Undefined) -> Effect
  ) -> Result<Effect, Undefined> {
    if let known = effects[key] { return known }
    let found: Result<Effect, Undefined>
    do throws(Undefined) {
      found = .success(try estimate(self))
    } catch {
      found = .failure(error)
    }
    effects[key] = found
    return found
  }
}
