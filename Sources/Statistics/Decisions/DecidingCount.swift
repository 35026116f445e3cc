/// How many rows would decide an inconclusive comparison, were the observed effect the true one.
package enum DecidingCount: Sendable, Hashable {
  /// So many rows: with them the interval of the same effect leaves the limit.
  case rows(Int)
  /// More than so many: not worth waiting for.
  case more(than: Int)
  /// The effect sits on the limit: no number of rows decides.
  case never

  package static let method = Method(
    "deciding-count", aliases: ["rows-to-decide", "sample-size-to-decide"],
    computes: """
      The smallest n at which the interval of the observed effect no longer holds the limit: n (h / |effect - limit|)² \
      for an interval that shrinks with the root of n, with h its half-width towards the limit; or by trying sizes for an \
      interval that can be computed for any n.
      """,
    use: """
      To tell how much more evidence an inconclusive gate needs. It is a plan, not a promise: the effect will not be \
      found the same again, and an effect on the limit is never decided.
      """,
    source: "Julious, Statistics in Medicine 23 (2004)")

  /// The largest answer that is given when nothing else is said.
  package static let cap = 1_000_000_000_000

  /// For an interval whose width falls with the root of the number of rows. Throws when the estimate is outside of its
  /// interval, or a number is not finite.
  package init(
    estimate: Double, interval: ConfidenceInterval, limit: Double, count: Int, cap: Int = cap
  ) throws(Undefined) {
    guard limit.isFinite, estimate.isFinite, interval.lower <= estimate, estimate <= interval.upper else {
      throw .outsideDomain("the estimate must be finite and in its interval, and the limit finite")
    }
    guard count > 0 else { throw .noObservations }
    if estimate == limit {
      self = .never
      return
    }
    let half = estimate < limit ? interval.upper - estimate : estimate - interval.lower
    let ratio = half / (estimate - limit).magnitude
    // Strictly beyond the limit, so one more than the n at which the end meets it.
    let needed = (Double(count) * ratio * ratio).rounded(.down) + 1
    self = needed <= Double(cap) && needed < 0x1p63 ? .rows(max(count, Int(needed))) : .more(than: cap)
  }

  /// For an interval that can be computed for any number of rows, of at least `first`, and grows no wider with them.
  package init(
    estimate: Double, limit: Double, from first: Int, cap: Int = cap,
    interval: (Int) throws(Undefined) -> ConfidenceInterval
  ) throws(Undefined) {
    guard limit.isFinite, estimate.isFinite else { throw .outsideDomain("the effect and the limit must be finite") }
    guard first > 0 else { throw .noObservations }
    if estimate == limit {
      self = .never
      return
    }
    let needed = try Bisection.firstCount(from: first, upTo: cap) { (count) throws(Undefined) in
      try !interval(count).contains(limit)
    }
    self = needed.map { .rows($0) } ?? .more(than: cap)
  }
}
