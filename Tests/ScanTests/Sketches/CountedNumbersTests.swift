import Testing

@testable import Scan

/// Numbers with counts beside the same numbers row by row.
@Suite struct CountedNumbersTests {
  private struct Both {
    let rows: Numbers
    let counted: Numbers

    init(_ name: String, distinct: Int, rows count: Int) {
      let different = SketchData.numbers(name, distinct, seed: 1)
      let values = (0..<count).map { different[$0 * $0 % distinct] }
      rows = Numbers(values)
      counted = rows.counted(CountedWords(rows.values.map(\.bitPattern)))
    }
  }

  @Test(arguments: SketchData.names)
  func summariesAgree(name: String) throws {
    let both = Both(name, distinct: 200, rows: 30_000)
    #expect(both.counted.counts != nil && both.counted.rowCount == both.rows.rowCount)
    var (rows, counted) = (Moments(), Moments())
    rows.update(both.rows)
    counted.update(both.counted)
    #expect(counted.count == rows.count && counted.zeroCount == rows.zeroCount)
    #expect(counted.negativeCount == rows.negativeCount)
    #expect(counted.positiveInfinityCount == rows.positiveInfinityCount)
    #expect(counted.minimum == rows.minimum && counted.maximum == rows.maximum)
    func near(_ one: Double?, _ other: Double?, _ scale: Double = 0) -> Bool {
      guard let one, let other else { return one == nil && other == nil }
      return abs(one - other) <= 1e-9 * max(abs(one), scale)
    }
    #expect(near(counted.sum, rows.sum, (rows.standardDeviation ?? 0) * 30_000))
    #expect(near(counted.variance, rows.variance))
    #expect(near(counted.skewness, rows.skewness, 1) && near(counted.kurtosis, rows.kurtosis, 1))
    var (plain, weighted) = (Histogram(), Histogram())
    plain.update(both.rows)
    weighted.update(both.counted)
    #expect(weighted == plain)
  }

  @Test(arguments: ["uniform", "integers", "two values", "signed zeros"], [300, 511, 700, 30_000])
  func quantilesKeepTheBound(name: String, count: Int) throws {
    let both = Both(name, distinct: 100, rows: count)
    var sketch = KLLSketch()
    for _ in 0..<5 { sketch.update(both.counted) }
    #expect(sketch.count == 5 * count)
    let sorted = both.rows.values.sorted()
    for percent in 0...100 {
      let value = sorted[min(count - 1, percent * count / 100)]
      let truth = Double(sorted.count { $0 <= value }) / Double(count)
      #expect(abs(try #require(sketch.rank(of: value)) - truth) <= sketch.normalizedRankError)
    }
    let settled = sketch.settled()
    #expect(settled.levels.enumerated().reduce(0) { $0 + $1.element.count << $1.offset } == 5 * count)
    #expect(try KLLSketch(serialized: settled.serialized()).quantile(at: 0.5) == sketch.quantile(at: 0.5))
  }

  @Test func fewCountedValuesStayExact() {
    var sketch = KLLSketch()
    sketch.update(Numbers([3, 1, 2], counts: [100, 200, 50]))
    #expect(sketch.isExact && sketch.count == 350)
    #expect(sketch.quantile(at: 0.5) == 1 && sketch.quantile(at: 0.6) == 2 && sketch.quantile(at: 0.9) == 3)
  }
}
