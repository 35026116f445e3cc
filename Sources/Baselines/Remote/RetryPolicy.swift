internal import Transport

/// How often a server that says that it is busy is asked again, and how long is waited in between.
///
/// Only 429 and 503 mean "later" (RFC 6585, 4; RFC 9110, 15.6.4): nothing was done, so that every request may be repeated.
struct RetryPolicy: Sendable, Equatable {
  /// How often after the first time.
  var retries = 3
  /// The first pause in seconds; each further one is twice as long, unless the server says how long.
  var firstPause = 0.5

  static let never = RetryPolicy(retries: 0)

  /// No pause is longer than these seconds: who is told to wait longer gives up.
  static let longestPause = 20.0

  /// The pause before the next attempt in seconds; nil when there is none.
  ///
  /// - Parameter attempts: how often the server was asked.
  func pause(after response: HTTPResponse, attempts: Int) -> Double? {
    guard response.status == 429 || response.status == 503, attempts <= retries else { return nil }
    // A date instead of seconds is no reason to trust two clocks.
    let wished = response.headers["Retry-After"].flatMap { Int($0) }.map { Double(max(0, $0)) }
    let pause = wished ?? firstPause * Double(1 << min(attempts - 1, 20))
    return pause <= Self.longestPause ? pause : nil
  }
}
