import TestSupport
import Testing

@testable import Scan

@Suite struct KLLSketchTests {
  private func sketch(_ values: [Double], k: Int = 200, seed: UInt64 = 5) -> KLLSketch {
    var sketch = KLLSketch(k: k, seed: seed)
    for batch in Numbers.batches(values, seed: seed) { sketch.update(batch) }
    return sketch
  }

  /// The greatest error of the ranks of the sketch at a hundred values.
  private func worstError(_ sketch: KLLSketch, _ values: [Double]) throws -> Double {
    let sorted = values.sorted()
    var worst = 0.0
    for percent in 0...100 {
      let value = sorted[min(sorted.count - 1, percent * sorted.count / 100)]
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] <= value { low = middle + 1 } else { high = middle }
      }
      let rank = try #require(sketch.rank(of: value))
      worst = max(worst, abs(rank - Double(low) / Double(sorted.count)))
    }
    return worst
  }

  /// What is kept must stand for all values, and its image must fit what k allows.
  private func check(_ sketch: KLLSketch, _ count: Int) {
    let settled = sketch.settled()
    let weights = settled.levels.enumerated().reduce(0) { $0 + $1.element.count << $1.offset }
    #expect(weights == count && settled.count == count && settled.base.isEmpty && settled.block.isEmpty)
    let kept = settled.levels.reduce(0) { $0 + $1.count }
    #expect(kept <= KLLSketch.capacity(k: sketch.k, levels: settled.levels.count))
    for level in settled.levels { #expect(level == level.sorted()) }
  }

  @Test func fewValuesAreExact() throws {
    for count in [1, 2, 15, 16, 127, 128, 129, 200, 511] {
      let values = SketchData.numbers("integers", count, seed: UInt64(count))
      let sketch = sketch(values)
      #expect(sketch.isExact && sketch.normalizedRankError == 0)
      #expect(try worstError(sketch, values) == 0)
      let sorted = values.sorted()
      for index in 0..<count {
        let rank = (Double(index) + 0.5) / Double(count)
        #expect(sketch.quantile(at: rank) == sorted[index])
      }
      check(sketch, count)
    }
  }

  @Test(arguments: SketchData.names)
  func ranksAreWithinTheBound(name: String) throws {
    for count in [600, 3000, 12_000, 50_000, 250_000] {
      let values = SketchData.numbers(name, count, seed: UInt64(count))
      let sketch = sketch(values)
      #expect(try worstError(sketch, values) <= sketch.normalizedRankError, "\(count) values, \(name)")
      #expect(sketch.minimum == values.min() && sketch.maximum == values.max())
      check(sketch, count)
    }
  }

  @Test func theErrorIsMostlyFarBelowTheBound() throws {
    for (count, k) in [(5000, 200), (10_000, 200), (40_000, 200), (160_000, 200), (40_000, 50), (60_000, 800)] {
      var errors: [Double] = []
      for trial in 0..<40 {
        let values = SketchData.numbers("uniform", count, seed: UInt64(trial + 100))
        errors.append(try worstError(sketch(values, k: k, seed: UInt64(trial)), values))
      }
      let bound = 2.296 / 200 * 200 / Double(k)
      #expect(errors.reduce(0, +) / 40 < 0.6 * bound, "\(count) values, k \(k)")
      #expect(errors.max() ?? 1 < 1.1 * bound)
    }
  }

  @Test(arguments: SketchData.names)
  func mergingKeepsTheBound(name: String) throws {
    let values = SketchData.numbers(name, 60_000, seed: 3)
    var merged = KLLSketch(seed: 0)
    for (index, part) in SketchData.parts(values, seed: 9, longest: 9000).enumerated() {
      merged.merge(sketch(part, seed: UInt64(index)))
      check(merged, merged.count)
    }
    #expect(merged.count == values.count)
    #expect(try worstError(merged, values) <= merged.normalizedRankError)
    #expect(merged.minimum == values.min() && merged.maximum == values.max())
  }

  /// Chunks of a file are sketched with one seed: shared coins would make every chunk err in the same direction.
  @Test func sketchesOfOneSeedDoNotShareTheirErrors() throws {
    for name in ["integers", "two values", "uniform"] {
      var all: [Double] = []
      var merged = KLLSketch(seed: 0)
      for chunk in 0..<150 {
        let values = SketchData.numbers(name, 3000, seed: UInt64(chunk))
        var sketch = KLLSketch(seed: 0)
        sketch.update(Numbers(values))
        merged.merge(sketch)
        all += values
      }
      #expect(try worstError(merged, all) < 0.7 * merged.normalizedRankError, "\(name)")
    }
  }

  private func merged(chunks sizes: [Int], name: String) -> (sketch: KLLSketch, values: [Double]) {
    var (merged, all) = (KLLSketch(), [Double]())
    for (chunk, size) in sizes.enumerated() {
      let values = SketchData.numbers(name, size, seed: UInt64(chunk))
      var sketch = KLLSketch()
      for batch in Numbers.batches(values, seed: 1) { sketch.update(batch, chunk: chunk) }
      merged.merge(sketch)
      all += values
    }
    return (merged, all)
  }

  /// A chunk is thinned as its place in the table allows, and the bound stays that of k.
  @Test(arguments: ["uniform", "integers", "two values"])
  func chunksThatAreAlikeKeepTheBound(name: String) throws {
    let (sketch, values) = merged(chunks: [Int](repeating: 5000, count: 120), name: name)
    check(sketch, values.count)
    #expect(sketch.thinned > 0)
    let image = try KLLSketch(serialized: sketch.serialized())
    #expect(image.normalizedRankError == sketch.normalizedRankError)
    #expect(sketch.statedK == 200)
    #expect(try worstError(sketch, values) <= sketch.normalizedRankError)
  }

  /// Where a chunk has far more values than those before it, it was thinned too much; then the error says so.
  @Test func chunksThatAreNotAlikeSayWhatItCost() throws {
    let (sketch, values) = merged(chunks: [Int](repeating: 10, count: 400) + [60_000], name: "uniform")
    let usual = KLLSketch.rankError(k: 200)
    #expect(sketch.statedK < 200 && sketch.normalizedRankError > usual)
    let error = try worstError(sketch, values)
    #expect(error <= sketch.normalizedRankError)
    let image = try KLLSketch(serialized: sketch.serialized())
    #expect(image.normalizedRankError >= 0.99 * sketch.normalizedRankError)
  }

  @Test func sketchesOfAllSizesMerge() throws {
    let sizes = [0, 1, 100, 700, 15_000, 60_000, 200_000]
    for first in sizes {
      for second in sizes {
        let (one, other) = (
          SketchData.numbers("normal", first, seed: 1), SketchData.numbers("uniform", second, seed: 2)
        )
        var merged = sketch(one, seed: 1)
        merged.merge(sketch(other, k: 100, seed: 2))
        check(merged, first + second)
        if first + second > 0 { #expect(try worstError(merged, one + other) <= merged.normalizedRankError) }
        #expect(merged.leastK == (second >= 700 ? 100 : 200))
      }
    }
  }

  @Test func equalInputsMakeEqualSketches() {
    let values = SketchData.numbers("normal", 70_000)
    #expect(sketch(values) == sketch(values))
    #expect(sketch(values).serialized() == sketch(values).serialized())
    #expect(sketch(values, seed: 6).serialized() != sketch(values, seed: 5).serialized())
  }

  @Test func nothingHasNoQuantiles() {
    let sketch = sketch([.nan, .nan])
    #expect(sketch.isEmpty && sketch.minimum == nil && sketch.quantile(at: 0.5) == nil && sketch.rank(of: 1) == nil)
    #expect(sketch.bounds(ofQuantileAt: 0.5) == nil)
  }

  @Test func theErrorsAreThoseOfTheOriginal() {
    let values = SketchData.numbers("uniform", 5000)
    #expect(abs(sketch(values).normalizedRankError - 0.013294757464848584) < 1e-12)
    #expect(abs(sketch(values).normalizedRankErrorOfDifference - 0.01651561908528982) < 1e-12)
    #expect(abs(sketch(values, k: 1000).normalizedRankError - 0.0027801733995191495) < 1e-12)
  }

  @Test func quantileBoundsHoldTheTruth() throws {
    let values = SketchData.numbers("normal", 30_000)
    let sorted = values.sorted()
    for rank in [0.01, 0.25, 0.5, 0.9, 0.99] {
      let bounds = try #require(sketch(values).bounds(ofQuantileAt: rank))
      #expect(bounds.contains(sorted[Int(rank * 30_000)]))
    }
  }

  // Images by the format's description: nothing, 1.5, then 1.5 and 2.5.
  private let empty = hex("02 01 0f 03 c800 08 00")
  private let single = hex("02 02 0f 06 c800 08 00  000000000000f83f")
  private let two = hex(
    "05 01 0f 02 c800 08 00  0200000000000000 c800 01 00 c6000000"
      + "000000000000f83f 0000000000000440 000000000000f83f 0000000000000440")

  @Test func imagesOfFewValues() throws {
    #expect(sketch([]).serialized() == empty)
    #expect(sketch([1.5]).serialized() == single)
    #expect(sketch([2.5, 1.5]).serialized() == two)
    #expect(try KLLSketch(serialized: empty).isEmpty)
    #expect(try KLLSketch(serialized: single).quantile(at: 0.5) == 1.5)
    #expect(try KLLSketch(serialized: two).quantile(at: 0.5) == 1.5)
    #expect(try KLLSketch(serialized: two).maximum == 2.5)
  }

  @Test(arguments: [2, 200, 600, 9000, 300_000])
  func imagesGoThereAndBack(count: Int) throws {
    let values = SketchData.numbers("normal", count)
    let original = sketch(values)
    let image = original.serialized()
    let back = try KLLSketch(serialized: image)
    #expect(back.serialized() == image)
    #expect(back.count == count && back.minimum == original.minimum)
    #expect(try worstError(back, values) <= max(back.normalizedRankError, 0))
    var more = back
    more.update(Numbers(values))
    check(more, 2 * count)
  }

  @Test(arguments: [1, 3, 2000])
  func brokenImagesAreRefusedOrRead(count: Int) {
    let image = sketch(SketchData.numbers("normal", count)).serialized()
    for bytes in SketchData.broken(image, seed: UInt64(count)) {
      guard var read = try? KLLSketch(serialized: bytes) else { continue }
      read.merge(sketch([1, 2, 3]))
      #expect(!read.serialized().isEmpty && read.quantiles(at: [0, 0.5, 1]).count == 3)
    }
    #expect(throws: ScanError.self) { try KLLSketch(serialized: Array(image.dropLast())) }
  }

  @Test func weightsThatNoCountCanHoldAreRefused() {
    // 16 values of level 59 and 9 of level 60 stand for more than 2^64.
    var image = ImageWriter()
    image.append(contentsOf: hex("05 01 0f 02 c800 08 00 0200000000000000 c800 3d 00"))
    let end = KLLSketch.capacity(k: 200, levels: 61)
    for _ in 0..<60 { image.append(UInt32(end - 25)) }
    image.append(UInt32(end - 9))
    for _ in 0..<27 { image.append(1.0) }
    #expect(throws: ScanError.self) { try KLLSketch(serialized: image.bytes) }
  }
}

@Suite struct SortingNetworkTests {
  @Test(arguments: VectorLevel.allCases)
  func sortsEveryLength(level: VectorLevel) {
    for count in Array(0...300) + [384, 500, 511, 512, 513, 640, 1000, 5000] {
      for name in ["uniform", "two values", "sorted", "reversed", "with infinities"] {
        let values = SketchData.numbers(name, count, seed: UInt64(count))
        var sorted = values
        level.run { SortingNetwork.sort(&sorted) }
        #expect(sorted == values.sorted(), "\(count) values, \(name)")
      }
    }
  }

  /// Zeros are equal, and each keeps its sign.
  @Test(arguments: VectorLevel.allCases)
  func sortingLosesNoSign(level: VectorLevel) {
    var values = (0..<600).map { $0 % 3 == 0 ? -0.0 : 0.0 }
    level.run { SortingNetwork.sort(&values) }
    #expect(values.count { $0.sign == .minus } == 200)
  }

  @Test func mergesEveryTwoRuns() {
    for (first, second) in [(0, 0), (0, 3), (4, 0), (1, 1), (7, 300), (512, 512), (513, 90)] {
      for name in ["uniform", "two values", "with infinities"] {
        let one = SketchData.numbers(name, first, seed: 5).sorted()
        let other = SketchData.numbers(name, second, seed: 6).sorted()
        #expect(SortingNetwork.merge(one, other) == (one + other).sorted())
      }
    }
  }

  @Test(arguments: VectorLevel.allCases)
  func thinningTakesEveryStrideOfEachGroup(level: VectorLevel) {
    var generator = SeededGenerator(seed: 4)
    for stride in [2, 4, 8, 16, 32, 64] {
      for _ in 0..<100 {
        let values = (0..<512).map { _ in Double(generator.next() % 1000) }
        let draws = generator.next()
        var kept: [Double] = []
        level.run { SortingNetwork.thin(values[...], stride: stride, draws: draws, into: &kept) }
        var expected: [Double] = []
        for lane in 0..<8 {
          // One of all is any of them, so that nothing has to be sorted.
          let values = (0..<64).map { values[$0 * 8 + lane] }
          let group = stride == 64 ? values : values.sorted()
          let offset = Int(draws >> UInt64(8 * lane) & 0xff) % stride
          expected += Swift.stride(from: offset, to: 64, by: stride).map { group[$0] }
        }
        #expect(kept == expected)
      }
    }
  }
}
