internal import Statistics
internal import Verdict

/// What a guard of a canary knows at a look: a number with an interval that holds at all looks together, and its limit.
struct CanaryEffect: Sendable {
  /// A sentence that the number completes: `p95 is 12ms, the baseline's 10ms, a change by`.
  var words: String
  var value: Quantity
  var baseline: Quantity?
  var interval: ConfidenceInterval
  /// The largest allowed number; with ``isTwoSided`` also of its negation.
  var limit: Quantity
  var isTwoSided = false
  /// How many observations it is of, and how many are needed before it can be known at all.
  var count: Int
  var needed = 1
  var unit = "pairs of requests"
  var method: String

  /// Whether the limit is kept; nil while that is not known.
  var holds: Bool? {
    let (low, high) = (interval.lower, interval.upper)
    guard !low.isNaN, !high.isNaN, low <= high else { return nil }
    if high <= limit.value, !isTwoSided || low >= -limit.value { return true }
    return low > limit.value || isTwoSided && high < -limit.value ? false : nil
  }

  /// The verdict, were this the last look.
  func judgement(_ counts: Evidence.Counts, notes: [String] = []) -> Judgement {
    let evidence = Evidence(
      observed: value, baseline: baseline, limit: .atMost(limit), counts: counts,
      interval: Evidence.Interval(lower: interval.lower, upper: interval.upper, level: interval.confidence),
      method: method, notes: notes)
    let level = Quantity(interval.confidence, .share)
    let found = "\(words) \(text(value.value)) (\(level) interval \(text(interval.lower)) to \(text(interval.upper)))"
    switch holds {
    case true?: return Judgement(.passed, "\(found), at most \(limit)", evidence: evidence)
    case false?: return Judgement(.failed, "\(found), but must be at most \(limit)", evidence: evidence)
    case nil:
      return Judgement(
        .inconclusive, "\(found), and at most \(limit) is not decided after \(counted(count)); \(advice)",
        evidence: evidence)
    }
  }

  /// How many more observations would decide.
  private var advice: String {
    guard interval.lower.isFinite, interval.upper.isFinite else {
      return needed > count ? "at least \(counted(needed - count)) more are needed" : "more are needed"
    }
    // The limit that is nearer decides.
    let limit = isTwoSided && value.value < 0 ? -limit.value : limit.value
    guard let deciding = try? DecidingCount(estimate: value.value, interval: interval, limit: limit, count: count)
    else {
      return "more are needed"
    }
    switch deciding {
    case .rows(let all): return "about \(counted(max(all, count + 1) - count)) more would decide"
    case .more(let all): return "more than \(counted(all)) would be needed"
    case .never: return "what was seen sits on the limit, so that no number of them decides"
    }
  }

  private func counted(_ count: Int) -> String { "\(Quantity.grouped(count)) \(unit)" }

  private func text(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e300 else { return "unknown" }
    let sign = number < 0 ? "-" : ""
    return sign + Quantity(Self.rounded(number.magnitude), value.unit).description
  }

  /// To four digits: what people compare.
  private static func rounded(_ number: Double) -> Double {
    var (scale, rest) = (1.0, number)
    guard number > 1e-12 else { return 0 }
    while rest < 1000 { (rest, scale) = (rest * 10, scale * 10) }
    return (number * scale).rounded() / scale
  }
}
