internal import Language
internal import Statistics
internal import Verdict

/// What a load says about a time in comparison with a run that was recorded: pure, like ``LatencyJudgement``.
struct LatencyRegression {
  let name: String
  let candidate: LatencyEstimate
  let baseline: LatencyEstimate
  let margin: Margin
  /// The two-sided level of the interval of the effect; each run's own is that of ``eachConfidence(_:)``.
  let confidence: Double

  /// Two intervals that hold together with a confidence.
  static func eachConfidence(_ confidence: Double) -> Double { 1 - (1 - confidence) / 2 }

  /// - Parameter count: how many requests the candidate answered or should have.
  func judgement(requests count: Int) -> Judgement {
    guard let part = margin.deciding(for: baseline.point) else {
      return Judgement(
        .errored, "the baseline's \(name) is 0, and the margin is a share of it", reason: .undefined)
    }
    let isShare = if case .relative = part { true } else { false }
    let effect = isShare ? candidate.change(from: baseline) : candidate.difference(from: baseline)
    let interval = Evidence.Interval(lower: effect.lower, upper: effect.upper, level: confidence)
    let evidence = Evidence(
      observed: effect.point.isFinite ? Quantity(effect.point, isShare ? .share : .seconds) : nil,
      observedText: effect.point.isFinite ? nil : "no time, for want of good answers",
      baseline: Quantity(of: .seconds(baseline.point)),
      limit: .atMost(Quantity(part.size, isShare ? .share : .seconds)),
      counts: .init(rows: count, nulls: 0, evaluated: count, violating: nil),
      interval: interval.upper.isFinite && interval.lower.isFinite ? interval : nil,
      method: "both intervals together")
    guard candidate.point.isFinite else {
      return Judgement(
        effect.lower > part.size ? .failed : .inconclusive,
        "\(name) is no time, for want of good answers, the baseline's \(time(baseline.point)); it must be at most "
          + "\(text(part.size, isShare)) more", evidence: evidence)
    }
    let found =
      "\(name) is \(time(candidate.point)), \(shift(effect.point, isShare)) the baseline's \(time(baseline.point)) "
      + "(\(Quantity(confidence, .share)) interval \(text(effect.lower, isShare)) to \(text(effect.upper, isShare)))"
    let allowed = "\(text(part.size, isShare)) more"
    if effect.upper <= part.size { return Judgement(.passed, "\(found), at most \(allowed)", evidence: evidence) }
    if effect.lower > part.size {
      return Judgement(.failed, "\(found), but must be at most \(allowed)", evidence: evidence)
    }
    return Judgement(
      .inconclusive,
      "\(found), and the limit of \(allowed) lies within it; \(advice(effect, part, count))", evidence: evidence)
  }

  private func advice(_ effect: LatencyEstimate, _ part: Margin.Part, _ count: Int) -> String {
    guard effect.upper.isFinite, effect.lower.isFinite else { return "one of the runs has too few requests" }
    let deciding = try? DecidingCount(
      estimate: effect.point,
      interval: ConfidenceInterval(lower: effect.lower, upper: effect.upper, confidence: confidence),
      limit: part.size, count: count)
    return deciding.map { "\($0.words) if both runs had as many" } ?? "longer runs would decide"
  }

  private func shift(_ effect: Double, _ isShare: Bool) -> String {
    guard effect != 0 else { return "equal to" }
    return "\(text(abs(effect), isShare)) \(effect > 0 ? "above" : "below")"
  }

  private func text(_ effect: Double, _ isShare: Bool) -> String {
    guard effect.isFinite else { return "unknown" }
    return isShare ? Quantity((effect * 1000).rounded() / 1000, .share).description : time(effect)
  }

  private func time(_ seconds: Double) -> String {
    seconds.isFinite ? Quantity(of: .seconds(seconds)).description : "no answer"
  }
}
