internal import Language
internal import Verdict

/// `retry:`: how often an exchange that is not as expected is tried again, and how long is waited before.
struct RetryPolicy: Sendable, Hashable {
  /// How often it is sent at most, the first time included.
  var attempts = 1
  /// The wait before the second attempt; it doubles with each further one.
  var backoff = Duration.milliseconds(200)

  /// No wait is longer than this.
  static let longestWait = Duration.seconds(60)

  /// The wait before an attempt, of which the first is 1.
  func wait(before attempt: Int) -> Duration {
    var wait = backoff
    for _ in 2..<max(2, attempt) where wait < Self.longestWait { wait *= 2 }
    return min(wait, Self.longestWait)
  }

  /// The wait before an attempt when the server asked for one: at least as long, but never longer than one exchange may
  /// take.
  func wait(before attempt: Int, asked: Duration?, atMost limit: Duration) -> Duration {
    max(wait(before: attempt), min(asked ?? .zero, limit))
  }

  static var shape: Shape<RetryPolicy> {
    Shape<RetryPolicy>.object(
      RetryPolicy(),
      [
        .key(
          "attempts", \.attempts, Shape<Int>.integer(in: 2...100), "How often it is sent at most, the first included.",
          required: true),
        .key(
          "backoff", \.backoff, Shape<Quantity>.positiveDuration.map { $0.duration },
          "The wait before the second attempt, doubled before each further one; 200ms. Retry-After makes it longer, "
            + "up to timeout."
        ),
      ])
  }
}
