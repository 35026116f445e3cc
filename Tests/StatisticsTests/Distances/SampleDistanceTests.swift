import Foundation
import Testing

@testable import Statistics

/// Wasserstein-1, the energy distance, and the maximum mean discrepancy.
@Suite struct SampleDistanceTests {
  /// For equally many values the plan of least cost pairs them in order.
  @Test func wassersteinOfEqualCountsPairsInOrder() throws {
    var draws = Draws(seed: 1)
    for count in [1, 2, 17, 400] {
      let (x, y) = (draws.normals(count), draws.integers(count, below: 4))
      let pairs = zip(x.sorted(), y.sorted()).map { ($0 - $1).magnitude }
      #expect(agree(try Wasserstein.distance(x, y), pairs.reduce(0, +) / Double(count), 1e-10))
    }
  }

  /// Twice the mean distance between the samples, less those within.
  @Test func energyIsADifferenceOfMeanDistances() throws {
    var draws = Draws(seed: 2)
    for (m, n) in [(1, 1), (5, 9), (40, 30)] {
      let (x, y) = (draws.integers(m, below: 20), draws.normals(n, mean: 9, deviation: 4))
      func mean(_ a: [Double], _ b: [Double]) -> Double {
        a.reduce(0.0) { sum, p in sum + b.reduce(0.0) { $0 + (p - $1).magnitude } } / Double(a.count * b.count)
      }
      let square = 2 * mean(x, y) - mean(x, x) - mean(y, y)
      #expect(agree(try EnergyDistance.distance(x, y), square.squareRoot(), 1e-9))
    }
  }

