import Testing

@testable import Statistics

@Suite struct TwoOneSidedTestsTests {
  /// p <= alpha exactly when the interval of 1 - 2 alpha lies within the limits.
  @Test func agreesWithTheInterval() throws {
    var random = Draws(seed: 31)
    for _ in 0..<300 {
      let x = random.normals(6)
      let y = random.normals(6).map { 0.5 * $0 + 0.3 }
      let (low, high) = (-1.2 * random.uniform(), 1.2 * random.uniform())
      for (tests, mean) in try [
        (TwoOneSidedTests(x, y, between: low, and: high), WelchT.difference(x, y)),
        (TwoOneSidedTests(pairs: x, y, between: low, and: high), PairedT.difference(x, y)),
      ] {
        let interval = try mean.interval(confidence: 0.9)
        #expect((tests.p.value <= 0.05) == (interval.lower >= low && interval.upper <= high))
      }
    }
  }

  @Test(arguments: TwoOneSidedTests.ProportionError.allCases)
  func proportions(error: TwoOneSidedTests.ProportionError) throws {
    let (first, second) = (try BinomialCount(950, of: 1000), try BinomialCount(940, of: 1000))
    let tests = try TwoOneSidedTests(first, second, between: -0.03, and: 0.03, error: error)
    // The three errors hardly differ for so many rows.
    #expect((tests.p.value - 0.0255).magnitude < 0.003)
    let exchanged = try TwoOneSidedTests(second, first, between: -0.03, and: 0.03, error: error)
    #expect((exchanged.p.value / tests.p.value - 1).magnitude < 1e-9)
    #expect(try TwoOneSidedTests(first, second, between: -0.05, and: 0.05, error: error).p < tests.p)
  }

  @Test func noVarianceIsNoEquivalence() throws {
    let all = try BinomialCount(10, of: 10)
    #expect(throws: Undefined.zeroVariance) {
      try TwoOneSidedTests(all, all, between: -0.1, and: 0.1, error: .wald)
    }
    #expect(try TwoOneSidedTests(all, all, between: -0.1, and: 0.1).p.value > 0.1)
    #expect(try TwoOneSidedTests(all, all, between: -0.1, and: 0.1, error: .agrestiCaffo).p.value > 0.1)
    for (low, high) in [(1.0, -1.0), (.nan, 1), (-1, .infinity)] {
      #expect(throws: Undefined.outsideDomain("the limits must be finite, the lower one first")) {
        try TwoOneSidedTests([1, 2], [3, 5], between: low, and: high)
      }
    }
  }

  @Test func nonInferiorityMirrors() throws {
    let higher = try NonInferiority(difference: 0.01, standardError: 0.02, margin: 0.03, higherIsBetter: true)
    let lower = try NonInferiority(difference: -0.01, standardError: 0.02, margin: 0.03, higherIsBetter: false)
    #expect(higher.test == lower.test && higher.bound == -lower.bound)
    // The bound is above -margin exactly when p is below 5 %.
    for difference in stride(from: -0.03, through: 0.03, by: 0.001) {
      let result = try NonInferiority(
        difference: difference, standardError: 0.011, margin: 0.02, higherIsBetter: true)
      #expect((result.test.p.value < 0.05) == (result.bound > -0.02))
    }
    #expect(
      try NonInferiority(difference: 1, standardError: 0.01, margin: 0, higherIsBetter: true).test.p.log10 < -2000)
    #expect(throws: Undefined.zeroVariance) {
      try NonInferiority(difference: 0, standardError: 0, margin: 0.1, higherIsBetter: true)
    }
    let beyond = Undefined.outOfRange
    #expect(throws: beyond) {
      try NonInferiority(difference: 1e308, standardError: 1e-9, margin: 0, higherIsBetter: true)
    }
    for error in [TwoOneSidedTests.ProportionError.agrestiCaffo, .wald] {
      #expect(throws: beyond) {
        try TwoOneSidedTests(
          BinomialCount(4, of: 9), BinomialCount(5, of: 9), between: -1.7e308, and: 1.7e308, error: error)
      }
    }
    #expect(throws: Undefined.outOfRange) {
      try TwoOneSidedTests([1, 1.5], [1, 1.25], between: -1.7e308, and: 1)
    }
    for (difference, error, margin) in [
      (Double.nan, 1.0, 0.0), (0, .nan, 0), (0, 1, -1), (0, -1, 0), (0, .infinity, 0),
    ] {
      #expect(throws: Undefined.self) {
        try NonInferiority(difference: difference, standardError: error, margin: margin, higherIsBetter: true)
      }
    }
  }
}
