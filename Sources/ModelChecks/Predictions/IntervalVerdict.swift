internal import Language
internal import Statistics
internal import Verdict

/// A verdict about the population behind the rows: an interval held against a limit. All of it inside passes, all of it
/// outside fails, and what holds the limit is inconclusive.
struct IntervalVerdict: Sendable {
  private let measure: GateMeasure
  private let effect: Effect
  private let family: String?
  private let pairing: String?
  private let confidence: Double
  /// How much smaller the error must be for a gate to fail, as one of many.
  private let strictness: Double

  init(_ measure: GateMeasure, _ effect: Effect, adjusted: Probability?, family: String?, pairing: String?) {
    self.measure = measure
    self.effect = effect
    self.family = family
    self.pairing = pairing
    confidence = measure.check.entry.confidence?.value ?? 0.95
    let tail = measure.tail?.value ?? 1
    strictness = adjusted.map { tail > 0 ? max(1, $0.value / tail) : 1 } ?? 1
  }

  private var check: ModelCheck { measure.check }

  var finding: Finding {
    do throws(Undefined) {
      let (decision, interval) = try decide()
      return finding(decision, interval, isCorrected: interval.confidence > confidence)
    } catch {
      return measure.undecided(error, pairing: pairing)
    }
  }

  /// The decision, and the interval that made it: to fail as one of many gates it must be wider.
  private func decide() throws(Undefined) -> (BoundDecision, ConfidenceInterval) {
    let allowed = measure.allowed
    func decision(_ interval: ConfidenceInterval) throws(Undefined) -> BoundDecision {
      try BoundDecision(interval, atLeast: allowed.lowerBound, atMost: allowed.upperBound)
    }
    let plain = try effect.interval(confidence: confidence)
    let first = try decision(plain)
    guard first == .outside, strictness > 1 else { return (first, plain) }
    let wide = try effect.interval(confidence: min(1 - (1 - confidence) / strictness, 1.0.nextDown))
    return (try decision(wide), wide)
  }

  private func finding(_ decision: BoundDecision, _ benefit: ConfidenceInterval, isCorrected: Bool) -> Finding {
    var evidence = Evidence(
      limit: check.limit,
      counts: .init(rows: measure.rows, nulls: 0, evaluated: measure.rows, violating: nil),
      method: [effect.method, pairing, isCorrected ? family : nil].compactMap { $0 }.joined(separator: ", "))
    var interval = benefit
    let words: String
    switch measure.subject {
    case .value(let gate, let value):
      evidence.observed = Quantity(value)
      let holds = decision == .inside ? ", " : decision == .outside ? ", but must be " : ", and must be "
      words = "\(check.title) is \(Quantity.brief(value)) (\(text(interval)))\(holds)\(gate.bound)"
    case .change(let gate, let change, let margin):
      evidence.observed = Quantity(change.candidate)
      evidence.baseline = Quantity(change.baseline)
      if change.direction == .lower { interval = benefit.negated }
      let figures = Figures(distinguishing: [])
      let conclusion = gate.conclusion(decision, isBetter: benefit.lower > 0, limit: margin.description)
      words = "\(movement(of: change, figures, interval)), \(conclusion)"
      evidence.notes.append(PointVerdict.difference(change, figures))
      if isRelative {
        evidence.notes.append("the interval is that of the difference as a share of the baseline, which varies as well")
      }
    }
    evidence.interval = .init(lower: interval.lower, upper: interval.upper, level: interval.confidence)
    if benefit.lower == effect.range.lowerBound || benefit.upper == effect.range.upperBound {
      evidence.notes.append("the interval is cut where \(check.metric) ends")
    }
    evidence.notes += effect.notes
    if let note = power(decision) { evidence.notes.append(note) }
    switch decision {
    case .inside: return check.planned.finding(.passed, words, evidence: evidence)
    case .outside: return check.planned.finding(.failed, words, evidence: evidence)
    case .straddling: return check.inconclusive("\(words); \(need(benefit))", evidence: evidence)
    }
  }

  /// Whether the effect is a share of the baseline.
  private var isRelative: Bool {
    if case .change(_, _, .relative) = measure.subject { true } else { false }
  }

