import Testing

@testable import Statistics

@Suite struct InfluenceIntervalTests {
  /// Of a mean it is the t interval.
  @Test func ofAMeanItIsTheTInterval() throws {
    let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
    let expected = try MeanInterval.interval(values, confidence: 0.9)
    let found = try InfluenceInterval(value: expected.value, influences: values.map { $0 - expected.value })
    let interval = try found.interval(confidence: 0.9)
    #expect(abs(interval.lower - expected.interval.lower) < 1e-12)
    #expect(abs(interval.upper - expected.interval.upper) < 1e-12)
  }

  /// By hand: sums 3, -1 and -2 of three clusters of five rows; SE = sqrt(3/2 (9 + 1 + 4)) / 5 = 0.9165.
  @Test func clustersAreSummedFirst() throws {
    let found = try InfluenceInterval(
      value: 7, influences: [1, 2, -1, -0.5, -1.5], clusters: [0, 0, 1, 2, 2], clusterCount: 3)
    #expect(abs(found.standardError - 0.9165151389911681) < 1e-12)
    #expect(found.units == 3)
  }

  @Test func noIntervalIsWithoutWidth() throws {
    let found = try InfluenceInterval(value: 2, influences: [0, 0, 0])
    #expect(throws: Undefined.zeroVariance) { try found.interval(confidence: 0.95) }
    #expect(throws: Undefined.self) { try InfluenceInterval(value: 2, influences: [0]) }
    #expect(throws: Undefined.self) { try InfluenceInterval(value: 2, influences: [0, .nan]) }
    #expect(throws: Undefined.self) {
      try InfluenceInterval(value: 2, influences: [0, 1], clusters: [0, 5], clusterCount: 2)
    }
  }

  /// The variance of an area by its influences is DeLong's, apart from n - 1 in place of each class's own.
  @Test func theInfluencesOfAnAreaAreDeLongs() throws {
    var random = Philox(Seed(8))
    let labels = (0..<2000).map { _ in random.uniform() < 0.3 }
    let scores = labels.map { ($0 ? 0.3 : 0) + random.uniform() }
    let areas = try DeLong(labels: labels, scores: [scores])
    let found = try InfluenceInterval(value: areas.areas[0], influences: areas.influences(0))
    #expect(abs(found.standardError / (try areas.covariance(0, 0)).squareRoot() - 1) < 0.002)
  }
}
