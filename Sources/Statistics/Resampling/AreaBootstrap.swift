/// Resamples of the areas under the ROC curves of two models that scored the same rows: each resample has the same rows
/// for both, so what they share cancels.
package struct AreaBootstrap: Sendable {
  private let first: PackedScores
  private let second: PackedScores
  /// The rows in the order of the first model's scores: a resample is drawn in this order.
  private let rows: Int
  private let estimate: Double
  private let seed: Seed

  package static let method = Method(
    "paired-auc-bootstrap", aliases: ["auc-bootstrap"],
    computes: """
      The difference of two areas under the ROC curve on the same resampled rows. Scores are sorted once; a resample \
      costs one draw and two passes over counts.
      """,
    use: "For the difference of two AUCs with few rows or rows in clusters, where DeLong's approximation is in doubt.",
    source:
      "Efron and Tibshirani, \"An Introduction to the Bootstrap\" (1993); LeDell, Petersen and van der Laan (2015)")

  package init(labels: [Bool], first: [Double], second: [Double]) throws(Undefined) {
    let one = try RankedScores(labels: labels, scores: first)
    let other = try RankedScores(labels: labels, scores: second)
    // Where each row stands in the order of the first model.
    var places = [UInt32](repeating: 0, count: labels.count)
    for (place, row) in one.order.enumerated() { places[Int(row)] = UInt32(place) }
    guard labels.count <= 1 << 30 else { throw .outsideDomain("the bootstrap of areas takes at most 2^30 rows") }
    self.first = PackedScores(one, places)
    self.second = PackedScores(other, places)
    rows = labels.count
    estimate = try DeLong(labels: labels, scores: [first, second]).areas.withUnsafeBufferPointer { $0[0] - $0[1] }
    seed = Seed("paired-auc-bootstrap", first, second, labels.map { $0 ? 1 : 0 })
  }

  /// The distribution of the first area less the second. A resample in which a class is missing is undefined.
  package func difference(resamples: Int = 10_000, threads: Int? = nil) async throws(Undefined) -> BootstrapDistribution
  {
    let (first, second) = (first, second)
    return try await Bootstrap(resamples: resamples, seed: seed, threads: threads)
      .distribution(rows: rows, estimate: estimate) { weights in
        let (one, other) = PackedScores.pairs(first, second, weights)
        guard let one = one.area, let other = other.area else { return nil }
        return one - other
      }
  }
}

/// Ranked scores in one word a place: the place of the row among the weights, whether it is positive, and whether a run
/// of equal scores ends.
private struct PackedScores: Sendable {
  private let words: [UInt32]

  init(_ scores: RankedScores, _ places: [UInt32]) {
    words = scores.order.indices.map { index in
      places[Int(scores.order[index])] << 2 | (scores.isPositive[index] ? 2 : 0) | (scores.endsTie[index] ? 1 : 0)
    }
  }

  /// Both models in one loop: what one waits for, the other has time for.
  static func pairs(
    _ first: PackedScores, _ second: PackedScores, _ weights: borrowing ResampleWeights
  ) -> (OrderedPairs, OrderedPairs) {
    let counts = weights.counts
    precondition(counts.count == first.words.count && counts.count == second.words.count)
    var (one, other) = (OrderedPairs(), OrderedPairs())
    first.words.withUnsafeBufferPointer { first in
      second.words.withUnsafeBufferPointer { second in
        counts.withUnsafeBufferPointer { counts in
          for place in first.indices {
            // Safe because: both hold a permutation of the indices of the counts, and all three are of one length.
            one.add(first[place], weight: UInt64(counts[Int(first[place] >> 2)]))
            other.add(second[place], weight: UInt64(counts[Int(second[place] >> 2)]))
          }
        }
      }
    }
    return (one, other)
  }
}

/// Counts pairs of a positive and a negative that are in the right order, over rows in ascending order of their scores.
private struct OrderedPairs {
  /// Twice the number of pairs, ties counting one; below 2^63 for 2^30 rows.
  private var pairs: UInt64 = 0
  private var positives: UInt64 = 0
  private var negatives: UInt64 = 0
  private var negativesBeforeTie: UInt64 = 0
  private var tiedPositives: UInt64 = 0

  @inline(__always)
  mutating func add(_ word: UInt32, weight: UInt64) {
    let positive = weight & (0 &- UInt64(word >> 1 & 1))
    let ends = 0 &- UInt64(word & 1)
    tiedPositives &+= positive
    positives &+= positive
    negatives &+= weight &- positive
    pairs &+= (tiedPositives & ends) &* (negativesBeforeTie &+ negatives)
    negativesBeforeTie = (negativesBeforeTie & ~ends) | (negatives & ends)
    tiedPositives &= ~ends
  }

  /// The area under the ROC curve; nil when a class has no weight.
  var area: Double? {
    guard positives > 0, negatives > 0 else { return nil }
    return Double(pairs) / (2 * Double(positives) * Double(negatives))
  }
}
