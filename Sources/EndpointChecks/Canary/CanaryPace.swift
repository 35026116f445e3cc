internal import Language
internal import Verdict

/// How fast and for how long a canary asks: the keys `rate`, `concurrency` and `duration`.
struct CanaryPace: Sendable {
  /// Pairs a second; as fast as they are answered when nil.
  var rate: Double?
  /// How many pairs are under way at most.
  var concurrency = 1
  /// Nil for each row once.
  var duration: Located<Quantity>?

  static var keys: [Key<CanaryPace>] {
    [
      .optional(
        "rate", \.rate, .requestRate,
        "So many pairs a second are asked at most, each of two requests: 5/s; as fast as they are answered when left out."
      ),
      .key(
        "concurrency", \.concurrency, .integer(in: 1...100),
        "How many pairs are under way at most, where one takes too long for the rate; 1."),
      .optional(
        "duration", \.duration, Shape<Quantity>.positiveDuration.located,
        "How long rows are asked, from the first again after the last; each row once when left out."),
    ]
  }

  /// When a pair is asked at the earliest, from the beginning; nil when there is none any more.
  ///
  /// - Parameters:
  ///   - rows: how many questions there are before they come again.
  ///   - elapsed: how long it has run.
  func due(_ pair: Int, of rows: Int, after elapsed: Duration) -> Duration? {
    let due = rate.map { Duration.seconds(Double(pair) / $0) } ?? .zero
    guard let duration else { return pair < rows ? due : nil }
    return max(due, elapsed) < duration.value.duration ? due : nil
  }

  /// About how many pairs it asks, unless something is decided before: the tests are sharpest near them.
  func expectedPairs(of rows: Int) -> Int {
    guard let duration else { return rows }
    return rate.map { Int(min(max(1, $0 * duration.value.value), 1e9)) } ?? 1000
  }
}
