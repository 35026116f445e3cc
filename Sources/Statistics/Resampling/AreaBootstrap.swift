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
        PackedScores.areas(first, second, weights).map { $0.0 - $0.1 }
      }
  }
}

/// Ranked scores in one word a row: its place among the weights, and whether it is positive.
private struct PackedScores: Sendable {
  /// In ascending order of the scores; among equal ones positives come first, so that what is before a positive is below
  /// it.
  private let words: [UInt32]
  /// The rows of each run of equal scores that has both classes, one run after the other; none where no scores tie.
  private let tied: [UInt32]
  /// Where these runs end.
  private let tieEnds: [Int]

  init(_ scores: RankedScores, _ places: [UInt32]) {
    var (words, tied, tieEnds): ([UInt32], [UInt32], [Int]) = ([], [], [])
    words.reserveCapacity(places.count)
    scores.forEachTie { ranks, _, _ in
      let first = words.count
      for isPositive in [true, false] {
        for rank in ranks where scores.isPositive[rank] == isPositive {
          words.append(places[Int(scores.order[rank])] << 1 | (isPositive ? 1 : 0))
        }
      }
      if words[first] & 1 == 1, words[words.count - 1] & 1 == 0 {
        tied += words[first...]
        tieEnds.append(tied.count)
      }
    }
    (self.words, self.tied, self.tieEnds) = (words, tied, tieEnds)
  }

  /// The areas of two models when every row counts as often as its weight says; nil when a class has no weight.
  ///
  /// Both are counted in one loop: what one waits for, the other has time for.
  static func areas(
    _ first: PackedScores, _ second: PackedScores, _ weights: borrowing ResampleWeights
  ) -> (Double, Double)? {
    let counts = weights.counts
    precondition(counts.count == first.words.count && counts.count == second.words.count)
    var (one, other) = (OrderedPairs(), OrderedPairs())
    first.words.withUnsafeBufferPointer { first in
      second.words.withUnsafeBufferPointer { second in
        counts.withUnsafeBufferPointer { counts in
          for rank in first.indices {
            // Safe because: both hold a permutation of the indices of the counts, and all three are of one length.
            one.add(first[rank], weight: UInt64(counts[Int(first[rank] >> 1)]))
            other.add(second[rank], weight: UInt64(counts[Int(second[rank] >> 1)]))
          }
        }
      }
    }
    guard one.positives > 0, one.negatives > 0 else { return nil }
    let pairs = Double(one.positives) * Double(one.negatives)
    return (
      (Double(one.pairs) + first.tiedPairs(counts) / 2) / pairs,
      (Double(other.pairs) + second.tiedPairs(counts) / 2) / pairs
    )
  }

  /// How many pairs have equal scores.
  private func tiedPairs(_ counts: [UInt8]) -> Double {
    var (sum, start) = (0.0, 0)
    for end in tieEnds {
      var (positives, negatives) = (0, 0)
      for word in tied[start..<end] {
        let weight = Int(counts[Int(word >> 1)])
        if word & 1 == 1 { positives += weight } else { negatives += weight }
      }
      sum += Double(positives) * Double(negatives)
      start = end
    }
    return sum
  }
}

/// Counts pairs of a negative and a positive behind it.
private struct OrderedPairs {
  /// Below 2^60 for 2^30 rows.
  private(set) var pairs: UInt64 = 0
  private(set) var positives: UInt64 = 0
  private(set) var negatives: UInt64 = 0

  @inline(__always)
  mutating func add(_ word: UInt32, weight: UInt64) {
    let positive = weight & (0 &- UInt64(word & 1))
    pairs &+= positive &* negatives
    positives &+= positive
    negatives &+= weight &- positive
  }
}
