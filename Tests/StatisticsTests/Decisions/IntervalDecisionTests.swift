import Testing

@testable import Statistics

@Suite struct IntervalDecisionTests {
  static func interval(_ lower: Double, _ upper: Double) -> ConfidenceInterval {
    ConfidenceInterval(lower: lower, upper: upper, confidence: 0.95)
  }

  @Test(arguments: [
    (0.001, 0.02, IntervalDecision.superior), (0, 0.02, .nonInferior), (-0.009, -0.001, .nonInferior),
    (-0.01, 0.02, .inconclusive), (-0.5, 0.5, .inconclusive), (-0.05, -0.01, .inconclusive),
    (-0.05, -0.011, .inferior), (-.infinity, -0.02, .inferior), (-.infinity, .infinity, .inconclusive),
  ])
  func comparesTheIntervalWithTheMargin(lower: Double, upper: Double, decision: IntervalDecision) throws {
    #expect(try IntervalDecision(benefit: Self.interval(lower, upper), margin: 0.01) == decision)
  }

  @Test func withoutAMarginNothingIsMerelyNonInferior() throws {
    #expect(try IntervalDecision(benefit: Self.interval(0, 1), margin: 0) == .inconclusive)
    #expect(try IntervalDecision(benefit: Self.interval(1e-9, 1), margin: 0) == .superior)
    #expect(try IntervalDecision(benefit: Self.interval(-1, -1e-9), margin: 0) == .inferior)
  }

  @Test func boundsAreInclusive() throws {
    #expect(try BoundDecision(Self.interval(0.9, 0.95), atLeast: 0.9) == .inside)
    #expect(try BoundDecision(Self.interval(0.89, 0.95), atLeast: 0.9) == .straddling)
    #expect(try BoundDecision(Self.interval(0.8, 0.9), atLeast: 0.9) == .straddling)
    #expect(try BoundDecision(Self.interval(0.8, 0.89), atLeast: 0.9) == .outside)
    #expect(try BoundDecision(Self.interval(0.1, 0.2), atLeast: 0, atMost: 0.2) == .inside)
    #expect(try BoundDecision(Self.interval(0.21, 0.3), atMost: 0.2) == .outside)
    // Wider than the bounds on both sides.
    #expect(try BoundDecision(Self.interval(-1, 1), atLeast: -0.1, atMost: 0.1) == .straddling)
  }

  /// A candidate that is worse by exactly the margin passes in at most 2.5 % of samples: exactly, over all tables of 24
  /// rows, up to what the interval's own coverage lacks.
  @Test func errorsAreRare() throws {
    let tables = try PairedDifferenceTests.tables(24)
    let passing = try tables.filter {
      let decision = try IntervalDecision(benefit: Tango.interval($0, confidence: 0.95).interval, margin: 0.2)
      return decision == .superior || decision == .nonInferior
    }
    for cells in [[0.5, 0.05, 0.25, 0.2], [0.7, 0, 0.2, 0.1], [0.2, 0.2, 0.4, 0.2]] {
      #expect(passing.map { PairedDifferenceTests.probability($0, cells) }.compensatedSum < 0.035)
    }
  }

  @Test func hostileIntervalsAreTypedErrors() {
    for margin in [-0.1, .nan, .infinity] {
      #expect(throws: Undefined.outsideDomain("a margin must be at least 0")) {
        try IntervalDecision(benefit: Self.interval(0, 1), margin: margin)
      }
    }
    for (lower, upper) in [(1.0, 0.0), (.nan, 1), (0, .nan)] {
      let message = Undefined.outsideDomain("an interval must reach from below to above")
      #expect(throws: message) { try IntervalDecision(benefit: Self.interval(lower, upper), margin: 0) }
      #expect(throws: message) { try BoundDecision(Self.interval(lower, upper), atLeast: 0) }
    }
    #expect(throws: Undefined.outsideDomain("the lower bound must not be above the upper one")) {
      try BoundDecision(Self.interval(0, 1), atLeast: 2, atMost: 1)
    }
    #expect(throws: Undefined.outsideDomain("the lower bound must not be above the upper one")) {
      try BoundDecision(Self.interval(0, 1), atLeast: .nan)
    }
  }
}
