import Statistics
import TestSupport
import Testing

@testable import EndpointChecks

/// The counters of durations, against the sorted values.
@Suite struct LatencyHistogramTests {
  private func histogram(_ values: [Int64]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for value in values { histogram.record(value) }
    return histogram
  }

  /// Durations of every size from a microsecond to a day.
  private func durations(_ count: Int, seed: UInt64) -> [Int64] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      Int64.random(in: 1000...2000, using: &generator) << Int64.random(in: 0...35, using: &generator)
    }
  }

  @Test func ranksAreThoseOfTheSortedValues() {
    let values = durations(10_000, seed: 1)
    let sorted = values.sorted()
    let found = histogram(values)
    for rank in [1, 2, 17, 500, 5000, 9900, 9999, 10_000] {
      let range = found.value(atRank: rank)
      #expect(range?.contains(sorted[rank - 1]) == true, "rank \(rank)")
      if let range { #expect(range.upperBound - range.lowerBound <= max(512, range.upperBound / 1000)) }
    }
    #expect(found.value(atRank: 0) == nil)
    #expect(found.value(atRank: 10_001) == nil)
    #expect((found.minimum, found.maximum) == (sorted.first, sorted.last))
  }

  @Test func meanAndSpreadAreThoseOfTheValues() throws {
    let values = durations(5000, seed: 2)
    let mean = values.map(Double.init).reduce(0, +) / 5000
    let variance = values.map { (Double($0) - mean) * (Double($0) - mean) }.reduce(0, +) / 4999
    let found = histogram(values)
    #expect(abs(try #require(found.mean) / mean - 1) < 1e-12)
    #expect(abs(try #require(found.standardDeviation) / variance.squareRoot() - 1) < 1e-3)
  }

  @Test func mergingIsRecordingBoth() {
    let (first, second) = (durations(1000, seed: 3), durations(700, seed: 4))
    var merged = histogram(first)
    merged.merge(histogram(second))
    let whole = histogram(first + second)
    #expect(merged.counts == whole.counts)
    #expect((merged.minimum, merged.maximum, merged.count) == (whole.minimum, whole.maximum, whole.count))
    var empty = LatencyHistogram()
    empty.merge(whole)
    #expect(empty.counts == whole.counts)
    #expect(empty.maximum == whole.maximum)
  }

  /// The example of HdrHistogram's documentation: counters of two digits more than the unit below 2^11 units.
  @Test func countersStandForTheRangesOfHdrHistogram() {
    #expect(histogram([1_000_000]).value(atRank: 1) == 1_000_000...1_000_000)
    let found = histogram([999_000, 1_000_000_000, 2_000_000_000])
    let range = found.value(atRank: 2)
    #expect(range?.contains(1_000_000_000) == true)
    // A thousand million is between 2^19 and 2^20 units of a thousand, so its counter is 2^19 wide.
    #expect(range.map { $0.upperBound - $0.lowerBound + 1 } == 1 << 19)
  }

  @Test func nothingIsLost() {
    let found = histogram([-5, 0, 1, Int64.max, 86_400_000_000_000])
    #expect(found.count == 5)
    #expect(found.counts.reduce(0, +) == 5)
    #expect((found.minimum, found.maximum) == (0, 86_400_000_000_000))
    #expect(found.count(upTo: -1) == 0)
    #expect(found.count(upTo: 1000) == 3)
    #expect(found.count(upTo: .max) == 5)
  }

  @Test func nothingRecordedHasNoQuantile() {
    let found = LatencyHistogram()
    #expect(found.quantile(0.5) == nil)
    #expect(found.mean == nil)
    #expect(found.maximum == nil)
  }

  @Test func barsCoverEveryValueOnce() {
    let found = histogram(durations(3000, seed: 5))
    for count in [1, 2, 7, 40] {
      let bars = LatencyBars(found, bars: count).bars
      #expect(bars.count == count)
      #expect(bars.map(\.count).reduce(0, +) == 3000)
      #expect(zip(bars, bars.dropFirst()).allSatisfy { abs($0.to / $1.from - 1) < 1e-9 })
    }
    #expect(LatencyBars(histogram([5000, 5000]), bars: 10).bars.map(\.count) == [2])
    #expect(LatencyBars(LatencyHistogram(), bars: 10).bars.isEmpty)
  }
}
