import TestSupport
import Testing

@testable import Scan

@Suite struct QuantileSketchTests {
  private static func sketch(_ values: [Double], batches: Int = 10) -> QuantileSketch {
    var sketch = QuantileSketch.Specification("a").empty
    let size = max(1, values.count / batches)
    for (number, start) in stride(from: 0, to: values.count, by: size).enumerated() {
      let part = Array(values[start..<min(start + size, values.count)])
      var batch = Batch()
      batch.chunk = number
      batch.add(
        Field("a", .float(bits: 64)), .numbers(Column(values: part, states: part.map { _ in 1 })), at: 0)
      sketch.update(batch)
    }
    return sketch
  }

  private static func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    return sorted[QuantileSketch.rank(of: share, in: sorted.count) - 1]
  }

  private static let shares = [0, 0.01, 0.25, 0.5, 0.7, 0.99, 1]

  @Test func manyRowsOfFewValuesAreExact() throws {
    var dice = SeededGenerator(seed: 3)
    let values = (0..<60_000).map { _ in Double(Int.random(in: 0..<200, using: &dice)) / 8 }
    var whole = Self.sketch(values)
    #expect(whole.isExact && whole.counts.evaluated == values.count)
    for share in Self.shares {
      let quantile = Self.quantile(values, share)
      #expect(whole.estimate(at: share) == quantile && whole.interval(at: share) == quantile...quantile)
    }
    // Merged with others of few values it stays so, and no longer when there are too many.
    let others = (0..<30_000).map { _ in Double(Int.random(in: 1000..<1200, using: &dice)) }
    whole.merge(Self.sketch(others))
    #expect(whole.isExact && whole.estimate(at: 0.9) == Self.quantile(values + others, 0.9))
  }

  /// The different values become too many in a batch, from batch to batch, or in a merge.
  @Test(arguments: [(1, 100), (20, 100), (50, 500)])
  func manyDifferentValuesKeepTheBound(rowsOfEach: Int, batches: Int) throws {
    let one = (0..<40_000).map { Double($0 / rowsOfEach) }
    let other = one.map { $0 / 2 + 0.25 }
    var sketch = Self.sketch(one, batches: batches)
    sketch.merge(Self.sketch(other, batches: batches))
    let all = one + other
    #expect(!sketch.isExact && sketch.counts.evaluated == all.count)
    for share in Self.shares {
      let interval = try #require(sketch.interval(at: share))
      #expect(interval.contains(Self.quantile(all, share)))
      #expect(all.count { interval.contains($0) } < all.count / 20)
    }
  }
}
