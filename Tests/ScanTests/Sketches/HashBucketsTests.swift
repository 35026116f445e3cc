import TestSupport
import Testing

@testable import Scan

@Suite struct HashBucketsTests {
  private func buckets(_ texts: [String]) -> HashBuckets {
    var buckets = HashBuckets()
    for part in SketchData.parts(texts, seed: 4, longest: 700) { buckets.update(CountedTexts(part)) }
    return buckets
  }

  @Test func everyTextIsInTheBucketOfItsHash() {
    let texts = SketchData.zipf(5000, seed: 3)
    var truth = [Int](repeating: 0, count: 256)
    for text in texts { truth[Int(Murmur3.hash(Array(text.utf8).span).h2 >> 56)] += 1 }
    #expect(buckets(texts).counts == truth && truth.reduce(0, +) == 5000)
    // The values that a profile holds must stay comparable: these are those of MurmurHash3 with the seed 9001.
    #expect(buckets(["N725MQ"]).counts.firstIndex(of: 1) == Int(Murmur3.hash(Array("N725MQ".utf8).span).h2 >> 56))
  }

  /// Few values are kept one by one, which is no other sketch.
  @Test(arguments: [0, 1, 31, 32, 33, 64])
  func fewValuesAreCountedLikeMany(count: Int) throws {
    let texts = SketchData.zipf(count + 1, seed: 9).prefix(count).map { String($0) }
    var truth = [Int](repeating: 0, count: 256)
    for text in texts { truth[Int(Murmur3.hash(Array(text.utf8).span).h2 >> 56)] += 1 }
    var (whole, merged) = (HashBuckets(), HashBuckets())
    whole.update(CountedTexts(texts))
    for text in texts {
      var one = HashBuckets()
      one.update(CountedTexts([text]))
      merged.merge(one)
    }
    var behind = HashBuckets()
    behind.merge(whole)
    for buckets in [whole, merged, behind, try HashBuckets(serialized: whole.serialized())] {
      #expect(buckets.counts == truth && buckets.total == count && buckets == whole)
    }
  }

  @Test func nullsAreInNone() {
    let column = TextColumn(bytes: Array("abc".utf8), starts: [0, 0, 1], ends: [1, -1, 3])
    var buckets = HashBuckets()
    buckets.update(CountedTexts(column))
    #expect(buckets.total == 2)
    let coded = TextColumn(bytes: Array("abc".utf8), starts: [0, 0, 1], ends: [1, 0, 3], codes: [2, -1, 0, 2])
    buckets.update(CountedTexts(coded))
    #expect(buckets.total == 5 && buckets.counts.contains(3))
  }

  @Test(arguments: [1, 300, 70_000, 1 << 40])
  func whatIsSavedIsReadBack(most: Int) throws {
    var buckets = buckets(SketchData.zipf(400, seed: 5))
    var column = TextColumn(bytes: [97], starts: [0], ends: [1], codes: [0])
    column.codes = [Int32](repeating: 0, count: min(most, 100_000))
    buckets.update(CountedTexts(column))
    let image = buckets.serialized()
    #expect(try HashBuckets(serialized: image) == buckets)
    #expect(image.count <= 2 + 256 * 8)
  }

  @Test func brokenImagesAreRefused() throws {
    let image = buckets(SketchData.zipf(2000, seed: 6)).serialized()
    for bytes in SketchData.broken(image, seed: 7) {
      guard let read = try? HashBuckets(serialized: bytes) else { continue }
      #expect(read.total >= 0)
    }
    var later = image
    later[0] = 2
    #expect(throws: ScanError.self) { try HashBuckets(serialized: later) }
    var large = [UInt8](repeating: 0xFF, count: 2 + 256 * 8)
    (large[0], large[1]) = (1, 8)
    #expect(throws: ScanError.self) { try HashBuckets(serialized: large) }
  }
}
