/// The scores of a classifier in ascending order, with each row's class and where runs of equal scores end.
///
/// All that the area under the ROC curve and its variance need: the scores themselves do not count.
struct RankedScores: Sendable {
  /// The rows in ascending order of their scores.
  let order: [UInt32]
  /// Of each place in the order: whether the row is positive.
  let isPositive: [Bool]
  /// Of each place in the order: whether the next score is greater, or there is none.
  let endsTie: [Bool]
  let positives: Int
  var negatives: Int { order.count - positives }

  /// O(n). Throws when lengths differ, a score is not finite, or one of the classes is missing.
  init(labels: [Bool], scores: [Double]) throws(Undefined) {
    guard labels.count == scores.count else { throw .lengthsDiffer(labels.count, scores.count) }
    guard !labels.isEmpty else { throw .noObservations }
    try Sample.requireFinite(scores)
    let order = RadixSort.order(scores)
    self.order = order
    isPositive = order.map { labels[Int($0)] }
    endsTie = order.indices.map { $0 + 1 == order.count || scores[Int(order[$0])] < scores[Int(order[$0 + 1])] }
    positives = isPositive.count { $0 }
    guard positives > 0, positives < order.count else { throw .singleClass }
  }

  /// The rows of each run of equal scores, with how many positives and negatives stand before it.
  func forEachTie(_ body: (_ places: Range<Int>, _ positivesBefore: Int, _ negativesBefore: Int) -> Void) {
    var start = 0
    var before = (positives: 0, negatives: 0)
    for place in order.indices where endsTie[place] {
      body(start..<place + 1, before.positives, before.negatives)
      for place in start...place {
        if isPositive[place] { before.positives += 1 } else { before.negatives += 1 }
      }
      start = place + 1
    }
  }

  /// Of each row the share of the other class that it is placed right of: of negatives with lower scores for a positive,
  /// of positives with higher scores for a negative, ties counting half. Their mean over either class is the area.
  var placements: [Double] {
    var values = [Double](repeating: 0, count: order.count)
    let (m, n) = (Double(positives), Double(negatives))
    forEachTie { places, positivesBefore, negativesBefore in
      let tied = places.count { isPositive[$0] }
      let below = (Double(negativesBefore) + Double(places.count - tied) / 2) / n
      let above = 1 - (Double(positivesBefore) + Double(tied) / 2) / m
      for place in places { values[Int(order[place])] = isPositive[place] ? below : above }
    }
    return values
  }
}
