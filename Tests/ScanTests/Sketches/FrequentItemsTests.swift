import CKernels
import TestSupport
import Testing

@testable import Scan

@Suite struct FrequentItemsTests {
  /// Whatever comes twice is found, and little else.
  @Test func whatMayRepeatIsFound() {
    var dice = SeededGenerator(seed: 77)
    for different in [1, 2, 900, 1_000_000_000] as [UInt64] {
      let hashes = (0..<8192).map { _ in Murmur3.hash(UInt64.random(in: 0..<different, using: &dice)) }
      var places = [Int32](repeating: 0, count: hashes.count)
      let found = hashes.withUnsafeBytes {
        ck_may_repeat($0.assumingMemoryBound(to: UInt64.self).baseAddress, hashes.count, &places)
      }
      let counts = Dictionary(hashes.map { ($0, 1) }, uniquingKeysWith: +)
      let repeated = hashes.indices.filter { counts[hashes[$0], default: 0] > 1 }
      #expect(Array(places[..<found]) == places[..<found].sorted())
      #expect(Set(repeated).isSubset(of: places[..<found].map { Int($0) }) && found - repeated.count < 100)
    }
  }

  private func sketch(_ items: [String], lgMaxMapSize: Int = 10) -> FrequentItems {
    var sketch = FrequentItems(lgMaxMapSize: lgMaxMapSize)
    for part in SketchData.parts(items, seed: 3) {
      let texts = CountedTexts(part)
      sketch.update(texts, Murmur3.hashes(texts))
    }
    return sketch
  }

