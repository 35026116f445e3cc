import TestSupport
import Testing

@testable import Scan

@Suite struct BottomKSampleTests {
  /// Texts of three words, each of so many equally likely.
  private func texts(_ count: Int, of words: Range<Int>, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<3).map { _ in "w\(Int.random(in: words, using: &random))" }.joined(separator: " ")
    }
  }

  /// By sets of words: how often words occur that the other texts lack, and how many of the others' come once.
  private func twin(_ texts: [String], lackedBy others: [String]) -> (occurrences: Int, seenOnce: Int) {
    func counts(_ texts: [String]) -> [Substring: Int] {
      Dictionary(texts.flatMap { Set($0.split(separator: " ")) }.map { ($0, 1) }, uniquingKeysWith: +)
    }
    let (mine, theirs) = (counts(texts), counts(others))
    return (mine.filter { theirs[$0.key] == nil }.values.reduce(0, +), theirs.values.count { $0 == 1 })
  }

  @Test func fewWordsAreAllCounted() throws {
    let (one, other) = (texts(2000, of: 0..<1500, seed: 1), texts(1500, of: 700..<2500, seed: 2))
    let found = (SketchData.makeup(one), SketchData.makeup(other))
    let unseen = try #require(found.0.vocabulary).unseen(by: try #require(found.1.vocabulary))
    let expected = twin(one, lackedBy: other)
    #expect(unseen.sampled == 1 && unseen.occurrences == expected.occurrences && unseen.seenOnce == expected.seenOnce)
    #expect(found.0.occurrences == one.reduce(0) { $0 + Set($1.split(separator: " ")).count })
  }

  /// Of 40,000 words 4,096 stay: what they tell of all of them lies within five standard deviations.
  @Test func manyWordsAreSampled() throws {
    let (one, other) = (texts(60_000, of: 0..<40_000, seed: 3), texts(60_000, of: 10_000..<50_000, seed: 4))
    let found = (SketchData.makeup(one), SketchData.makeup(other))
    let unseen = try #require(found.0.vocabulary).unseen(by: try #require(found.1.vocabulary))
    #expect(unseen.sampled > 0.07 && unseen.sampled < 0.13, "\(unseen.sampled)")
    let expected = twin(one, lackedBy: other)
    let estimate = Double(unseen.occurrences) / unseen.sampled
    // Some thousand sampled words of about 4.5 texts each.
    #expect((estimate - Double(expected.occurrences)).magnitude < 5 * 4.5 * 1000.0.squareRoot() / unseen.sampled)
  }

  @Test func mergingIsExact() throws {
    let all = texts(30_000, of: 0..<20_000, seed: 5)
    var merged = TextMakeup()
    for part in SketchData.parts(all, seed: 6, longest: 4000).reversed() { merged.merge(SketchData.makeup(part)) }
    let whole = SketchData.makeup(all)
    #expect(merged.vocabulary == whole.vocabulary && merged == whole)
    #expect(try TextMakeup(serialized: merged.serialized()).vocabulary == whole.vocabulary)
  }

  /// Profiles of the first version know of no words.
  @Test func earlierImagesHaveNone() throws {
    let image = SketchData.makeup(texts(200, of: 0..<50, seed: 7)).serialized()
    // The version, three of four totals, the weights of classes and buckets.
    var first: [UInt8] = [1]
    first += image[1..<25]
    first += image[33..<33 + 6 * 8]
    // No class of capitals.
    first += image[33 + 7 * 8..<33 + (7 + 256) * 8]
    let read = try TextMakeup(serialized: first)
    #expect(read.vocabulary == nil && read.texts == 200 && read.worded == 200)
    var merged = SketchData.makeup(["one two"])
    merged.merge(read)
    #expect(merged.vocabulary == nil)
    #expect(try TextMakeup(serialized: merged.serialized()).vocabulary == nil)
  }
}
