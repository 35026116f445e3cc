/// How an endpoint is loaded: when requests start, how many are under way at most, and for how long. Times in seconds.
struct LoadPlan: Sendable {
  var model: Model
  /// The most connections, and so the most requests under way.
  var concurrency: Int
  /// What starts in this time is sent and not measured.
  var warmup: Double
  /// What starts in this time after the warm-up is measured.
  var duration: Double
  /// The most requests that are measured; nil for as many as the time has room for.
  var maximumRequests: Int?
  /// A request that is due and finds no connection for so long is given up.
  var patience: Double

  enum Model: Sendable, Hashable {
    /// Each connection sends its next request when it has an answer: as many callers as connections, who wait.
    case closed
    /// Requests start when they are due, whatever became of those before: callers who do not know of each other.
    case open(Arrivals.Pattern, Arrivals.Rate)

    var isOpen: Bool { self != .closed }
  }

  /// When requests are due; nil when answers decide that.
  var arrivals: Arrivals? {
    guard case .open(let pattern, let rate) = model else { return nil }
    return Arrivals(pattern, rate: rate, warmup: warmup, duration: duration)
  }
}
