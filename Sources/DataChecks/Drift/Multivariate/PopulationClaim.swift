internal import Language
internal import Statistics
internal import Verdict

/// An upper limit on a number of two populations, of which an interval tells where it lies.
struct PopulationClaim: Sendable {
  var planned: PlannedCheck
  /// What the number is, in a sentence: `AUC`.
  var noun: String
  /// Where the limit is written; nil when it is not.
  var location: SourceLocation?
  var limit: Double
  var whenInconclusive: DriftCheck.Policy

  /// - Parameter rows: how many rows the smaller sample has.
  func judge(_ estimate: Estimate, rows: Int, _ evidence: Evidence) -> Finding {
    var evidence = evidence
    let interval = estimate.interval
    evidence.observed = Quantity(estimate.value)
    evidence.limit = .atMost(Quantity(limit))
    evidence.interval = .init(lower: interval.lower, upper: interval.upper, level: interval.confidence)
    let ends = "\(Quantity.brief(interval.lower, digits: 3)) to \(Quantity.brief(interval.upper, digits: 3))"
    let words =
      "\(noun) \(Quantity.brief(estimate.value, digits: 3)) (\(Quantity(interval.confidence, .share)) interval \(ends)), "
      + "at most \(Quantity(limit))"
    if interval.lower > limit { return planned.finding(.failed, words, evidence: evidence, location: location) }
    if interval.upper <= limit { return planned.finding(.passed, words, evidence: evidence) }
    return inconclusive("\(words): \(need(estimate, rows))", evidence)
  }

  func inconclusive(_ words: String, _ evidence: Evidence) -> Finding {
    var finding = planned.finding(.inconclusive, words, evidence: evidence, location: location)
    if whenInconclusive == .warn { finding.severity = .warn }
    return finding
  }

  /// What would decide.
  private func need(_ estimate: Estimate, _ rows: Int) -> String {
    let needed = try? DecidingCount(estimate: estimate.value, interval: estimate.interval, limit: limit, count: rows)
    guard case .rows(let count)? = needed else {
      return "it is so close to the limit that more rows would hardly decide"
    }
    return "about \(Quantity.grouped(count)) rows in each sample would decide if it stays what it is"
  }
}
