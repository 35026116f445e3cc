import Testing

@testable import Statistics

@Suite struct GoodnessOfFitTests {
  @Test func twoCategoriesAreTheSquareOfZ() throws {
    let test = try GoodnessOfFit.test(Counts([60, 40]), expected: Counts([50, 50]))
    #expect(agrees(test.statistic, 4))
    #expect(agrees(test.p.value, Normal.twoSided(2).value))
  }

  @Test func byHand() throws {
    let observed = try Counts([43, 52, 54, 40])
    let test = try GoodnessOfFit.test(observed, expected: GoodnessOfFit.uniform(like: observed))
    #expect(agrees(test.statistic, 138.75 / 47.25))
    #expect(test.degreesOfFreedom == 3)
    let likelihood = try GoodnessOfFit.statistic(Counts([30, 10]), expected: Counts([20, 20]), by: .likelihoodRatio)
    #expect(agrees(likelihood, 2 * (30 * 0.4054651081081644 - 10 * 0.6931471805599453)))
  }

  @Test func fittedParametersTakeDegreesOfFreedom() throws {
    let (observed, expected) = (try Counts([12, 8, 10]), try Counts([10, 10, 10]))
    let (plain, fitted) = (
      try GoodnessOfFit.test(observed, expected: expected),
      try GoodnessOfFit.test(observed, expected: expected, fitted: 1)
    )
    #expect(plain.statistic == fitted.statistic)
    #expect(fitted.degreesOfFreedom == 1)
    #expect(fitted.p < plain.p)
    #expect(throws: Undefined.tooFew("categories", needed: 4, got: 3)) {
      try GoodnessOfFit.test(observed, expected: expected, fitted: 2)
    }
    #expect(throws: Undefined.self) { try GoodnessOfFit.test(observed, expected: expected, fitted: .max) }
    #expect(throws: Undefined.self) { try GoodnessOfFit.test(observed, expected: expected, fitted: -1) }
  }

  @Test func expectationsThatDoNotFitAreRefused() throws {
    let counts = try Counts([5, 1])
    #expect(throws: Undefined.lengthsDiffer(2, 3)) {
      try GoodnessOfFit.test(counts, expected: Counts([2, 2, 2]))
    }
    #expect(throws: Undefined.emptyCategory("category 2")) { try GoodnessOfFit.test(counts, expected: Counts([6, 0])) }
    #expect(throws: Undefined.outsideDomain("observed and expected counts must have the same sum")) {
      try GoodnessOfFit.test(counts, expected: Counts([6, 2]))
    }
    #expect(throws: Undefined.tooFew("categories", needed: 2, got: 1)) {
      try GoodnessOfFit.test(Counts([5]), expected: Counts([5]))
    }
  }
}
