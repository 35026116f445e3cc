import Testing

@testable import Scan

@Suite struct HistogramTests {
  private func histogram(_ values: [Double]) -> Histogram {
    var histogram = Histogram()
    for batch in Numbers.batches(values, seed: 3) { histogram.update(batch) }
    return histogram
  }

  @Test(arguments: SketchData.names)
  func everyValueIsInItsBucket(name: String) {
    let values = SketchData.numbers(name, 5000)
    let histogram = histogram(values)
    let finite = values.filter { $0.isFinite }
    #expect(histogram.count == finite.count && histogram.infinityCount == values.count - finite.count)
    #expect(histogram.zeroCount == values.count { $0 == 0 })
    #expect(histogram.minimum == finite.min() && histogram.maximum == finite.max())
    let buckets = histogram.buckets
    for bucket in buckets where bucket.lower != 0 || bucket.upper != 0 {
      let inside = finite.count { value in
        value > 0 ? bucket.lower <= value && value < bucket.upper : bucket.lower < value && value <= bucket.upper
      }
      // The bucket next to zero has no zero, which has one of its own.
      let zeros = bucket.lower == 0 || bucket.upper == 0 ? finite.count { $0 == 0 } : 0
      #expect(bucket.count == inside - (bucket.upper == 0 ? zeros : 0))
      let near = min(bucket.lower.magnitude, bucket.upper.magnitude)
      if near >= .leastNormalMagnitude { #expect(bucket.upper - bucket.lower <= near * 0.125) }
    }
    #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0.upper <= $1.lower })
  }

  @Test(arguments: SketchData.names)
  func mergingIsExact(name: String) {
    let values = SketchData.numbers(name, 20_000)
    var (merged, backwards) = (Histogram(), Histogram())
    let parts = SketchData.parts(values, seed: 6)
    for part in parts { merged.merge(histogram(part)) }
    for part in parts.reversed() { backwards.merge(histogram(part)) }
    #expect(merged == histogram(values) && backwards == merged)
  }

  @Test(arguments: SketchData.names)
  func rebinningKeepsTheMass(name: String) {
    let histogram = histogram(SketchData.numbers(name, 5000))
    for bins in [1, 2, 8, 50] {
      let rebinned = histogram.rebinned(into: bins)
      #expect(rebinned.count == bins && rebinned.allSatisfy { $0 >= 0 })
      #expect(abs(rebinned.reduce(0, +) - Double(histogram.count)) < 1e-6)
    }
  }

  @Test func rebinningFollowsTheValues() {
    let bins = histogram((0..<10_000).map { Double($0) }).rebinned(into: 10)
    #expect(bins.allSatisfy { abs($0 - 1000) < 80 })
    #expect(histogram([-4, 0, 0, 4]).rebinned(into: 3) == [1, 2, 1])
    #expect(histogram([7, 7]).rebinned(into: 4) == [2, 0, 0, 0])
    #expect(histogram([]).rebinned(into: 2) == [0, 0])
    #expect(histogram([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]).rebinned(into: 2) == [1, 1])
  }

  @Test func knownBuckets() {
    #expect(
      histogram([1, 1.1, 1.125, -3, 0, -0.0]).buckets == [
        Histogram.Bucket(lower: -3.25, upper: -3, count: 1), Histogram.Bucket(lower: 0, upper: 0, count: 2),
        Histogram.Bucket(lower: 1, upper: 1.125, count: 2), Histogram.Bucket(lower: 1.125, upper: 1.25, count: 1),
      ])
  }
}

@Suite struct NumbersTests {
  @Test func whatIsNoNumberIsLeftOut() {
    let column = Column<Double>(values: [1, .nan, .infinity, 4, .nan, -2], states: [1, 1, 1, 2, 0, 1])
    let numbers = Numbers(column)
    #expect(numbers.values == [1, .infinity, -2] && numbers.nanCount == 1 && numbers.infinityCount == 1)
    #expect(numbers.finite.values == [1, -2])
    #expect(Numbers(Column<Double>()).values.isEmpty)
    #expect(Numbers([.nan]).values.isEmpty)
  }

  @Test func integersBecomeDoubles() {
    let column = Column<Int64>(values: [1, -1, 7], states: [1, 1, 0])
    let words = CountedWords(column)
    #expect(Numbers(integers: words).values == [1, -1])
    #expect(Numbers(integers: words, isSigned: false).values == [1, 0x1p64])
  }

  @Test func countsSayWhatTheRowsWouldHaveSaid() {
    let numbers = Numbers(
      Column(values: [1, .nan, -.infinity, 4, 5], states: [1, 1, 1, 1, 2]), counts: [3, 2, 4, 0, 7])
    #expect(numbers.values == [1, -.infinity] && numbers.counts == [3, 4])
    #expect(numbers.nanCount == 2 && numbers.infinityCount == 4 && numbers.rowCount == 7)
    #expect(numbers.finite.values == [1] && numbers.finite.counts == [3])
  }
}
