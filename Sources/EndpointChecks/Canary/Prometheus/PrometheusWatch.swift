internal import Language
internal import Statistics
internal import Verdict

/// A guard while looks arrive: pure.
struct PrometheusWatch: Sendable {
  let claim: PrometheusGuard
  let confidence: Double
  private var last: [Double]?
  /// What the counters have grown by and is not counted yet, less than one event each.
  private var rest = [Double](repeating: 0, count: 4)
  private var candidate = BetaBinomialSequence()
  private var baseline = BetaBinomialSequence()
  private var values: PairedMeansSequence
  /// The values that were seen, for what they have to do with each other: a look is often much like the one before.
  private var seen: [(candidate: Double, baseline: Double)] = []
  private(set) var looks = 0

  /// Fewer looks at a number decide nothing.
  static let fewestLooks = 5

  init(_ claim: PrometheusGuard, confidence: Double, expecting looks: Int) throws(Undefined) {
    self.claim = claim
    self.confidence = confidence
    values = try PairedMeansSequence(
      mixingVariance: NormalMixtureSequence.mixingVariance(
        bestAt: max(looks, Self.fewestLooks), confidence: confidence))
  }

  /// Takes the numbers of the guard's queries. Counters are judged by what they have grown by since the first look.
  mutating func take(_ numbers: [Double]) throws(PrometheusQuery.Problem) {
    looks += 1
    if claim.value == nil, let fallen = Self.fallen(numbers, since: last) {
      throw PrometheusQuery.Problem(message: "\(fallen) fell: a counter was reset")
    }
    do throws(Undefined) {
      try note(numbers)
    } catch {
      throw PrometheusQuery.Problem(message: "the numbers do not fit together: \(error)")
    }
    last = numbers
  }

  private mutating func note(_ numbers: [Double]) throws(Undefined) {
    if claim.value != nil {
      let pair = (candidate: numbers[0], baseline: numbers[1])
      try values.update(pair)
      seen.append(pair)
      return
    }
    guard let last else { return }
    // Counters may grow by parts of one: what is left of a look belongs to the next.
    let grown = numbers.indices.map { numbers[$0] - last[$0] + rest[$0] }
    guard grown.allSatisfy({ $0 < 1e15 }) else { throw .outsideDomain("the counters are too large") }
    var events = grown.map { max(0, $0.rounded()) }
    // A part of a failure may be rounded up where its request is not yet.
    for (failures, total) in [(0, 2), (1, 3)] where numbers[failures] - last[failures] <= numbers[total] - last[total] {
      events[failures] = min(events[failures], max(events[total], 0))
    }
    rest = zip(grown, events).map { $0 - $1 }
    try candidate.update(successes: Int(events[0]), trials: Int(events[2]))
    try baseline.update(successes: Int(events[1]), trials: Int(events[3]))
  }

  /// The first of the counters that is lower than before.
  private static func fallen(_ numbers: [Double], since last: [Double]?) -> String? {
    let names = [
      "the failures of the candidate", "the failures of the baseline", "the total of the candidate",
      "the total of the baseline",
    ]
    guard let last, let index = numbers.indices.first(where: { numbers[$0] < last[$0] }) else { return nil }
    return names[index]
  }

  /// What is known by now.
  func effect() throws(Undefined) -> CanaryEffect {
    let name = claim.id?.value ?? "the value"
    guard claim.value == nil else {
      guard values.count > 0 else { throw .noObservations }
      let differences = EffectiveCount.of(seen.map { $0.candidate - $0.baseline })
      let quotient = values.candidate / values.baseline
      let rest = EffectiveCount.of(seen.map { $0.candidate - quotient * $0.baseline })
      return try CanaryEffect(
        change: "\(name) is \(Quantity.brief(values.candidate)) in the mean of \(values.count) looks, the baseline's "
          + "\(Quantity.brief(values.baseline))", called: claim.isHigherBetter ? "a loss of" : "a change by",
        of: (values.candidate, values.baseline), by: claim.margin?.value ?? Margin(absolute: 0),
        isHigherBetter: claim.isHigherBetter,
        difference: known { () throws(Undefined) in
          try values.difference(confidence: confidence, effective: differences)
        },
        ratio: known { () throws(Undefined) in try values.ratio(confidence: confidence, effective: rest) },
        unit: .none, count: values.count, needed: Self.fewestLooks, of: "looks",
        method: PairedMeansSequence.method.name)
    }
    guard candidate.trials > 0, baseline.trials > 0 else { throw .noObservations }
    let each = SeparateSequences.each(confidence)
    let interval = SeparateSequences.difference(
      try candidate.interval(confidence: each), try baseline.interval(confidence: each))
    let shares = [candidate, baseline].map { Double($0.successes) / Double($0.trials) }
    func words(_ sequence: BetaBinomialSequence) -> String {
      "\(Quantity.grouped(sequence.successes)) of \(Quantity.grouped(sequence.trials))"
    }
    return CanaryEffect(
      words:
        "\(name): \(words(candidate)) events failed, \(words(baseline)) of the baseline's, a change of the share by",
      value: Quantity(shares[0] - shares[1], .share), baseline: Quantity(shares[1], .share), interval: interval,
      limit: Quantity(claim.margin?.value.absolute ?? 0, .share), count: candidate.trials, unit: "events",
      method: BetaBinomialSequence.method.name)
  }

  private func known(_ estimate: () throws(Undefined) -> Estimate) throws(Undefined) -> ConfidenceInterval {
    guard values.count >= Self.fewestLooks else {
      return ConfidenceInterval(lower: -.infinity, upper: .infinity, confidence: confidence)
    }
    return try estimate().interval
  }

  /// What the looks are worth, where that is less than their number; nil for counters, and for independent looks.
  var remark: String? {
    guard claim.value != nil, !seen.isEmpty else { return nil }
    let isRelative = claim.margin?.value.relative != nil
    let quotient = isRelative ? values.candidate / values.baseline : 1
    let worth = EffectiveCount.of(seen.map { $0.candidate - quotient * $0.baseline })
    guard worth < 0.95 * Double(seen.count) else { return nil }
    return "looks resemble those before them: \(seen.count) are taken for \(Int(max(1, worth))) independent ones "
      + "(autocorrelation at lag 1, one standard error up)"
  }

  var counts: Evidence.Counts {
    claim.value != nil
      ? Evidence.Counts(rows: looks, nulls: 0, evaluated: values.count, violating: nil)
      : Evidence.Counts(
        rows: candidate.trials, nulls: 0, evaluated: candidate.trials, violating: candidate.successes)
  }
}
