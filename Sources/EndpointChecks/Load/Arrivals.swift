internal import Statistics

/// When requests are due in the open model, which does not wait for answers: at moments that only the config decides.
///
/// The expected number of arrivals up to a moment grows with the rate, and so does its area under a ramp. Constant
/// arrivals come whenever that number is whole; those of a Poisson process at the sums of exponential numbers. The
/// moments are the same in every run.
struct Arrivals: Sendable, IteratorProtocol {
  enum Pattern: String, Sendable, CaseIterable {
    /// Evenly, like a metronome.
    case constant
    /// By chance, like independent callers: some close together, some far apart.
    case poisson
  }

  /// Requests a second: all the time the same, or from one to another.
  struct Rate: Sendable, Hashable {
    var first: Double
    var last: Double

    /// So many requests are due on average in a time, in seconds.
    func expected(in duration: Double) -> Double { (first + last) / 2 * duration }
  }

  let pattern: Pattern
  let rate: Rate
  /// In seconds: how long the first rate holds before it changes, and how long it takes to become the last.
  let warmup: Double
  let duration: Double
  /// The expected number of arrivals before the next one, and how many there were.
  private var area = 0.0
  private var count = 0
  private var random: Philox

  init(_ pattern: Pattern, rate: Rate, warmup: Double, duration: Double) {
    self.pattern = pattern
    self.rate = rate
    self.warmup = warmup
    self.duration = duration
    random = Philox(Seed("arrivals", [rate.first, rate.last], [warmup, duration]))
  }

  /// The next moment, in nanoseconds from the start; nil when the time is over.
  mutating func next() -> Int64? {
    switch pattern {
    case .constant: area = Double(count)
    case .poisson: area += random.exponential()
    }
    count += 1
    let moment = moment(after: area)
    return moment < warmup + duration ? Int64((moment * 1e9).rounded()) : nil
  }

  /// When so many arrivals are expected to be over, in seconds: the inverse of the area under the rate.
  private func moment(after area: Double) -> Double {
    let rest = area - rate.first * warmup
    if rest <= 0 { return area / rate.first }
    let slope = (rate.last - rate.first) / duration
    let discriminant = rate.first * rate.first + 2 * slope * rest
    // A falling rate never gets that far.
    guard discriminant >= 0 else { return .infinity }
    // The root in this form loses no digits when the slope is small.
    return warmup + 2 * rest / (rate.first + discriminant.squareRoot())
  }
}
