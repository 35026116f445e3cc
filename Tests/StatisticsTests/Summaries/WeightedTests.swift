import Testing

@testable import Statistics

/// Weighted moments and quantiles against the samples that the weights describe.
@Suite struct WeightedTests {
  private func repeated(_ values: [Double], _ weights: [Int]) -> [Double] {
    zip(values, weights).flatMap { Array(repeating: $0, count: $1) }
  }

  @Test func frequenciesAreRepetitions() throws {
    var random = Philox(Seed(20))
    for _ in 0..<40 {
      let values = random.normals(8)
      let weights = values.map { _ in random.index(below: 5) } + [2]
      let sample = repeated(values + [0.5], weights)
      let weighted = try WeightedMoments(values + [0.5], weights: weights.map { Double($0) })
      let moments = try Moments(sample)
      #expect((weighted.mean - moments.mean).magnitude < 1e-14)
      #expect(agrees(try weighted.variance(.frequency), try moments.variance(), within: 1e-11))
      #expect(agrees(try weighted.populationVariance(), moments.populationVariance, within: 1e-11))
      let quantiles = try WeightedQuantiles(values + [0.5], weights: weights.map { Double($0) })
      let plain = try Quantiles(sample)
      for k in 0...64 {
        let q = Double(k) / 64
        #expect(try quantiles.value(q) == plain.value(q, .invertedCDF))
        #expect((try quantiles.linear(q) - plain.value(q, .linear)).magnitude < 1e-13)
      }
    }
  }

  @Test func reliabilitiesHaveNoUnit() throws {
    let (values, weights) = ([1.0, 4, 2, 8], [0.5, 1, 2, 0.25])
    let plain = try WeightedMoments(values, weights: weights)
    for factor in [1e-300, 7, 1e300] {
      let scaled = try WeightedMoments(values, weights: weights.map { $0 * factor })
      #expect(agrees(try scaled.variance(.reliability), try plain.variance(.reliability)))
      #expect(agrees(scaled.effectiveSize, plain.effectiveSize))
      #expect(agrees(scaled.mean, plain.mean))
      let (one, other) = try (
        WeightedQuantiles(values, weights: weights),
        WeightedQuantiles(values, weights: weights.map { $0 * 4 })
      )
      #expect(try one.value(0.3) == other.value(0.3))
    }
    // Equal weights are none.
    let equal = try WeightedMoments(values, weights: [3, 3, 3, 3])
    #expect(agrees(try equal.variance(.reliability), try Moments(values).variance()))
    #expect(agrees(equal.effectiveSize, 4))
  }

  @Test func byHand() throws {
    let moments = try WeightedMoments([1, 2, 4], weights: [1, 2, 1])
    #expect(moments.mean == 2.25 && moments.weight == 4)
    #expect(agrees(try moments.populationVariance(), 1.1875))
    #expect(agrees(moments.effectiveSize, 16 / 6.0))
    #expect(agrees(try moments.variance(.reliability), 1.1875 / (1 - 6 / 16.0)))
    #expect(try WeightedQuantiles([4, 1, 2], weights: [1, 1, 2]).value(0.75) == 2)
    // A value without weight is not there.
    #expect(try WeightedQuantiles([0, 1, 9], weights: [0, 1, 0]).value(0) == 1)
  }

  @Test func undefinedWeights() throws {
    for (values, weights, reason) in [
      ([], [], Undefined.tooFew("values", needed: 1, got: 0)), ([1, 2], [1], .lengthsDiffer(2, 1)),
      ([1, .nan], [1, 1], .notFinite(index: 1)), ([1, 2], [.infinity, 1], .notFinite(index: 0)),
      ([1, 2], [-1, 2], .outsideDomain("weights must not be negative")), ([1, 2], [0, 0], .noObservations),
    ] as [([Double], [Double], Undefined)] {
      #expect(throws: reason) { try WeightedMoments(values, weights: weights) }
      #expect(throws: reason) { try WeightedQuantiles(values, weights: weights) }
    }
    let one = try WeightedMoments([5, 6], weights: [1, 0])
    #expect(throws: Undefined.tooFew("values with a weight", needed: 2, got: 1)) { try one.variance(.reliability) }
    #expect(throws: Undefined.tooFew("observations", needed: 2, got: 1)) { try one.variance(.frequency) }
    #expect(throws: Undefined.outOfRange) {
      try WeightedMoments([1e200, -1e200], weights: [1, 1]).populationVariance()
    }
    #expect(throws: Undefined.outOfRange) { try WeightedQuantiles([1, 2], weights: [1.7e308, 1.7e308]) }
    let light = try WeightedQuantiles([5, 6], weights: [0.25, 0.25])
    #expect(throws: Undefined.tooFew("observations", needed: 1, got: 0)) { try light.linear(0.5) }
    for q in [-0.1, .nan] {
      #expect(throws: Undefined.self) { try light.value(q) }
      #expect(throws: Undefined.self) { try light.linear(q) }
    }
  }
}
