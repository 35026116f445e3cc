import TestSupport
import Testing

@testable import Scan

@Suite struct HyperLogLogTests {
  private func sketch(_ range: Range<Int>, lgK: Int = 12) -> HyperLogLog {
    var sketch = HyperLogLog(lgK: lgK)
    sketch.update(range.map { Murmur3.hash(UInt64($0)) })
    return sketch
  }

  @Test(arguments: [4, 7, 8, 10, 12, 14])
  func theEstimateIsWithinItsBounds(lgK: Int) {
    for count in [0, 1, 7, 8, 9, 100, 383, 384, 385, 386, 1000, 3000, 10_000, 50_000, 200_000] {
      let sketch = sketch(count * 3..<count * 4, lgK: lgK)
      // Four standard errors: one chance in ten thousand, and the values are the same in every run.
      let bounds = sketch.bounds(standardErrors: 4)
      #expect(bounds.contains(Double(count)) || count == 0, "\(count) in \(bounds) for 2^\(lgK)")
      #expect(sketch.isEmpty == (count == 0))
      #expect(bounds.contains(sketch.estimate))
    }
  }

  @Test func smallCountsAreExactToThousandths() {
    for count in 0...384 { #expect(abs(sketch(0..<count).estimate - Double(count)) < 0.001) }
  }

  @Test func neitherOrderNorRepetitionMatters() {
    for count in [5, 300, 5000] {
      var backwards = HyperLogLog()
      for value in (0..<count).reversed() { backwards.update(Murmur3.hash(UInt64(value))) }
      for value in 0..<count { backwards.update(Murmur3.hash(UInt64(value))) }
      let forwards = sketch(0..<count)
      #expect(backwards.registers == forwards.registers)
      #expect(backwards.sortedCoupons == forwards.sortedCoupons)
      #expect(backwards.inverseSum == forwards.inverseSum)
    }
  }

  /// Many at once, of which few raise a register, with the history of each; those of no value are left out.
  @Test(arguments: [4, 8, 12])
  func manyHashesAreTakenInAsEach(lgK: Int) {
    var dice = SeededGenerator(seed: UInt64(lgK))
    var (all, each) = (HyperLogLog(lgK: lgK), HyperLogLog(lgK: lgK))
    for count in [1, 400, 3000, 20_000] {
      let hashes = (0..<count).map { row -> Murmur3.Hash in
        if row % 7 == 3 { return Murmur3.Hash(0, 0) }
        let second = row % 50 == 1 ? UInt64(row % 5) : dice.next()
        return Murmur3.Hash(dice.next(), second)
      }
      all.update(hashes)
      for hash in hashes where hash != Murmur3.Hash(0, 0) { each.update(hash) }
      #expect(all == each && all.inverseSum == each.inverseSum)
    }
  }

  /// A sketch without a history has the same registers, and the estimate that a merged one has.
  @Test func aForgottenHistoryChangesNoRegister() {
    for count in [0, 5, 383, 384, 385, 5000, 40_000] {
      let hashes = (0..<count).map { $0 % 7 == 3 ? Murmur3.Hash(0, 0) : Murmur3.hash(UInt64($0)) }
      var (kept, forgotten, late) = (HyperLogLog(), HyperLogLog(), HyperLogLog())
      forgotten.forgetHistory()
      kept.update(hashes)
      forgotten.update(hashes)
      late.update(Array(hashes.prefix(count / 2)))
      late.forgetHistory()
      late.update(Array(hashes.dropFirst(count / 2)))
      for sketch in [forgotten, late] {
        #expect(sketch.registers == kept.registers && sketch.sortedCoupons == kept.sortedCoupons)
        #expect(sketch.hasHistory == kept.registers.isEmpty)
      }
      var merged = kept
      merged.merge(kept)
      #expect(forgotten.estimate == merged.estimate)
    }
  }

  @Test func mergingIsExactInTheRegisters() {
    let cuts = [0, 1, 7, 100, 384, 385, 2000, 30_000]
    for first in cuts {
      for second in cuts {
        let whole = sketch(0..<first + second)
        var merged = sketch(0..<first)
        merged.merge(sketch(first..<first + second))
        var swapped = sketch(first..<first + second)
        swapped.merge(sketch(0..<first))
        #expect(merged.registers == whole.registers && swapped.registers == whole.registers)
        #expect(merged.sortedCoupons == whole.sortedCoupons && swapped.sortedCoupons == whole.sortedCoupons)
        #expect(merged.bounds(standardErrors: 4).contains(Double(first + second)) || first + second == 0)
      }
    }
  }

  @Test func theSmallerSizeDecides() {
    for count in [5, 200, 390, 40_000] {
      var merged = sketch(0..<count, lgK: 12)
      merged.merge(sketch(count..<2 * count, lgK: 9))
      var swapped = sketch(0..<count, lgK: 9)
      swapped.merge(sketch(count..<2 * count, lgK: 12))
      #expect(merged.lgK == 9 && swapped.lgK == 9)
      #expect(merged.registers == sketch(0..<2 * count, lgK: 9).registers)
      #expect(swapped.registers == merged.registers)
    }
  }

  @Test func manyMergedPartsStayWithinBounds() {
    for count in [1000, 20_000, 300_000] {
      var merged = HyperLogLog()
      for start in stride(from: 0, to: count, by: count / 20) { merged.merge(sketch(start..<start + count / 20)) }
      #expect(merged.bounds(standardErrors: 3).contains(Double(count)))
    }
  }

  @Test func textsNumbersAndNullsAreTakenInOnce() {
    let column = TextColumn(bytes: Array("xyyx".utf8), starts: [0, 1, 0, 2, 3, 0], ends: [1, 2, 0, 3, 4, -1])
    let texts = CountedTexts(column)
    var sketch = HyperLogLog()
    sketch.update(texts, Murmur3.hashes(texts))
    // `x`, `y` and the empty text, which DataSketches would leave out.
    #expect(sketch.couponCount == 3)
    let words = CountedTexts(CountedWords(Column<Int64>(values: [0, 5, 5, 9], states: [1, 1, 1, 0])))
    var numbers = HyperLogLog()
    numbers.update(words, Murmur3.hashes(words))
    var expected = HyperLogLog()
    for number: UInt64 in [0, 5] { expected.update(Murmur3.hash(number)) }
    #expect(numbers == expected)
  }

  // Images by the format's description: preamble, then coupons of the integers 1 and 2.
  private let empty = hex("02 01 07 0c 03 0c 00 08")
  private let two = hex("02 01 07 0c 03 08 02 08  2bf2fb06 862ff90d")
  private let updatableTwo = hex("02 01 07 0c 03 00 02 08  2bf2fb06 862ff90d" + String(repeating: "00", count: 24))

  @Test func imagesOfFewValues() throws {
    #expect(HyperLogLog().serialized() == empty)
    #expect(try HyperLogLog(serialized: empty).isEmpty)
    #expect(sketch(1..<3).serialized() == two)
    #expect(try HyperLogLog(serialized: two).sortedCoupons == sketch(1..<3).sortedCoupons)
    #expect(try HyperLogLog(serialized: updatableTwo).sortedCoupons == sketch(1..<3).sortedCoupons)
  }

  @Test func registersOfFourAndSixBits() throws {
    // 16 registers: eight times 1 and 2, but for four bits counted from 1 and with one exception, 20 at slot 3.
    let header = "10 00 00 00"
    let doubles = String(repeating: "00", count: 24)
    let four = hex(
      "0a 01 07 04 02 18 01 02" + doubles + header + "01000000" + "10 f0 10 10 10 10 10 10" + "03000050")
    let fromFour = try HyperLogLog(serialized: four)
    #expect(fromFour.registers == [1, 2, 1, 20] + [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    // 000001, 000010 from the lowest bit on: three bytes for four registers.
    let six = hex("0a 01 07 04 00 18 00 06" + doubles + header + "00000000" + "811008 811008 811008 811008 00")
    #expect(try HyperLogLog(serialized: six).registers == [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    #expect(try HyperLogLog(serialized: six).hip == nil)
  }

  @Test(arguments: [0, 1, 7, 8, 50, 384, 385, 5000])
  func imagesGoThereAndBack(count: Int) throws {
    let original = sketch(0..<count)
    let image = original.serialized()
    let back = try HyperLogLog(serialized: image)
    #expect(back.serialized() == image)
    #expect(back.estimate == original.estimate)
    var merged = original
    merged.merge(sketch(count..<2 * count + 6000))
    let again = try HyperLogLog(serialized: merged.serialized())
    #expect(again.estimate == merged.estimate && again.serialized() == merged.serialized())
  }

  @Test(arguments: [1, 100, 4000])
  func brokenImagesAreRefusedOrRead(count: Int) {
    let image = sketch(0..<count).serialized()
    for bytes in SketchData.broken(image, seed: UInt64(count)) {
      guard let read = try? HyperLogLog(serialized: bytes) else { continue }
      #expect(bytes.count >= 8 && !read.serialized().isEmpty)
      #expect(read.estimate >= 0)
    }
    #expect(throws: ScanError.self) { try HyperLogLog(serialized: Array(image.dropLast())) }
  }
}
