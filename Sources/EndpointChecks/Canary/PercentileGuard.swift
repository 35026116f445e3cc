internal import Language
internal import Statistics
internal import Verdict

/// A percentile of the candidate's latencies is not above that of the baseline's by more than the margin.
///
/// It asks nothing of the distribution. A request without a good answer is slower than any other.
struct PercentileGuard: CanaryGuard {
  let percentile: Percentile
  let margin: Located<Margin>
  let confidence: Double
  private var candidate = QuantileSequence()
  private var baseline = QuantileSequence()
  /// The fewest requests of which the largest latency is above the percentile.
  private let needed: Int

  init(_ percentile: Percentile, _ margin: Located<Margin>, confidence: Double) throws(Undefined) {
    self.percentile = percentile
    self.margin = margin
    self.confidence = confidence
    needed = try Self.needed(for: percentile.share, confidence: SeparateSequences.each(confidence))
  }

  var claim: ProbingClaim { ProbingClaim(name: percentile.name, location: margin.location) }

  var counts: Evidence.Counts {
    Evidence.Counts(rows: candidate.count, nulls: 0, evaluated: candidate.count, violating: nil)
  }

  mutating func take(_ pair: CanaryPair) throws(Complaint) {
    do throws(Undefined) {
      try candidate.update(pair.candidate.latency)
      try baseline.update(pair.baseline.latency)
    } catch {
      throw Complaint(.undecided(error.description))
    }
  }

  func effect() throws(Undefined) -> CanaryEffect {
    let each = SeparateSequences.each(confidence)
    let sides = (try interval(candidate, each), try interval(baseline, each))
    guard let here = candidate.value(percentile.share),
      let there = baseline.value(percentile.share)
    else { throw .noObservations }
    return try CanaryEffect(
      change: "\(percentile.name) is \(text(here)), the baseline's \(text(there))", of: (here, there), by: margin.value,
      difference: SeparateSequences.difference(sides.0, sides.1), ratio: SeparateSequences.ratio(sides.0, sides.1),
      unit: .seconds, count: candidate.count, needed: needed, method: QuantileSequence.method.name)
  }

  private func interval(_ sequence: QuantileSequence, _ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    var interval = try sequence.interval(percentile.share, confidence: confidence)
    interval.lower = max(0, interval.lower)
    if interval.lower == .greatestFiniteMagnitude { interval.lower = .infinity }
    if interval.upper == .greatestFiniteMagnitude { interval.upper = .infinity }
    return interval
  }

  private static func needed(for share: Double, confidence: Double) throws(Undefined) -> Int {
    var (below, above) = (1, 2)
    func isKnown(_ count: Int) throws(Undefined) -> Bool {
      try QuantileSequence.ranks(count: count, share, confidence: confidence).upper <= count
    }
    while try !isKnown(above), above < 1 << 24 { (below, above) = (above, above * 2) }
    while above - below > 1 {
      let middle = (below + above) / 2
      if try isKnown(middle) { above = middle } else { below = middle }
    }
    return above
  }

  private func text(_ seconds: Double) -> String {
    seconds < .greatestFiniteMagnitude ? Quantity(of: .seconds(seconds)).description : "no answer"
  }
}