  private func truth(_ items: [String]) -> [String: Int] {
    items.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The bounds hold for every item there is, and what is listed is listed in order.
  private func check(_ sketch: FrequentItems, _ items: [String]) {
    let truth = truth(items)
    #expect(sketch.totalWeight == items.count)
    #expect(Double(sketch.maximumError) <= 3.5 / Double(1 << sketch.lgMaxMapSize) * Double(items.count))
    #expect(sketch.itemCount <= sketch.capacity)
    for (item, count) in truth { #expect(sketch.bounds(of: Array(item.utf8)).contains(count)) }
    let sure = sketch.frequentItems(.noFalsePositives)
    let possible = sketch.frequentItems(.noFalseNegatives)
    let frequent = truth.filter { $0.value > sketch.maximumError }.keys.map { Array($0.utf8) }
    #expect(Set(sure.map(\.item)).isSubset(of: frequent))
    #expect(Set(possible.map(\.item)).isSuperset(of: frequent))
    for rows in [sure, possible] {
      let isOrdered = zip(rows, rows.dropFirst()).allSatisfy {
        $0.lowerBound > $1.lowerBound
          || $0.lowerBound == $1.lowerBound && $0.item.lexicographicallyPrecedes($1.item)
      }
      #expect(isOrdered)
    }
  }

  @Test func countsAreExactWhileTheMapHolds() {
    let items = (0..<20_000).map { "item \($0 * $0 % 769 % 768)" }
    let sketch = sketch(items)
    #expect(sketch.maximumError == 0)
    let counted = sketch.frequentItems(.noFalsePositives)
    let pairs = counted.map { (String(decoding: $0.item, as: UTF8.self), $0.lowerBound) }
    #expect(Dictionary(uniqueKeysWithValues: pairs) == truth(items))
  }

  @Test(arguments: [3, 6, 10])
  func boundsHoldTheTruth(lgMaxMapSize: Int) {
    check(sketch(SketchData.zipf(50_000, seed: 1), lgMaxMapSize: lgMaxMapSize), SketchData.zipf(50_000, seed: 1))
    let distinct = (0..<20_000).map { "\($0)" }
    check(sketch(distinct, lgMaxMapSize: lgMaxMapSize), distinct)
    let few = SketchData.texts(5000).map { String($0.prefix(2)) }
    check(sketch(few, lgMaxMapSize: lgMaxMapSize), few)
  }

  @Test(arguments: [4, 10])
  func mergingKeepsTheBounds(lgMaxMapSize: Int) {
    let items = SketchData.zipf(60_000, seed: 2) + (0..<5000).map { "distinct \($0)" }
    var merged = FrequentItems(lgMaxMapSize: lgMaxMapSize)
    for part in SketchData.parts(items, seed: 8, longest: 20_000) {
      merged.merge(sketch(part, lgMaxMapSize: lgMaxMapSize))
    }
    check(merged, items)
    #expect(merged == merged)
  }

  @Test func mergingIsExactWithoutPurges() {
    let items = (0..<3000).map { "\($0 % 500)" }
    var merged = sketch(Array(items[..<1100]))
    merged.merge(sketch(Array(items[1100...])))
    #expect(merged.serialized() == sketch(items).serialized())
  }

  @Test func countsOfDictionaryEntriesAreWeights() {
    let column = TextColumn(
      bytes: Array("redblue".utf8), starts: [0, 3, 0], ends: [3, 7, 0], codes: [0, 1, 1, -1, 0, 1])
    let texts = CountedTexts(column)
    var sketch = FrequentItems()
    sketch.update(texts, Murmur3.hashes(texts))
    #expect(sketch.rows.map(\.lowerBound) == [3, 2])
    #expect(sketch.rows.map(\.item) == [Array("blue".utf8), Array("red".utf8)])
    #expect(sketch.totalWeight == 5)
  }

  @Test func longItemsAreCountedApart() {
    let sketch = sketch(["a", String(repeating: "x", count: 4097), String(repeating: "x", count: 4096)])
    #expect(sketch.oversizedWeight == 1 && sketch.totalWeight == 2 && sketch.itemCount == 2)
  }

  /// More different long items at once than can be counted, beside short ones.
  @Test func longItemsAreNoReasonToPurge() throws {
    for short in [0, 1, 700, 900] {
      for length in [4095, 4096, 4097] {
        let long = (0..<900).map { "\($0)".padding(to: length) }
        let texts = CountedTexts((0..<short).map { "s\($0)" } + long)
        var sketch = FrequentItems()
        sketch.update(texts, Murmur3.hashes(texts))
        let counted = short + (length > 4096 ? 0 : 900)
        #expect(sketch.totalWeight == counted && sketch.oversizedWeight == short + 900 - counted)
        #expect(sketch.maximumError == (counted > 768 ? 1 : 0))
        #expect(try FrequentItems(serialized: sketch.serialized()).totalWeight == counted)
      }
    }
  }

  @Test func itemsAreToldApartByAllTheirBytes() {
    // Lengths around those that are compared at once.
    var items: [String] = []
    for length in 0...40 {
      for place in stride(from: 0, to: length, by: 3) {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        bytes[place] = UInt8(ascii: "b")
        items.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    items += items
    #expect(sketch(items).rows.allSatisfy { $0.lowerBound == 2 })
    #expect(sketch(items).itemCount == items.count / 2)
    // The same hash for all: only the bytes tell.
    var colliding = FrequentItems()
    for item in items { colliding.update(Array(item.utf8).span, hash: Murmur3.Hash(1, 1)) }
    #expect(colliding.rows == sketch(items).rows)
  }

  // Images by the format's description: nothing, then `ab` three times and `c` twice.
  private let empty = hex("01 01 0a 0a 03 05 00 00")
  private let two = hex(
    "04 01 0a 0a 03 00 00 00  02000000 00000000 0500000000000000 0000000000000000"
      + "0300000000000000 0200000000000000  02000000 6162  01000000 63")

  @Test func imagesOfFewItems() throws {
    #expect(FrequentItems().serialized() == empty)
    #expect(sketch(["ab", "c", "ab", "c", "ab"]).serialized() == two)
    #expect(try FrequentItems(serialized: empty).isEmpty)
    #expect(try FrequentItems(serialized: two).bounds(of: Array("ab".utf8)) == 3...3)
  }

  @Test func imagesGoThereAndBack() throws {
    for items in [SketchData.zipf(30_000, seed: 4), (0..<769).map { "\($0)" }, ["", "a", ""]] {
      let original = sketch(items)
      let back = try FrequentItems(serialized: original.serialized())
      #expect(back.serialized() == original.serialized())
      #expect(back.rows == original.rows && back.maximumError == original.maximumError)
    }
  }

  @Test func brokenImagesAreRefusedOrRead() {
    let image = sketch(SketchData.zipf(3000, seed: 5), lgMaxMapSize: 6).serialized()
    for bytes in SketchData.broken(image, seed: 6) + SketchData.broken(two, seed: 7) {
      guard var read = try? FrequentItems(serialized: bytes) else { continue }
      read.merge(sketch(["a", "b"]))
      #expect(!read.serialized().isEmpty)
    }
    #expect(throws: ScanError.self) { try FrequentItems(serialized: Array(image.dropLast())) }
  }
}

extension String {
  fileprivate func padding(to length: Int) -> String { self + String(repeating: "y", count: length - utf8.count) }
}
