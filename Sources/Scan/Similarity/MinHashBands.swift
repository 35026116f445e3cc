internal import Glibc

/// Keys of sets such that sets alike have one in common and others hardly ever (MinHash with banding: Broder, "On the
/// resemblance and containment of documents", 1997; Indyk and Motwani, 1998).
///
/// Of every set the least value under each of some hash functions is taken: two sets agree in one with a probability of
/// their similarity s. The least values are cut into b bands of r; two sets that agree in all of a band have its key in
/// common, with a probability of 1 - (1 - s^r)^b that there is one.
struct MinHashBands: Hashable, Sendable {
  /// So many hash functions at most.
  private static let functions = 128
  /// The least probability that two sets are found that are just as similar as asked for.
  static let recall = 0.99

  let bands: Int
  /// How many hash functions make a band.
  let rows: Int

  /// As long bands as find enough, because long ones bring the fewest sets together that are not alike.
  ///
  /// - Parameter similarity: the least similarity of the sets to be found, above 0.
  init(similarity: Double) {
    var (bands, rows) = (Self.functions, 1)
    for length in 1...Self.functions {
      // As few bands as are needed.
      let needed = log(1 - Self.recall) / log1p(-pow(min(similarity, 1 - 1e-9), Double(length)))
      guard needed <= Double(Self.functions / length) else { continue }
      (bands, rows) = (max(1, Int(needed.rounded(.up))), length)
    }
    (self.bands, self.rows) = (bands, rows)
  }

  /// The probability that two sets of so much similarity have a key in common.
  func probability(of similarity: Double) -> Double { 1 - pow(1 - pow(similarity, Double(rows)), Double(bands)) }

  /// The key of every band of a set. O(elements × bands × rows).
  ///
  /// - Parameter elements: hashes of the set's elements, not empty.
  func keys(of elements: [UInt64]) -> [UInt64] {
    var keys: [UInt64] = []
    keys.reserveCapacity(bands)
    for band in 0..<bands {
      var key = UInt64(band)
      for row in 0..<rows {
        let state = UInt64(band * rows + row) &* SplitMix64.step
        let (factor, summand) = (SplitMix64.mix(state &+ 1) | 1, SplitMix64.mix(state &+ 2))
        var least = UInt64.max
        // The elements are hashes already, and every function needs to do no more than to order them anew.
        for element in elements { least = min(least, element &* factor &+ summand) }
        key = SplitMix64.mix(key &* SplitMix64.step ^ least)
      }
      keys.append(key)
    }
    return keys
  }
}
