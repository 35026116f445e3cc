import TestSupport
import Testing

@testable import Statistics

@Suite struct DeLongTests {
  private static func rows(_ count: Int, seed: UInt64, grid: Double = 1e6) -> (labels: [Bool], scores: [[Double]]) {
    var random = SeededGenerator(seed: seed)
    let labels = (0..<count).map { $0 < 2 || ($0 > 3 && Double.random(in: 0...1, using: &random) < 0.4) }
    let base = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
    let scores = (0..<2).map { _ in
      (0..<count).map { row in
        ((base[row] + Double.random(in: 0...0.7, using: &random) + (labels[row] ? 0.2 : 0)) * grid).rounded() / grid
      }
    }
    return (labels, scores)
  }

  /// The definition: all pairs of a positive and a negative.
  private static func components(_ labels: [Bool], _ scores: [Double]) -> (positives: [Double], negatives: [Double]) {
    let positives = scores.indices.filter { labels[$0] }.map { scores[$0] }
    let negatives = scores.indices.filter { !labels[$0] }.map { scores[$0] }
    func kernel(_ positive: Double, _ negative: Double) -> Double {
      positive > negative ? 1 : positive == negative ? 0.5 : 0
    }
    return (
      positives.map { positive in negatives.map { kernel(positive, $0) }.reduce(0, +) / Double(negatives.count) },
      negatives.map { negative in positives.map { kernel($0, negative) }.reduce(0, +) / Double(positives.count) }
    )
  }

  private static func covariance(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (a, b) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    return zip(x, y).map { ($0 - a) * ($1 - b) }.reduce(0, +) / (n - 1)
  }

  @Test(arguments: [(7, 1e6), (40, 1e6), (40, 4), (301, 10)])
  func agreesWithAllPairs(count: Int, grid: Double) throws {
    let (labels, scores) = Self.rows(count, seed: UInt64(count), grid: grid)
    let delong = try DeLong(labels: labels, scores: scores)
    let parts = scores.map { Self.components(labels, $0) }
    for (model, part) in parts.enumerated() {
      #expect((delong.areas[model] - part.positives.reduce(0, +) / Double(part.positives.count)).magnitude < 1e-12)
      for (other, second) in parts.enumerated() {
        let expected =
          Self.covariance(part.positives, second.positives) / Double(part.positives.count)
          + Self.covariance(part.negatives, second.negatives) / Double(part.negatives.count)
        #expect((try delong.covariance(model, other) - expected).magnitude < 1e-12)
      }
    }
    let variance = try delong.covariance(0, 0) + delong.covariance(1, 1) - 2 * delong.covariance(0, 1)
    #expect((try delong.varianceOfDifference(0, 1) - variance).magnitude < 1e-12)
  }

