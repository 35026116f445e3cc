internal import Statistics

/// A time as a load tells it, in seconds, with what it may be; infinite where no good answer stands.
struct LatencyEstimate: Sendable, Hashable {
  var point: Double
  var lower: Double
  var upper: Double

  /// The percentile of all requests, between two of their times whatever the distribution.
  ///
  /// - Parameter unanswered: how many more requests there were without a good answer, slower than any.
  static func percentile(
    _ share: Double, of histogram: LatencyHistogram, unanswered: Int = 0, confidence: Double
  ) throws(Undefined) -> LatencyEstimate {
    let count = histogram.count + unanswered
    let (low, high) = try OrderStatistics.ranks(count: count, share, confidence: confidence)
    let middle = max(1, Int((share * Double(count)).rounded(.up)))
    return LatencyEstimate(
      point: seconds(histogram.value(atRank: middle)?.upperBound),
      lower: low == 0 ? 0 : seconds(histogram.value(atRank: low)?.lowerBound),
      upper: seconds(histogram.value(atRank: high)?.upperBound))
  }

  /// Of fewer times a mean is anything: one request in twenty that takes a second is not among them.
  static let fewestForMean = 50

  /// The mean by Student's t; nil without values. A sample that does not vary has no interval of this kind: counters tell
  /// times to a thousandth. Latencies have heavy tails, so that few of them do not say what the mean is at most.
  static func mean(of histogram: LatencyHistogram, confidence: Double) -> LatencyEstimate? {
    guard let mean = histogram.mean else { return nil }
    let (value, count) = (mean / 1e9, histogram.count)
    let spread = (histogram.standardDeviation ?? 0) / 1e9
    let half =
      count > 1
      ? StudentT(degrees: Double(count - 1)).critical(confidence: confidence) * spread / Double(count).squareRoot()
      : .infinity
    let margin = max(half, value / 1000)
    return LatencyEstimate(
      point: value, lower: max(0, value - margin), upper: count < fewestForMean ? .infinity : value + margin)
  }

  private static func seconds(_ nanoseconds: Int64?) -> Double { nanoseconds.map { Double($0) / 1e9 } ?? .infinity }

  /// How much longer this is than another one, which is independent of it. The interval holds where both hold: for
  /// 95 %, each is one of 97.5 %.
  func difference(from other: LatencyEstimate) -> LatencyEstimate {
    LatencyEstimate(
      point: point - other.point, lower: other.upper.isFinite ? lower - other.upper : -.infinity,
      upper: upper - other.lower)
  }

  /// The same as a share of the other: 0.1 for a tenth longer.
  func change(from other: LatencyEstimate) -> LatencyEstimate {
    LatencyEstimate(
      point: point / other.point - 1, lower: other.upper.isFinite ? lower / other.upper - 1 : -1,
      upper: other.lower > 0 ? upper / other.lower - 1 : .infinity)
  }
}
