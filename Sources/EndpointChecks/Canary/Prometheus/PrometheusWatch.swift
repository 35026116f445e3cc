internal import Language
internal import Statistics
internal import Verdict

/// A guard while looks arrive: pure.
struct PrometheusWatch: Sendable {
  let claim: PrometheusGuard
  let confidence: Double
  private var last: [Double]?
  private var candidate = BetaBinomialSequence()
  private var baseline = BetaBinomialSequence()
  private var values: PairedMeansSequence
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
      // Higher numbers are worse from here on.
      let sign: Double = claim.isHigherBetter ? -1 : 1
      return try values.update((candidate: sign * numbers[0], baseline: sign * numbers[1]))
    }
    guard let last else { return }
    let grown = zip(numbers, last).map { $0 - $1 }
    guard grown.allSatisfy({ $0 < 1e15 }) else { throw .outsideDomain("the counters are too large") }
    try candidate.update(successes: Int(grown[0].rounded()), trials: Int(grown[2].rounded()))
    try baseline.update(successes: Int(grown[1].rounded()), trials: Int(grown[3].rounded()))
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
      let sign: Double = claim.isHigherBetter ? -1 : 1
      let (here, there) = (sign * values.candidate, sign * values.baseline)
      return try CanaryEffect(
        change: "\(name) is \(Quantity.brief(here)) in the mean of \(values.count) looks, the baseline's "
          + "\(Quantity.brief(there))", called: claim.isHigherBetter ? "a loss of" : "a change by",
        of: (values.candidate, values.baseline), by: claim.margin?.value ?? Margin(absolute: 0),
        difference: known { () throws(Undefined) in try values.difference(confidence: confidence) },
        ratio: known { () throws(Undefined) in try values.ratio(confidence: confidence) },
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

  var counts: Evidence.Counts {
    claim.value != nil
      ? Evidence.Counts(rows: looks, nulls: 0, evaluated: values.count, violating: nil)
      : Evidence.Counts(
        rows: candidate.trials, nulls: 0, evaluated: candidate.trials, violating: candidate.successes)
  }
}
