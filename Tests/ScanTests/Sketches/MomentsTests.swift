import Testing

@testable import Scan

@Suite struct MomentsTests {
  /// The moments by the definition, in one go, with every sum compensated (Neumaier 1974).
  private struct Definition {
    var count: Double
    var sum: Double
    var mean: Double
    var m2: Double
    var m3: Double
    var m4: Double

    init(_ values: [Double]) {
      func sum(_ terms: some Sequence<Double>) -> Double {
        var (sum, rest) = (0.0, 0.0)
        for term in terms {
          let next = sum + term
          rest += sum.magnitude >= term.magnitude ? (sum - next) + term : (term - next) + sum
          sum = next
        }
        return sum + rest
      }
      let finite = values.filter { $0.isFinite }
      let total = sum(finite)
      let mean = total / Double(finite.count)
      count = Double(finite.count)
      self.sum = total
      self.mean = mean
      m2 = sum(finite.lazy.map { ($0 - mean) * ($0 - mean) })
      m3 = sum(finite.lazy.map { ($0 - mean) * ($0 - mean) * ($0 - mean) })
      m4 = sum(finite.lazy.map { ($0 - mean) * ($0 - mean) * ($0 - mean) * ($0 - mean) })
    }
  }

  private func near(_ value: Double?, _ expected: Double, within tolerance: Double, scale: Double = 0) -> Bool {
    guard let value else { return false }
    return abs(value - expected) <= tolerance * max(abs(expected), scale)
  }

  private func check(_ moments: Moments, _ values: [Double], _ comment: Comment) {
    let truth = Definition(values)
    let finite = values.filter { $0.isFinite }
    #expect(moments.count == finite.count, comment)
    #expect(moments.minimum == finite.min() && moments.maximum == finite.max(), comment)
    #expect(moments.nanCount == values.count { $0.isNaN })
    #expect(moments.positiveInfinityCount == values.count { $0 == .infinity })
    #expect(moments.negativeInfinityCount == values.count { $0 == -.infinity })
    #expect(moments.zeroCount == values.count { $0 == 0 })
    #expect(moments.negativeCount == finite.count { $0 < 0 })
    guard finite.count > 1 else { return }
    let magnitude = finite.reduce(0) { max($0, $1.magnitude) }
    #expect(near(moments.sum, truth.sum, within: 1e-15, scale: magnitude), comment)
    #expect(near(moments.mean, truth.mean, within: 1e-14, scale: magnitude * 1e-3), comment)
    #expect(near(moments.variance, truth.m2 / (truth.count - 1), within: 1e-12), comment)
    if truth.m2 > 0, moments.skewness != nil || truth.m2 > 1e-200 {
      let skewness = truth.count.squareRoot() * truth.m3 / (truth.m2 * truth.m2.squareRoot())
      #expect(near(moments.skewness, skewness, within: 1e-10, scale: 1), comment)
      let kurtosis = truth.count * (truth.m4 / truth.m2 / truth.m2)
      #expect(near(moments.kurtosis, kurtosis, within: 1e-11), comment)
    }
  }

  private func moments(_ values: [Double], seed: UInt64) -> Moments {
    var moments = Moments()
    for batch in Numbers.batches(values, seed: seed) { moments.update(batch) }
    return moments
  }

  @Test(arguments: SketchData.names.filter { $0 != "denormal" })
  func agreesWithTheDefinition(name: String) {
    for count in [0, 1, 2, 7, 8, 9, 100, 4096, 4097, 60_000] {
      let values = SketchData.numbers(name, count, seed: UInt64(count + 1)) + [.nan, .infinity]
      let found = moments(values, seed: 2)
      check(found, values, "\(count) values, \(name)")
      // To the last bit: no machine knows more than another.
      #expect(VectorLevel.base.run { moments(values, seed: 2) } == found)
    }
  }

  @Test(arguments: SketchData.names.filter { $0 != "denormal" })
  func mergingAgreesWithTheDefinition(name: String) {
    let values = SketchData.numbers(name, 50_000, seed: 3)
    var merged = Moments()
    for (index, part) in SketchData.parts(values, seed: 4, longest: 12_000).enumerated() {
      merged.merge(moments(part, seed: UInt64(index)))
    }
    check(merged, values, "merged, \(name)")
  }

  @Test func aLargeOffsetCostsLittleAccuracy() {
    // The offset is added exactly, so that the moments about the mean stay those of the small numbers.
    let small = SketchData.numbers("integers", 20_000)
    let truth = Definition(small)
    let found = moments(small.map { $0 + 1e9 }, seed: 1)
    #expect(found.sum == truth.sum + 2e13)
    #expect(near(found.variance, truth.m2 / (truth.count - 1), within: 1e-11))
    #expect(near(found.kurtosis, truth.count * truth.m4 / (truth.m2 * truth.m2), within: 1e-9))
  }

  @Test func knownValues() throws {
    let moments = moments([2, 4, 4, 4, 5, 5, 7, 9], seed: 1)
    #expect(moments.mean == 5 && moments.sum == 40)
    #expect(try abs(#require(moments.variance) - 32 / 7) < 1e-15)
    #expect(try abs(#require(moments.skewness) - 0.65625) < 1e-15)
    #expect(try abs(#require(moments.kurtosis) - 2.78125) < 1e-15)
  }

