/// How many rows would let samples of one population pass a limit.
struct RowsToDecide {
  private let shares: ObservedShares
  private let limit: Double
  /// The upper end of the interval when samples as large as these are as far apart as four of five samples of one population
  /// are at most. It falls with the root of 1/n + 1/m.
  var reached = 0.0
  /// What sketches add to it however many rows there are.
  var addition = 0.0

  init(_ shares: ObservedShares, limit: Double) {
    self.shares = shares
    self.limit = limit
  }

  /// The rows of the smaller sample, when the larger one has at least as many; nil when more rows would not do.
  var rows: Int? {
    guard reached > 0, limit > addition else { return nil }
    let ratio = (limit - addition) / reached
    let allowed = shares.variance * ratio * ratio - shares.sketchVariance
    let most = max(shares.referenceRows, shares.currentRows)
    // With rows enough on the other side, their part is taken off; else both sides need the same.
    let needed = most * allowed > 2 ? 1 / (allowed - 1 / most) : 2 / allowed
    guard allowed > 0, needed < Double(DecidingCount.cap) else { return nil }
    return max(Int(needed.rounded(.up)), DriftEstimate.floor)
  }
}
