internal import Language
internal import Statistics
internal import Verdict

/// One claim that a drift check makes of a column: that a distance between its samples keeps a limit.
struct DriftPart: Sendable {
  /// What is compared: `values`, `missing values`, `new values`.
  var subject: String
  /// How the distance is called: `Jensen-Shannon distance`.
  var distance: String
  var unit = Quantity.Unit.none
  var observed: Double
  var interval: ConfidenceInterval
  /// How likely the samples would differ as much if the populations were the same.
  var p: Probability
  var limit: Double
  var location: SourceLocation?
  var rowsToDecide: Int?
  /// What hides how much greater the distance of the values themselves is: then it can show a change, and never that there
  /// is none. Nil where nothing does.
  var hiding: String?
  /// Whether it says nothing unless it shows a change: what is seen of a sample of the values.
  var isSilent = false
  /// What moved most, for a person.
  var notes: [String] = []
  private let decide: @Sendable (Bool) -> DriftDecision

  init(
    _ subject: String, _ distance: String, _ estimate: DriftEstimate, limit: Double, at location: SourceLocation?
  ) {
    self.subject = subject
    self.distance = distance
    observed = estimate.effect
    interval = estimate.interval
    p = estimate.p
    self.limit = limit
    self.location = location
    rowsToDecide = estimate.rowsToDecide
    decide = { estimate.decision(limit: limit, isSignificant: $0) }
  }

  init(_ subject: String, _ distance: String, _ mass: UnseenMass, limit: Double, at location: SourceLocation?) {
    self.subject = subject
    self.distance = distance
    unit = .share
    observed = mass.share - mass.expected
    interval = mass.excess
    p = mass.p
    self.limit = limit
    self.location = location
    decide = { mass.decision(limit: limit, isSignificant: $0) }
  }

  /// - Parameter isSignificant: whether the difference is no chance, all claims of the check considered.
  func decision(isSignificant: Bool) -> DriftDecision {
    let decision = decide(isSignificant)
    if isSilent, decision != .drifted { return .undecided }
    return hiding != nil && decision == .stable ? .undecided : decision
  }

  /// Whether all that can be told of it keeps the limit, and that is not enough.
  var keepsLowerBound: Bool { isSilent || hiding != nil && decide(false) == .stable }

  /// Why it shows nothing then.
  var bound: String {
    "\(hiding ?? Self.buckets) can show a change, and never that there is none"
  }

  static let buckets = "buckets of hashes"

  /// The rows with which the interval would no longer hold the limit if the distance stayed as observed: its width falls
  /// with the root of the rows. Nil when these are more than a hundred times as many.
  func rowsIfItStays(_ rows: Int) -> Int? {
    let reach = observed < limit ? interval.upper - observed : observed - interval.lower
    let gap = (observed - limit).magnitude
    guard gap > 0, reach / gap < 10 else { return nil }
    return Int((Double(rows) * (reach / gap) * (reach / gap)).rounded(.up))
  }

  /// Says in evidence what was observed, and what it was held against.
  func tell(_ evidence: inout Evidence) {
    evidence.observed = Quantity(observed, unit)
    evidence.limit = .atMost(Quantity(limit, unit))
    evidence.interval = .init(lower: interval.lower, upper: interval.upper, level: interval.confidence)
  }

  /// `Jensen-Shannon distance 0.21 (95% interval 0.19 to 0.23), at most 0.1`.
  var words: String {
    let level = Quantity(interval.confidence, .share)
    let ends = "\(text(interval.lower)) to \(text(interval.upper))"
    // Of many cells and few rows chance makes most of the distance of the samples, which is none of the populations.
    let chance = observed > interval.upper ? " with what chance adds" : ""
    return "\(distance) \(text(observed))\(chance) (\(level) interval \(ends)), at most \(Quantity(limit, unit))"
  }

  private func text(_ value: Double) -> String {
    guard unit == .share else { return Quantity.brief(value, digits: 3) }
    return Quantity.brief(value * 100, digits: 3) + "%"
  }
}

extension DriftMethod {
  /// The distance as a sentence calls it.
  var words: String {
    switch self {
    case .jensenShannon: "Jensen-Shannon distance"
    case .totalVariation: "total variation"
    case .psi: "PSI"
    case .ks: "Kolmogorov-Smirnov distance"
    case .hellinger: "Hellinger distance"
    case .wasserstein: "Wasserstein distance in standard deviations"
    case .lInfinity: "largest change of a share"
    case .cramersV: "Cramér's V"
    }
  }
}