  @Test func extremesDoNotTrap() {
    let huge = moments([.greatestFiniteMagnitude, .greatestFiniteMagnitude], seed: 1)
    #expect(huge.sum == .infinity && huge.mean == .greatestFiniteMagnitude)
    let tiny = moments(SketchData.numbers("denormal", 1000), seed: 1)
    #expect(tiny.minimum ?? -1 >= 0 && tiny.mean ?? 1 < 0x1p-1030)
    let same = moments([Double](repeating: 0.1, count: 1000), seed: 1)
    #expect(same.variance ?? 1 < 1e-30)
    #expect(moments([], seed: 1).mean == nil && moments([1], seed: 1).variance == nil)
    #expect(moments([5, 5, 5], seed: 1).skewness == nil)
  }

  @Test func equalInputsMakeEqualMoments() {
    let values = SketchData.numbers("normal", 10_000)
    #expect(moments(values, seed: 1) == moments(values, seed: 1))
  }
}

@Suite struct CoMomentsTests {
  private func column(_ values: [Double], nulls: Set<Int> = []) -> Column<Double> {
    Column(values: values, states: values.indices.map { nulls.contains($0) ? 0 : 1 })
  }

  private func correlation(_ xs: [Double], _ ys: [Double]) -> Double {
    let n = Double(xs.count)
    let (meanX, meanY) = (xs.reduce(0, +) / n, ys.reduce(0, +) / n)
    let product = zip(xs, ys).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let squareX = xs.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let squareY = ys.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    return product / (squareX * squareY).squareRoot()
  }

  @Test func agreesWithTheDefinition() throws {
    for count in [2, 3, 4, 5, 100, 4095, 4096, 4097, 30_000] {
      let xs = SketchData.numbers("normal", count, seed: 1)
      let ys = zip(xs, SketchData.numbers("uniform", count, seed: 2)).map { $0 * 0.5 + $1 }
      var whole = CoMoments()
      whole.update(column(xs), column(ys))
      let found = try #require(whole.correlation)
      #expect(abs(found - correlation(xs, ys)) < 1e-12)
      var merged = CoMoments()
      var start = 0
      for part in SketchData.parts(xs, seed: 5) {
        var summary = CoMoments()
        summary.update(column(part), column(Array(ys[start..<start + part.count])))
        merged.merge(summary)
        start += part.count
      }
      #expect(merged.count == count)
      #expect(try abs(#require(merged.correlation) - found) < 1e-12)
      #expect(try abs(#require(merged.covariance) - #require(whole.covariance)) < 1e-12)
    }
  }

  @Test func onlyWholePairsCount() {
    var moments = CoMoments()
    moments.update(column([1, 2, 3, .nan, 5, 6], nulls: [1]), column([2, 0, 6, 8, .infinity, 12], nulls: [5]))
    #expect(moments.count == 2 && moments.meanX == 2 && moments.meanY == 4)
    #expect(moments.covariance == 4 && abs((moments.correlation ?? 0) - 1) < 1e-15)
  }

  @Test func withoutVariationThereIsNoCorrelation() {
    var moments = CoMoments()
    #expect(moments.correlation == nil && moments.covariance == nil && moments.meanX == nil)
    moments.update(column([1, 1, 1]), column([1, 2, 3]))
    #expect(moments.correlation == nil && moments.covariance == 0)
  }
}

/// Values close together and far from zero, whose mean is no double: 10^15 + k/8, of which doubles there are no others.
@Suite struct IllConditionedMomentsTests {
  private static let eighths = (0..<60_000).map { (index: Int) in index * 7919 % 4 + (index % 11 == 0 ? 1 : 0) }
  private static let values = eighths.map { 1e15 + Double($0) / 8 }

  /// By the definition on the exact distances from 10^15.
  private static func expectTruth(_ moments: Moments, _ comment: Comment) throws {
    let distances = eighths.map { Double($0) / 8 }
    let n = Double(distances.count)
    let mean = distances.reduce(0, +) / n
    func power(_ exponent: Int) -> Double {
      distances.reduce(0) { sum, next in sum + (0..<exponent).reduce(1) { product, _ in product * (next - mean) } }
    }
    let (m2, m3, m4) = (power(2), power(3), power(4))
    let expected = [(m2 / (n - 1)).squareRoot(), n.squareRoot() * m3 / (m2 * m2.squareRoot()), n * m4 / (m2 * m2)]
    let found = try [
      #require(moments.standardDeviation), #require(moments.skewness), #require(moments.kurtosis),
    ]
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) <= 1e-11 * max(1, abs(expected)), "\(comment): \(found), \(expected)")
    }
  }

  @Test(arguments: [1, 3, 7, 4096, 9973, 60_000])
  func everyCutGivesTheSame(part: Int) throws {
    var whole = Moments()
    for start in stride(from: 0, to: Self.values.count, by: part) {
      var moments = Moments()
      moments.update(Numbers(Array(Self.values[start..<min(start + part, Self.values.count)])))
      whole.merge(moments)
    }
    try Self.expectTruth(whole, "parts of \(part)")
  }

  @Test func soDoCountedValuesAndASavedSketch() throws {
    let counts = Dictionary(grouping: Self.values) { $0 }.mapValues(\.count).sorted { $0.key < $1.key }
    var counted = Moments()
    counted.update(Numbers(counts.map(\.key), counts: counts.map(\.value)))
    try Self.expectTruth(counted, "counted")
    var half = Moments()
    half.update(Numbers(Array(Self.values[..<25_000])))
    var saved = try Moments(serialized: half.serialized())
    var rest = Moments()
    rest.update(Numbers(Array(Self.values[25_000...])))
    saved.merge(rest)
    try Self.expectTruth(saved, "saved")
  }
}
