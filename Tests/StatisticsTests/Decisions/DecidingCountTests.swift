import Testing

@testable import Statistics

@Suite struct DecidingCountTests {
  /// At the answer the shrunken interval excludes the limit, one row before it does not.
  @Test func isTheFirstThatDecides() throws {
    for (estimate, half, limit, count) in [
      (0.011, 0.03, 0.0, 100), (-0.02, 0.053, -0.01, 77), (5, 5, 0, 10), (1, 3, 2, 9),
    ] {
      let interval = ConfidenceInterval(lower: estimate - half, upper: estimate + half, confidence: 0.95)
      guard
        case .rows(let needed) = try DecidingCount(estimate: estimate, interval: interval, limit: limit, count: count)
      else {
        Issue.record("no rows")
        continue
      }
      func reaches(_ rows: Int) -> Bool {
        half * (Double(count) / Double(rows)).squareRoot() >= (estimate - limit).magnitude
      }
      #expect(!reaches(needed) && reaches(needed - 1))
    }
  }

  @Test func takesTheSideTowardsTheLimit() throws {
    let interval = ConfidenceInterval(lower: 0.5, upper: 0.875, confidence: 0.95)
    #expect(try DecidingCount(estimate: 0.75, interval: interval, limit: 0.6875, count: 100) == .rows(1601))
    #expect(try DecidingCount(estimate: 0.75, interval: interval, limit: 0.8125, count: 100) == .rows(401))
  }

  @Test func triesSizesOfAnExactInterval() throws {
    func wilson(_ count: Int) throws(Undefined) -> ConfidenceInterval {
      try Wilson.interval(BinomialCount(Int((0.96 * Double(count)).rounded()), of: count), confidence: 0.95).interval
    }
    guard case .rows(let needed) = try DecidingCount(estimate: 0.96, limit: 0.95, from: 100, interval: wilson) else {
      Issue.record("no rows")
      return
    }
    #expect(try !wilson(needed).contains(0.95))
    #expect(needed > 1500 && needed < 2500)
  }

  @Test func saysWhenNoNumberDecides() throws {
    let interval = ConfidenceInterval(lower: -1, upper: 1, confidence: 0.95)
    #expect(try DecidingCount(estimate: 0, interval: interval, limit: 0, count: 10) == .never)
    #expect(try DecidingCount(estimate: 1e-9, interval: interval, limit: 0, count: 10, cap: 1000) == .more(than: 1000))
    #expect(
      try DecidingCount(estimate: 1e-300, interval: interval, limit: 0, count: .max) == .more(than: DecidingCount.cap))
    #expect(try DecidingCount(estimate: 0, limit: 0, from: 1) { _ in interval } == .never)
    #expect(try DecidingCount(estimate: 0.5, limit: 0, from: 1) { _ in interval } == .more(than: DecidingCount.cap))
  }

  @Test func hostileInputsAreTypedErrors() throws {
    let open = ConfidenceInterval(lower: -.infinity, upper: .infinity, confidence: 0.95)
    #expect(throws: Undefined.self) { try DecidingCount(estimate: .infinity, interval: open, limit: 0, count: 5) }
    #expect(try DecidingCount(estimate: 1, interval: open, limit: 0, count: 5) == .more(than: DecidingCount.cap))
    let half = ConfidenceInterval(lower: 0, upper: 2, confidence: 0.95)
    #expect(try DecidingCount(estimate: 1, interval: half, limit: 0, count: .max, cap: .max) == .more(than: .max))
    let interval = ConfidenceInterval(lower: -1, upper: 1, confidence: 0.95)
    let message = Undefined.outsideDomain("the estimate must be finite and in its interval, and the limit finite")
    for (estimate, limit) in [(2.0, 0.0), (.nan, 0), (0, .nan), (0, .infinity)] {
      #expect(throws: message) {
        try DecidingCount(estimate: estimate, interval: interval, limit: limit, count: 5)
      }
    }
    #expect(throws: Undefined.noObservations) {
      try DecidingCount(estimate: 0.1, interval: interval, limit: 0, count: 0)
    }
    #expect(throws: Undefined.noObservations) { try DecidingCount(estimate: 1, limit: 0, from: 0) { _ in interval } }
    #expect(throws: Undefined.zeroVariance) {
      try DecidingCount(estimate: 1, limit: 0, from: 1) { (_) throws(Undefined) in throw .zeroVariance }
    }
  }
}
