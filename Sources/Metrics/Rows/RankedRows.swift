internal import Statistics

/// Binary rows by descending score: all that curves over thresholds need.
struct RankedRows: Sendable {
  let scores: [Double]
  let isPositive: [Bool]
  /// nil when every row counts 1.
  let weights: [Double]?
  /// The weight of the positives and of the negatives; rows, without weights.
  let positives: Double
  let negatives: Double

  /// O(n). The scores are finite. Rows without weight are no rows of a curve.
  init(labels: [Bool], scores: [Double], weights: [Double]?) {
    var order = RadixSort.order(scores)
    if let weights { order.removeAll { weights[Int($0)] == 0 } }
    order.reverse()
    self.scores = order.map { scores[Int($0)] }
    isPositive = order.map { labels[Int($0)] }
    if let weights {
      let sorted = order.map { weights[Int($0)] }
      self.weights = sorted
      // Resamples come here thousands of times.
      var (above, below) = (CompensatedSum(), CompensatedSum())
      for (place, weight) in sorted.enumerated() {
        if isPositive[place] { above.add(weight) } else { below.add(weight) }
      }
      (positives, negatives) = (above.value, below.value)
    } else {
      self.weights = nil
      let count = isPositive.count { $0 }
      (positives, negatives) = (Double(count), Double(order.count - count))
    }
  }

  /// Each distinct score as a threshold, from the highest down, with the weight of the positives and of the negatives
  /// that reach it.
  @inline(__always)
  func forEachThreshold(
    _ body: (_ score: Double, _ truePositives: Double, _ falsePositives: Double) throws(Undefined) -> Void
  ) throws(Undefined) {
    let last = scores.count - 1
    if let weights {
      var (above, below) = (CompensatedSum(), CompensatedSum())
      for place in scores.indices {
        if isPositive[place] { above.add(weights[place]) } else { below.add(weights[place]) }
        if place == last || scores[place] > scores[place + 1] { try body(scores[place], above.value, below.value) }
      }
    } else {
      var hits = 0
      for place in scores.indices {
        hits &+= isPositive[place] ? 1 : 0
        if place == last || scores[place] > scores[place + 1] {
          try body(scores[place], Double(hits), Double(place &+ 1 &- hits))
        }
      }
    }
  }

  /// Throws when one of the classes is missing.
  func requireBothClasses() throws(Undefined) {
    guard positives > 0, negatives > 0 else { throw positives + negatives > 0 ? .singleClass : .noObservations }
  }

  func requirePositives() throws(Undefined) {
    guard positives > 0 else { throw .tooFew("positive rows", needed: 1, got: 0) }
  }
}