  @Test func onlyTheOrderOfScoresCounts() throws {
    let (labels, scores) = Self.rows(200, seed: 4)
    let one = try DeLong(labels: labels, scores: scores)
    let moved = try DeLong(labels: labels, scores: [scores[0].map { $0 * $0 * $0 }, scores[1].map { $0 * 7 - 1e3 }])
    #expect(one.areas == moved.areas)
    #expect(try one.test(0, 1) == moved.test(0, 1))
    // Negative scores of the other class have the same area.
    let mirrored = try DeLong(labels: labels.map(!), scores: scores.map { $0.map(-) })
    for model in 0..<2 { #expect((one.areas[model] - mirrored.areas[model]).magnitude < 1e-12) }
    #expect(try (one.test(0, 1).statistic + one.test(1, 0).statistic).magnitude < 1e-9)
  }

  @Test func undefinedWhereNothingVariesOrAClassIsMissing() throws {
    func undefined(_ labels: [Bool], _ scores: [[Double]]) -> Undefined? {
      do throws(Undefined) {
        _ = try DeLong(labels: labels, scores: scores).difference(0, 1, confidence: 0.95)
        return nil
      } catch { return error }
    }
    let some = [0.1, 0.4, 0.3, 0.8]
    #expect(undefined([true, true, true, true], [some, some]) == .singleClass)
    #expect(undefined([], [[], []]) == .noObservations)
    #expect(undefined([true, false], [some, some]) == .lengthsDiffer(2, 4))
    #expect(undefined([true, false, true, false], [[0, .nan, 1, 2], some]) == .notFinite(index: 1))
    #expect(undefined([true, false, false, false], [some, some]) == .tooFew("positives", needed: 2, got: 1))
    #expect(undefined([true, true, true, false], [some, some]) == .tooFew("negatives", needed: 2, got: 1))
    #expect(undefined([true, false, true, false], [some, some]) == .zeroVariance)
    let same = try DeLong(labels: [true, false, true, false], scores: [some, some])
    #expect(try same.test(0, 1).p == .one)
    // One model is right about every pair and the other wrong about every pair: nothing varies, and yet they differ.
    let opposite = try DeLong(labels: [true, true, false, false], scores: [[3, 4, 1, 2], [1, 2, 3, 4]])
    #expect(throws: Undefined.zeroVariance) { try opposite.test(0, 1) }
    #expect(throws: Undefined.zeroVariance) { try opposite.area(0, confidence: 0.95) }
  }

  /// 30 pairs that share no row are all ordered rightly: 0.025^(1/30) of all pairs are at least. The same of the wrong
  /// order, and of scores that are all the same, where half a pair is at stake.
  @Test func rowsThatDoNotVaryHaveABound() throws {
    let labels = (0..<80).map { $0 < 30 }
    let scores = (0..<80).map { Double(-$0) }
    let delong = try DeLong(labels: labels, scores: [scores, scores.map { -$0 }, scores.map { _ in 1 }])
    let least = 0.8842970
    let (right, wrong, none) = try (
      delong.unvariedArea(0, confidence: 0.95), delong.unvariedArea(1, confidence: 0.95),
      delong.unvariedArea(2, confidence: 0.95)
    )
    #expect(right.value == 1 && right.interval.upper == 1 && abs(right.interval.lower - least) < 1e-6)
    #expect(wrong.value == 0 && wrong.interval.lower == 0 && abs(wrong.interval.upper - (1 - least)) < 1e-6)
    #expect(none.value == 0.5 && abs(none.interval.lower - least / 2) < 1e-6)
    #expect(abs(none.interval.upper - (1 - least / 2)) < 1e-6)
    let varying = try DeLong(labels: labels, scores: [scores.map { Int($0) % 7 == 0 ? 1 : $0 }])
    #expect(throws: Undefined.self) { try varying.unvariedArea(0, confidence: 0.95) }
  }

  /// Of 1,000 tables without a difference about 5 % have p below 0.05, and 95 % intervals cover 0; the bands are four
  /// standard errors.
  @Test func levelsHoldWithoutADifference() throws {
    var random = Philox(Seed(21))
    var (small, covered) = (0, 0)
    for _ in 0..<1000 {
      let labels = (0..<120).map { $0 < 40 }
      let base = labels.map { ($0 ? 0.3 : 0) + random.uniform() }
      let scores = (0..<2).map { _ in base.map { $0 + 0.5 * random.uniform() } }
      let delong = try DeLong(labels: labels, scores: scores)
      if try delong.test(0, 1).p.value < 0.05 { small += 1 }
      if try delong.difference(0, 1, confidence: 0.95).interval.contains(0) { covered += 1 }
    }
    #expect((small - 50).magnitude < 28)
    #expect((covered - 950).magnitude < 28)
  }

  /// Two normal distributions a deviation apart have the area Phi(1/sqrt 2). Of 500 tables about 475 intervals cover it,
  /// within four standard errors.
  @Test func intervalsOfOneAreaCover() throws {
    var random = Philox(Seed(22))
    let area = Normal.lower(0.5.squareRoot()).value
    let labels = (0..<120).map { $0 < 40 }
    var covered = 0
    for _ in 0..<500 {
      let scores = labels.map { ($0 ? 1 : 0) + random.normal() }
      let delong = try DeLong(labels: labels, scores: [scores])
      if try delong.area(0, confidence: 0.95).interval.contains(area) { covered += 1 }
    }
    #expect((455...495).contains(covered))
  }
}
