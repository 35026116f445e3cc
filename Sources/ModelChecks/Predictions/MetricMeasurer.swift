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
  private let repeats: TrainingRepeats<Rows>
  private var values: [Key: Result<Double, Undefined>] = [:]
  private var effects: [Key: Result<Effect, Undefined>] = [:]

  /// A metric with its parameters, of one side or of both.
  private struct Key: Hashable {
    var reference: MetricReference.Key
    var side: SideRole?
    /// Of both sides, how much of the baseline's metric is taken from the candidate's.
    var factor = 1.0
  }

  init(
    candidate: Rows, baseline: Rows?, losses: ModelLosses = ModelLosses(), clusters: Clusters?,
    repeats: TrainingRepeats<Rows> = .init()
  ) {
    self.repeats = repeats
    self.candidate = candidate
    self.baseline = baseline
    self.losses = losses
    self.clusters = clusters
  }

  /// What decides a gate. Throws where the metric has no value.
  mutating func measure(_ check: ModelCheck) throws(Obstacle) -> GateMeasure {
    guard let reference = check.entry.reference else { throw Self.unknown(check) }
    if reference.custom != nil, !repeats.candidates.isEmpty || !repeats.baselines.isEmpty {
      throw Obstacle(
        reason: .undefined, message: "\(check.title) is not told of several training runs; name the file of one")
    }
    if let custom = reference.custom {
      guard let mean = ModelLosses.mean, let mine = losses.candidate[custom] else { throw Self.unknown(check) }
      return try measure(check, mean, mine, losses.baseline?[custom], .init())
    }
    if check.isOfBoth {
      let pairs = try flips(check)
      return try measure(check, of: pairs[0], nil, repeats: .init(candidates: Array(pairs.dropFirst())))
    }
    return try measure(check, of: candidate, baseline, repeats: repeats)
  }

  /// The same of other rows that are made of these: flips, or groups.
  mutating func measure<Judged: MeasuredRows>(
    _ check: ModelCheck, of candidate: Judged, _ baseline: Judged?, repeats: TrainingRepeats<Judged> = .init()
  ) throws(Obstacle) -> GateMeasure {
    guard let reference = check.entry.reference, let metric = Self.metric(reference, of: Judged.self) else {
      throw Self.unknown(check)
    }
    return try measure(check, metric, candidate, baseline, repeats)
  }

  private mutating func measure<Judged: MeasuredRows>(
    _ check: ModelCheck, _ metric: Metrics.Metric<Judged>, _ candidate: Judged, _ baseline: Judged?,
    _ repeats: TrainingRepeats<Judged>
  ) throws(Obstacle) -> GateMeasure {
    guard let key = check.entry.reference?.key else { throw Self.unknown(check) }
    let clusters = clusters
    let mine = try value(check, metric, key, of: [candidate] + repeats.candidates, .candidate)
    let remarks = Self.remarks(on: metric, of: candidate)
    switch check.claim {
    case .value(let gate):
      return GateMeasure(
        check: check, rows: candidate.count, subject: .value(gate, mine),
        effect: check.entry.confidence == nil
          ? nil
          : effect(Key(reference: key, side: .candidate)) { () throws(Undefined) in
            try repeats.level(metric, candidate, clusters, mine)
          }, notes: remarks)
    case .change(let gate) where recorded != nil:
      return try measure(check, gate, against: recorded, mine)
    case .change(let gate):
      guard let baseline else { throw Obstacle(reason: .baseline, message: "there is no baseline to compare with") }
      let change = Change(
        metric: check.title, baseline: try value(check, metric, key, of: [baseline] + repeats.baselines, .baseline),
        candidate: mine,
        direction: check.direction ?? .higher)
      var margin = try PointVerdict.deciding(gate, change)
      let compared = Compared(metric, candidate, baseline, repeats, clusters)
      // A share of what may as well be 0 says nothing; the absolute margin beside it does.
      if check.entry.confidence != nil, case .relative = margin, let absolute = gate.margin.absolute,
        metric.page.range.lowerBound < 0, unsureSign(compared, key, change.baseline) != nil
      {
        margin = .absolute(absolute)
      }
      let effect = check.entry.confidence == nil ? nil : benefit(compared, key, gate, change, margin)
      return GateMeasure(
        check: check, rows: candidate.count, subject: .change(gate, change, margin), effect: effect,
        notes: remarks)
    }
  }

  /// Which queries a metric of rankings leaves out: a mean of a part of them must not look like one of all.
  private static func remarks<Judged: MeasuredRows>(on metric: Metrics.Metric<Judged>, of rows: Judged) -> [String] {
    guard let rows = rows as? RankingRows, let metric = metric as? Metrics.Metric<RankingRows>,
      case .means(let found)? = try? metric.evidence(of: rows)
    else { return [] }
    let leftOut = found.denominators.count { $0 == 0 }
    guard leftOut > 0 else { return [] }
    let all = found.denominators.count
    return [
      "\(Quantity.grouped(leftOut)) of \(Quantity.grouped(all)) queries say nothing of \(metric.name), as those without a "
        + "relevant document, and are left out"
    ]
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

  /// Those of each pair of training runs, which are paired as they stand.
  private func flips(_ check: ModelCheck) throws(Obstacle) -> [FlipRows] {
    guard let baseline else { throw Obstacle(reason: .baseline, message: "there is no baseline to compare with") }
    let (mine, theirs) = ([candidate] + repeats.candidates, [baseline] + repeats.baselines)
    var pairs: [FlipRows] = []
    for run in 0..<max(mine.count, theirs.count) {
      let flips: FlipRows?
      do throws(Undefined) {
        flips = try mine[run % mine.count].flips(from: theirs[run % theirs.count])
      } catch {
        throw Obstacle(reason: .undefined, message: "\(check.title) is undefined: \(error)")
      }
      guard let flips else { throw Self.unknown(check) }
      pairs.append(flips)
    }
    return pairs
  }

  private mutating func value<Judged: MetricRows>(
    _ check: ModelCheck, _ metric: Metrics.Metric<Judged>, _ reference: MetricReference.Key, of runs: [Judged],
    _ side: SideRole
  ) throws(Obstacle) -> Double {
    let key = Key(reference: reference, side: side)
    let found = values[key] ?? mean(metric, runs)
    values[key] = found
    switch found {
    case .success(let value): return value
    case .failure(let reason):
      throw Obstacle(
        reason: runs.first?.count == 0 ? .nothingToEvaluate : .undefined,
        message: "\(check.title) of the \(side.rawValue) is undefined: \(reason)")
    }
  }

  /// The mean over the training runs.
  private func mean<Judged: MetricRows>(
    _ metric: Metrics.Metric<Judged>, _ runs: [Judged]
  ) -> Result<Double, Undefined> {
    Result { () throws(Undefined) in
      var sum = 0.0
      for rows in runs { sum += try metric.value(of: rows) }
      return sum / Double(runs.count)
    }
  }

  /// What is compared by a metric.
  private struct Compared<Judged: MeasuredRows> {
    let metric: Metrics.Metric<Judged>
    let candidate: Judged
    let baseline: Judged
    let repeats: TrainingRepeats<Judged>
    let clusters: Clusters?

    init(
      _ metric: Metrics.Metric<Judged>, _ candidate: Judged, _ baseline: Judged, _ repeats: TrainingRepeats<Judged>,
      _ clusters: Clusters?
    ) {
      (self.metric, self.candidate, self.baseline) = (metric, candidate, baseline)
      (self.repeats, self.clusters) = (repeats, clusters)
    }
  }

  /// The benefit in the unit of the margin. For a relative one the baseline varies with the rows as well: the interval is
  /// that of the ratio where there is one, else that of c - r b for the observed ratio r, over b, as the delta method has
  /// it of a ratio. So it is the same whatever the margin is.
  private mutating func benefit<Judged: MeasuredRows>(
    _ compared: Compared<Judged>, _ reference: MetricReference.Key, _ gate: any ChangeGate, _ change: Change,
    _ margin: Margin.Part
  ) -> Result<Effect, Undefined> {
    let sign: Double = change.direction == .higher ? 1 : -1
    guard case .relative = margin else {
      return difference(compared, reference, change.difference, factor: 1).map { $0.scaled(sign) }
    }
    if compared.metric.page.range.lowerBound < 0, let problem = unsureSign(compared, reference, change.baseline) {
      return .failure(problem)
    }
    if compared.repeats.areNone, change.baseline > 0 {
      let estimator = EffectEstimator(
        metric: compared.metric, candidate: compared.candidate, baseline: compared.baseline, clusters: compared.clusters
      )
      let ratio = Result { () throws(Undefined) in try estimator.relativeChange() }
      switch ratio {
      case .success(let effect?): return .success(effect.scaled(sign))
      case .failure(let reason): return .failure(reason)
      case .success(nil): break
      }
    }
    return difference(compared, reference, 0, factor: change.candidate / change.baseline)
      .map { $0.scaled(sign / abs(change.baseline), plus: change.benefit / abs(change.baseline)) }
  }

  /// A share of what may as well be below zero as above says nothing.
  private mutating func unsureSign<Judged: MeasuredRows>(
    _ compared: Compared<Judged>, _ reference: MetricReference.Key, _ value: Double
  ) -> Undefined? {
    let level = effect(Key(reference: reference, side: .baseline)) { () throws(Undefined) in
      try EffectEstimator(
        metric: compared.metric, candidate: compared.baseline, baseline: nil, clusters: compared.clusters
      ).level(value)
    }
    guard case .success(let level) = level, let interval = try? level.interval(confidence: 0.95),
      interval.contains(0)
    else { return nil }
    return .noSolution("share of the baseline, which may be 0 itself")
  }

  private mutating func difference<Judged: MeasuredRows>(
    _ compared: Compared<Judged>, _ reference: MetricReference.Key, _ value: Double, factor: Double
  ) -> Result<Effect, Undefined> {
    effect(Key(reference: reference, side: nil, factor: factor)) { () throws(Undefined) in
      try compared.repeats.difference(
        compared.metric, compared.candidate, compared.baseline, compared.clusters, value, factor: factor)
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
