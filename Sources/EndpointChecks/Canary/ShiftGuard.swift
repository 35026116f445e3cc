internal import JSON
internal import Language
internal import Statistics
internal import Verdict

/// The mean of the candidate's score is not away from the baseline's by more than an amount, up or down.
struct ShiftGuard: CanaryGuard {
  let limit: Located<Quantity>
  let output: String?
  let range: ClosedRange<Double>
  let confidence: Double
  private var differences: BettingSequence
  private var sum = CompensatedSum()
  private var baselineSum = CompensatedSum()
  private var unanswered = 0

  /// - Parameter range: where scores lie.
  init(
    _ limit: Located<Quantity>, of output: String?, in range: ClosedRange<Double>, confidence: Double
  ) throws(Undefined) {
    self.limit = limit
    self.output = output
    self.range = range
    self.confidence = confidence
    let width = range.upperBound - range.lowerBound
    differences = try BettingSequence(range: -width...width, confidence: confidence, steps: 4000)
  }

  var claim: ProbingClaim { ProbingClaim(name: "shift", location: limit.location) }

  var counts: Evidence.Counts {
    Evidence.Counts(
      rows: differences.count + unanswered, nulls: unanswered, evaluated: differences.count, violating: nil)
  }

  mutating func take(_ pair: CanaryPair) throws(Complaint) {
    guard pair.isNewRow else { return }
    guard let here = try? pair.candidate.answer.get(), let there = try? pair.baseline.answer.get() else {
      unanswered += 1
      return
    }
    let name: String
    if let output { name = output } else { name = try onlyOutput(there) }
    if let output, here[output] == nil, there[output] == nil {
      throw Complaint(
        .undecided("neither endpoint has an output \(output), only \(there.names.joined(separator: ", "))"))
    }
    let ours = try score(here, name, of: "this endpoint", pair.candidate.transcript)
    let theirs: Double
    do throws(Complaint) {
      theirs = try score(there, name, of: "the baseline", pair.baseline.transcript)
    } catch {
      throw Complaint(.undecided(error.judgement(wasReached: true).message), in: error.transcript)
    }
    do throws(Undefined) {
      try differences.update(ours - theirs)
    } catch {
      throw Complaint(.undecided(error.description))
    }
    sum.add(ours - theirs)
    baselineSum.add(theirs)
  }

  private func onlyOutput(_ table: OutputTable) throws(Complaint) -> String {
    if let name = table.names.first, table.names.count == 1 { return name }
    throw Complaint(
      .undecided("the outputs are \(table.names.joined(separator: ", ")): say which is the score, as output: NAME"))
  }

  private func score(
    _ table: OutputTable, _ name: String, of side: String, _ transcript: Transcript?
  ) throws(Complaint) -> Double {
    guard let elements = table[name]?.rows.first else {
      throw Complaint(.unusable("\(side) has no output \(name)"), in: transcript)
    }
    guard elements.count == 1, let score = elements[0].doubleValue, score.isFinite else {
      throw Complaint(
        .unusable("\(name) of \(side) is \(OutputDifferences.text(elements)), which is no score"), in: transcript)
    }
    guard range.contains(score) else {
      throw Complaint(
        .undecided(
          "\(name) of \(side) is \(Quantity.text(score)), outside of \(Quantity.text(range.lowerBound)) to "
            + "\(Quantity.text(range.upperBound)): say where scores lie, as range: [0, 100]"))
    }
    return score
  }

  func effect() throws(Undefined) -> CanaryEffect {
    guard differences.count > 0 else { throw .noObservations }
    let n = Double(differences.count)
    let mean = sum.value / n
    var interval = try differences.interval()
    // Its ends lie on a grid.
    interval.lower = min(interval.lower, mean)
    interval.upper = max(interval.upper, mean)
    return CanaryEffect(
      words: "the mean \(output ?? "score") of \(Quantity(n, .rows)) is away from the baseline's by",
      value: Quantity(mean), baseline: Quantity(baselineSum.value / n), interval: interval, limit: limit.value,
      isTwoSided: true, count: differences.count, unit: "rows", method: BettingSequence.method.name)
  }
}
