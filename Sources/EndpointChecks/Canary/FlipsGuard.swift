internal import Language
internal import Statistics
internal import Verdict

/// The candidate gives no more than a share of the rows another class than the baseline.
struct FlipsGuard: CanaryGuard {
  let limit: Located<Quantity>
  let threshold: Double?
  let confidence: Double
  private var flips = BetaBinomialSequence()
  private var unanswered = 0

  init(_ limit: Located<Quantity>, threshold: Double?, confidence: Double) {
    self.limit = limit
    self.threshold = threshold
    self.confidence = confidence
  }

  var claim: ProbingClaim { ProbingClaim(name: "flips", location: limit.location) }

  var counts: Evidence.Counts {
    Evidence.Counts(
      rows: flips.trials + unanswered, nulls: unanswered, evaluated: flips.trials, violating: flips.successes)
  }

  mutating func take(_ pair: CanaryPair) throws(Complaint) {
    guard pair.isNewRow else { return }
    guard let here = try? pair.candidate.answer.get(), let there = try? pair.baseline.answer.get() else {
      unanswered += 1
      return
    }
    if let absent = there.names.first(where: { here[$0] == nil }) {
      throw Complaint(
        .unusable("the baseline has the output \(absent), and this endpoint has not"), in: pair.candidate.transcript)
    }
    let differences = OutputDifferences(here, expected: there, OutputTolerances(), threshold: threshold)
    guard differences.compared > 0 else {
      unanswered += 1
      return
    }
    guard !differences.classes.isEmpty else { throw Complaint(.undecided(ParityCheck.noClass)) }
    do throws(Undefined) {
      try flips.update(!differences.flips.isEmpty)
    } catch {
      throw Complaint(.undecided(error.description))
    }
  }

  func effect() throws(Undefined) -> CanaryEffect {
    guard flips.trials > 0 else { throw .noObservations }
    let rows = Quantity(Double(flips.trials), .rows)
    return CanaryEffect(
      words: "\(Quantity.grouped(flips.successes)) of \(rows) have another class than the baseline says:",
      value: Quantity(Double(flips.successes) / Double(flips.trials), .share),
      interval: try flips.interval(confidence: confidence), limit: limit.value, count: flips.trials, unit: "rows",
      method: BetaBinomialSequence.method.name)
  }
}
