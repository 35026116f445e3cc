internal import Language
internal import Statistics
internal import Verdict

/// The candidate leaves no larger share of requests without a good answer than the baseline, apart from the margin.
///
/// Pairs in which both do well or both badly say nothing of the difference, which is the share of pairs in which only the
/// candidate does badly less the share in which only the baseline does.
struct ErrorsGuard: CanaryGuard {
  let margin: Double
  let location: SourceLocation?
  let confidence: Double
  private var onlyCandidate = BetaBinomialSequence()
  private var onlyBaseline = BetaBinomialSequence()
  private var bad = (candidate: 0, baseline: 0)

  init(_ margin: Double, at location: SourceLocation?, confidence: Double) {
    self.margin = margin
    self.location = location
    self.confidence = confidence
  }

  var claim: ProbingClaim { ProbingClaim(name: "errors", location: location) }

  private var count: Int { onlyCandidate.trials }

  var counts: Evidence.Counts {
    Evidence.Counts(rows: count, nulls: 0, evaluated: count, violating: bad.candidate)
  }

  mutating func take(_ pair: CanaryPair) throws(Complaint) {
    let (candidate, baseline) = (!pair.candidate.isGood, !pair.baseline.isGood)
    do throws(Undefined) {
      try onlyCandidate.update(candidate && !baseline)
      try onlyBaseline.update(baseline && !candidate)
    } catch {
      throw Complaint(.undecided(error.description))
    }
    bad = (bad.candidate + (candidate ? 1 : 0), bad.baseline + (baseline ? 1 : 0))
  }

  func effect() throws(Undefined) -> CanaryEffect {
    guard count > 0 else { throw .noObservations }
    let each = SeparateSequences.each(confidence)
    let interval = SeparateSequences.difference(
      try onlyCandidate.interval(confidence: each), try onlyBaseline.interval(confidence: each))
    let n = Double(count)
    return CanaryEffect(
      words: "\(Quantity.grouped(bad.candidate)) of \(Quantity.grouped(count)) requests had no good answer, "
        + "\(Quantity.grouped(bad.baseline)) of the baseline's, a change of the share by",
      value: Quantity(Double(bad.candidate - bad.baseline) / n, .share),
      baseline: Quantity(Double(bad.baseline) / n, .share), interval: interval, limit: Quantity(margin, .share),
      count: count, method: BetaBinomialSequence.method.name)
  }
}
