internal import Language
internal import Statistics
internal import Verdict

/// The mean of the candidate's latencies is not above that of the baseline's by more than the margin.
///
/// Pairs count in which both gave a good answer; for the others there is ``ErrorsGuard``. A mean of heavy-tailed values is
/// known approximately only, so nothing is decided before ``fewest`` pairs.
struct MeanGuard: CanaryGuard {
  static let fewest = 50

  let margin: Located<Margin>
  let confidence: Double
  private var sequence: PairedMeansSequence
  private var unanswered = 0

  /// - Parameter count: how many pairs are expected: the test is sharpest near them.
  init(_ margin: Located<Margin>, confidence: Double, expecting count: Int) throws(Undefined) {
    self.margin = margin
    self.confidence = confidence
    let best = try NormalMixtureSequence.mixingVariance(bestAt: max(count, Self.fewest), confidence: confidence)
    sequence = try PairedMeansSequence(mixingVariance: best)
  }

  var claim: ProbingClaim { ProbingClaim(name: "mean", location: margin.location) }

  var counts: Evidence.Counts {
    Evidence.Counts(
      rows: sequence.count + unanswered, nulls: unanswered, evaluated: sequence.count, violating: nil)
  }

  mutating func take(_ pair: CanaryPair) throws(Complaint) {
    guard pair.candidate.isGood, pair.baseline.isGood else {
      unanswered += 1
      return
    }
    do throws(Undefined) {
      try sequence.update((candidate: pair.candidate.seconds, baseline: pair.baseline.seconds))
    } catch {
      throw Complaint(.undecided(error.description))
    }
  }

  func effect() throws(Undefined) -> CanaryEffect {
    guard sequence.count > 0 else { throw .noObservations }
    let (here, there) = (sequence.candidate, sequence.baseline)
    return try CanaryEffect(
      change: "the mean is \(Quantity(of: .seconds(here))), the baseline's \(Quantity(of: .seconds(there)))",
      of: (here, there), by: margin.value,
      difference: known { () throws(Undefined) in try sequence.difference(confidence: confidence) },
      ratio: known { () throws(Undefined) in try sequence.ratio(confidence: confidence) },
      unit: .seconds, count: sequence.count, needed: Self.fewest, method: PairedMeansSequence.method.name)
  }

  private func known(_ estimate: () throws(Undefined) -> Estimate) throws(Undefined) -> ConfidenceInterval {
    guard sequence.count >= Self.fewest else {
      return ConfidenceInterval(lower: -.infinity, upper: .infinity, confidence: confidence)
    }
    return try estimate().interval
  }
}
