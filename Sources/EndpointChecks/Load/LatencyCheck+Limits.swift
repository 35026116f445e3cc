internal import Language
internal import Statistics
internal import Verdict

extension LatencyCheck {
  typealias Baseline = Result<RecordedLoad, EndpointFolders.Unreadable>

  /// A claim with what judges it.
  struct Limit {
    var claim: ProbingClaim
    var judge: (LatencyJudgement, Baseline?) throws(Undefined) -> Judgement
    /// Whether it says something about loads without any good answer.
    var countsFailures = false

    init(
      _ name: String, at location: SourceLocation?, countsFailures: Bool = false,
      judge: @escaping (LatencyJudgement, Baseline?) throws(Undefined) -> Judgement
    ) {
      claim = ProbingClaim(name: name, location: location)
      self.judge = judge
      self.countsFailures = countsFailures
    }
  }

  var limits: [Limit] {
    let none = Quantity(0, .share)
    var limits = [
      Limit("errors", at: errors?.location, countsFailures: true) { load, _ in load.errors(errors?.value ?? none) }
    ]
    if load.rate != nil {
      limits.append(
        Limit("late", at: late?.location, countsFailures: true) { load, _ in load.late(late?.value ?? none) })
    }
    for entry in percentiles {
      let (percentile, limit) = (entry.percentile, entry.limit)
      if let longest = limit.atMost {
        limits.append(
          Limit(percentile.name, at: longest.location) { (load, _) throws(Undefined) in
            try load.percentile(percentile.name, percentile.share, longest.value)
          })
      }
      limits += regression(percentile.name, percentile.share, limit.maxRegression)
    }
    for first in firstTokens {
      let name = "ttft_\(first.percentile.name)"
      guard let limit = first.limit.atMost else { continue }
      limits.append(
        Limit(name, at: limit.location) { (load, _) throws(Undefined) in
          try load.percentile(name, first.percentile.share, limit.value, of: load.result.tally.firstTokens)
        })
    }
    if let limit = mean?.atMost {
      limits.append(Limit("mean", at: limit.location) { load, _ in load.mean(limit.value) })
    }
    limits += regression("mean", nil, mean?.maxRegression)
    if let max { limits.append(Limit("max", at: max.location) { load, _ in load.maximum(max.value) }) }
    if let throughput {
      limits.append(Limit("throughput", at: throughput.location) { load, _ in load.throughput(throughput.value) })
    }
    return limits
  }

  private func regression(_ name: String, _ share: Double?, _ margin: Located<Margin>?) -> [Limit] {
    guard let margin else { return [] }
    return [
      Limit("\(name)-regression", at: margin.location) { (load, baseline) throws(Undefined) in
        switch baseline {
        case .success(let recorded): return try load.regression(name, share, margin.value, from: recorded)
        case .failure(let mistake):
          return Judgement(
            .errored, "\(mistake.reason); cupel endpoint load --hdr records a run", reason: .baseline)
        case nil: return Judgement(.errored, "there is no baseline", reason: .baseline)
        }
      }
    ]
  }

  /// Compares with no run any more.
  mutating func forgetBaseline() {
    baseline = nil
    for index in percentiles.indices { percentiles[index].limit.maxRegression = nil }
    mean?.maxRegression = nil
  }

  /// The verdicts on a load that is over.
  func judgements(
    of result: LoadResult, baseline: Result<RecordedLoad, EndpointFolders.Unreadable>? = nil
  ) -> [Judgement] {
    let judgement = LatencyJudgement(result: result, confidence: confidence)
    guard result.tally.due > 0 else {
      let message = "no request was due in \(load.duration) after the warm-up, so nothing was measured"
      let errored = Judgement(
        .errored, message, reason: .nothingToEvaluate, evidence: Evidence(notes: result.notes))
      return limits.indices.map { $0 == 0 ? errored : .dependent }
    }
    return limits.map { limit in
      // Without any good answer there is no time to speak of, and the errors say why.
      if result.tally.answered == 0, !limit.countsFailures { return .dependent }
      do throws(Undefined) {
        return try limit.judge(judgement, baseline)
      } catch {
        return Judgement(.errored, error.description, reason: .undefined)
      }
    }
  }
}