  @Test func distancesAreMetrics() throws {
    var draws = Draws(seed: 3)
    let (x, y, z) = (draws.normals(20), draws.normals(31, mean: 1), draws.integers(12, below: 3))
    typealias Distance = ([Double], [Double]) throws -> Double
    let distances: [Distance] = [{ try Wasserstein.distance($0, $1) }, { try EnergyDistance.distance($0, $1) }]
    for distance in distances {
      #expect(try distance(x, x) == 0)
      #expect(agree(try distance(x, y), try distance(y, x)))
      #expect(try distance(x, z) <= distance(x, y) + distance(y, z) + 1e-12)
    }
    #expect(agree(try Wasserstein.distance(x, x.map { $0 + 7 }), 7, 1e-10))
    #expect(
      agree(try Wasserstein.distance(x.map { -3 * $0 }, y.map { -3 * $0 }), 3 * (try Wasserstein.distance(x, y)), 1e-10)
    )
    #expect(
      agree(try Wasserstein.normalised(x, y), try Wasserstein.normalised(x.map { 5 * $0 }, y.map { 5 * $0 }), 1e-10))
  }

  @Test(arguments: [1e-250, 1e-120, 1e120, 1e300]) func theUnitChangesNothing(unit: Double) throws {
    var draws = Draws(seed: 6)
    let (x, y) = (draws.normals(20), draws.normals(31, mean: 1))
    let (a, b) = (x.map { $0 * unit }, y.map { $0 * unit })
    #expect(agree(try Wasserstein.distance(a, b), try Wasserstein.distance(x, y) * unit, 1e-10))
    #expect(agree(try Wasserstein.normalised(a, b), try Wasserstein.normalised(x, y), 1e-10))
    let (one, other) = (try MaximumMeanDiscrepancy(x, y), try MaximumMeanDiscrepancy(a, b))
    #expect(agree(one.unbiased, other.unbiased, 1e-9))
    #expect(agree(one.bandwidth * unit, other.bandwidth, 1e-9))
    #expect(agree(try Levene.test([x, y]).statistic, try Levene.test([a, b]).statistic, 1e-9))
  }

  @Test func weightsStandForRepeatedValues() throws {
    let (x, y) = ([1.0, 1, 4, 6, 6, 6], [2.0, 5, 5])
    typealias Distance = ([Double], [Double]?, [Double], [Double]?) throws -> Double
    let distances: [Distance] = [
      { try Wasserstein.distance($0, weights: $1, $2, weights: $3) },
      { try EnergyDistance.distance($0, weights: $1, $2, weights: $3) },
    ]
    for distance in distances {
      let plain = try distance(x, nil, y, nil)
      #expect(agree(try distance([6, 4, 1, 9], [3, 1, 2, 0], [5, 2], [0.2, 0.1]), plain, 1e-10))
    }
    #expect(agree(try Wasserstein.distance(x, weights: nil, y, weights: nil), try Wasserstein.distance(x, y)))
  }

  @Test func whatIsUndefined() throws {
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try Wasserstein.distance([], [1]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try EnergyDistance.distance([1], [.infinity]) }
    #expect(throws: Undefined.outOfRange) { try Wasserstein.distance([1.7e308], [-1.7e308]) }
    #expect(throws: Undefined.zeroVariance) { try Wasserstein.normalised([2, 2], [1, 3]) }
    #expect(throws: Undefined.noObservations) { try Wasserstein.distance([1], weights: [0], [2], weights: nil) }
    #expect(throws: Undefined.self) { try Wasserstein.distance([1], weights: [-1], [2], weights: nil) }
    #expect(throws: Undefined.lengthsDiffer(1, 2)) {
      try Wasserstein.distance([1], weights: [1, 2], [2], weights: nil)
    }
    #expect(throws: Undefined.notFinite(index: 0)) { try Wasserstein.distance([1], weights: [.nan], [2], weights: nil) }
    #expect(throws: Undefined.tooFew("points", needed: 2, got: 1)) { try MaximumMeanDiscrepancy([1], [1, 2]) }
    #expect(throws: Undefined.allEqual) { try MaximumMeanDiscrepancy([1, 1], [1, 1]) }
    #expect(throws: Undefined.lengthsDiffer(1, 2)) {
      try MaximumMeanDiscrepancy(points: [[1], [2]], [[1], [2, 3]])
    }
    #expect(throws: Undefined.self) { try MaximumMeanDiscrepancy([1, 3], [1, 2], limit: 1) }
  }

  @Test func discrepancyAgreesWithTheKernel() throws {
    var draws = Draws(seed: 4)
    let (x, y) = (draws.normals(9), draws.normals(7, mean: 1))
    let test = try MaximumMeanDiscrepancy(x, y)
    let pooled = x + y
    var distances = [Double]()
    for i in pooled.indices { for j in 0..<i { distances.append((pooled[i] - pooled[j]).magnitude) } }
    #expect(agree(test.bandwidth, distances.sorted()[distances.count / 2]))
    func mean(_ a: [Double], _ b: [Double], leavingOut same: Bool) -> Double {
      var (sum, count) = (0.0, 0.0)
      for (i, p) in a.enumerated() {
        for (j, q) in b.enumerated() where !same || i != j {
          sum += exp(-(p - q) * (p - q) / (2 * test.bandwidth * test.bandwidth))
          count += 1
        }
      }
      return sum / count
    }
    let unbiased = mean(x, x, leavingOut: true) + mean(y, y, leavingOut: true) - 2 * mean(x, y, leavingOut: false)
    let biased = mean(x, x, leavingOut: false) + mean(y, y, leavingOut: false) - 2 * mean(x, y, leavingOut: false)
    #expect(agree(test.unbiased, unbiased, 1e-10))
    #expect(agree(test.biased, biased, 1e-10))
  }

  @Test func discrepancySeesWhatNoColumnShows() async throws {
    var draws = Draws(seed: 5)
    // The same columns, but in one sample they go together.
    let apart = (0..<900).map { _ in [draws.normal(), draws.normal()] }
    let together = (0..<700).map { _ in
      let value = draws.normal()
      return [value, value]
    }
    let test = try MaximumMeanDiscrepancy(points: apart, together, limit: 150)
    #expect(test.first == 150 && test.second == 150)
    #expect(try await test.p(replicates: 199).value == 0.005)
    let again = try MaximumMeanDiscrepancy(points: apart, together, limit: 150)
    #expect(again.unbiased == test.unbiased)
    #expect(try await again.p(replicates: 199, threads: 1) == (try await test.p(replicates: 199)))
    let null = try MaximumMeanDiscrepancy(points: Array(apart[..<400]), Array(apart[400...]), limit: 200)
    #expect(try await null.p(replicates: 199).value > 0.01)
    #expect(null.unbiased.magnitude < 0.02)
  }
}