  /// `roc_auc fell from 0.918 to 0.653 (-0.265; 95% interval -0.28 to -0.25)`.
  private func movement(of change: Change, _ figures: Figures, _ interval: ConfidenceInterval) -> String {
    guard change.difference != 0 else {
      return "\(change.metric) stayed at \(figures.text(change.baseline)) (\(text(interval)))"
    }
    let difference = "\(figures.difference(of: change, withShare: isRelative)); \(text(interval))"
    let verb = change.difference > 0 ? "rose" : "fell"
    return
      "\(change.metric) \(verb) from \(figures.text(change.baseline)) to \(figures.text(change.candidate)) (\(difference))"
  }

  private func text(_ interval: ConfidenceInterval) -> String {
    // What many gates ask for has many digits.
    let level = Quantity.brief(interval.confidence * 100, digits: 4)
    return "\(level)% interval \(amount(interval.lower, digits: 4)) to \(amount(interval.upper, digits: 4))"
  }

  /// A number of what the interval is about: `0.004`, or `0.4%` of the baseline.
  private func amount(_ value: Double, digits: Int) -> String {
    isRelative ? "\(Quantity.brief(value * 100, digits: digits))%" : Quantity.brief(value, digits: digits)
  }

  /// What the rows could have shown.
  private func power(_ decision: BoundDecision) -> String? {
    guard let detectable = effect.detectable(confidence: confidence) else { return nil }
    let words = "a change of \(amount(detectable, digits: 3)) is found with a probability of 80%"
    guard case .change(_, _, let margin) = measure.subject, decision != .outside, margin.size > 0,
      detectable > margin.size
    else {
      return words
    }
    let whose = effect.training == nil ? "rows" : "rows and training runs"
    return "\(words): these \(whose) can hardly tell the \(margin) of the gate"
  }

  /// The rows with which the interval would end at the limit. What may be unseen falls with the number of rows, an error
  /// with its root.
  private func deciding(_ limit: Double, _ interval: ConfidenceInterval) -> Int? {
    if effect.method == RuleOfThree.method.name, !isRelative {
      let reach = limit < effect.value ? effect.value - interval.lower : interval.upper - effect.value
      return Int(exactly: (Double(effect.count) * reach / (limit - effect.value).magnitude).rounded(.up))
    }
    guard let count = try? DecidingCount(estimate: effect.value, interval: interval, limit: limit, count: effect.count),
      case .rows(let rows) = count
    else { return nil }
    return rows
  }

  /// What would decide.
  private func need(_ interval: ConfidenceInterval) -> String {
    let allowed = measure.allowed
    let limit = interval.lower < allowed.lowerBound ? allowed.lowerBound : allowed.upperBound
    guard effect.value != limit else { return "it is on the limit itself, which no number of rows decides" }
    if let training = effect.training { return need(training, limit, interval) }
    guard let rows = deciding(limit, interval), rows < effect.count * 1000 else {
      return "it is so close to the limit that a thousand times the rows would hardly decide"
    }
    let about = "about \(Quantity.grouped(rows))"
    return measure.rows == effect.count
      ? "\(about) rows would decide if it stays what it is"
      : "\(about) independent rows or groups, instead of \(Quantity.grouped(effect.count)), would decide if it stays what "
        + "it is"
  }

  /// What would decide where models were trained several times: what the rows and what the runs bring add as squares.
  private func need(_ training: TrainingSpread, _ limit: Double, _ interval: ConfidenceInterval) -> String {
    let reach = limit < effect.value ? effect.value - interval.lower : interval.upper - effect.value
    let half = training.half(confidence: interval.confidence)
    let ofRows = max(0, reach * reach - half * half)
    let distance = (limit - effect.value) * (limit - effect.value)
    let rows = half * half < distance ? Double(effect.count) * ofRows / (distance - half * half) : .infinity
    let runs =
      ofRows < distance
      ? training.runs(within: (distance - ofRows).squareRoot(), confidence: interval.confidence) : nil
    let trainings = runs.map { "about \($0) training runs \(training.whose)" }
    guard rows < Double(effect.count) * 1000 else {
      return trainings.map { "\($0) would decide if it stays what it is; more rows alone cannot" }
        ?? "it takes more training runs \(training.whose) and more rows: neither alone would decide"
    }
    let about = "about \(Quantity.grouped(Int(rows.rounded(.up)))) rows"
    return ([about] + (trainings.map { [$0] } ?? [])).joined(separator: ", or ")
      + " would decide if it stays what it is"
  }
}
