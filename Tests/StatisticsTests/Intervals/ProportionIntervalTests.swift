import Testing

@testable import Statistics

/// The intervals of one proportion: their coverage, computed exactly by going through all counts, and their laws.
@Suite struct ProportionIntervalTests {
  typealias Interval = @Sendable (BinomialCount, Double) throws -> Estimate

  static let intervals: [(name: String, interval: Interval)] = [
    ("wilson", { try Wilson.interval($0, confidence: $1) }),
    ("wilson corrected", { try Wilson.correctedInterval($0, confidence: $1) }),
    ("clopper-pearson", { try ClopperPearson.interval($0, confidence: $1) }),
    ("jeffreys", { try Jeffreys.interval($0, confidence: $1) }),
    ("agresti-coull", { try AgrestiCoull.interval($0, confidence: $1) }),
  ]

  static let shares = (1..<200).map { Double($0) / 200 }

  /// The probability that the interval holds the share, for each of the shares.
  static func coverage(_ trials: Int, _ confidence: Double, _ interval: Interval) throws -> [Double] {
    let all = try (0...trials).map { try interval(BinomialCount($0, of: trials), confidence).interval }
    return shares.map { share in
      let binomial = Binomial(trials: trials, share: share)
      return (0...trials).filter { all[$0].contains(share) }.map(binomial.mass).compensatedSum
    }
  }

  @Test(arguments: [1, 2, 5, 10, 25, 60, 150], [0.8, 0.95, 0.99])
  func exactIntervalsAlwaysCover(trials: Int, confidence: Double) throws {
    let coverage = try Self.coverage(trials, confidence) { try ClopperPearson.interval($0, confidence: $1) }
    #expect(coverage.allSatisfy { $0 >= confidence - 1e-12 })
  }

  @Test(arguments: [10, 25, 60, 150]) func othersCoverOnAverage(trials: Int) throws {
    for (name, interval) in Self.intervals where name != "clopper-pearson" {
      let coverage = try Self.coverage(trials, 0.95, interval)
      let mean = coverage.reduce(0, +) / Double(coverage.count)
      // The corrected form and Agresti-Coull's err on the wide side.
      let most = name == "wilson corrected" ? 0.99 : name == "agresti-coull" ? 0.97 : 0.96
      #expect(mean > 0.94 && mean < most, "\(name): \(mean)")
      #expect(coverage.min()! > 0.82, "\(name): \(coverage.min()!)")
    }
  }

  @Test func failuresMirrorSuccesses() throws {
    for (name, interval) in Self.intervals {
      for (k, n) in [(0, 1), (0, 9), (3, 9), (1, 1000), (499, 1000), (7, 1_000_000)] {
        let count = try BinomialCount(k, of: n)
        let (one, other) = (try interval(count, 0.9).interval, try interval(count.failures, 0.9).interval)
        #expect((one.lower - (1 - other.upper)).magnitude < 1e-12, "\(name) \(k)/\(n)")
        #expect((one.upper - (1 - other.lower)).magnitude < 1e-12, "\(name) \(k)/\(n)")
      }
    }
  }

  @Test func growsWithSuccessesAndConfidenceAndShrinksWithTrials() throws {
    for (name, interval) in Self.intervals {
      var last: ConfidenceInterval?
      for k in 0...40 {
        let estimate = try interval(BinomialCount(k, of: 40), 0.95)
        #expect(estimate.value == Double(k) / 40)
        #expect(estimate.interval.lower >= 0 && estimate.interval.upper <= 1)
        // Jeffreys' alone leaves out an observed 0 or 1.
        if name != "jeffreys" { #expect(estimate.interval.contains(estimate.value)) }
        #expect(estimate.interval.width > 0.05, "\(name): no width at \(k)")
        if let last { #expect(last.lower <= estimate.interval.lower && last.upper <= estimate.interval.upper) }
        last = estimate.interval
        #expect(try interval(BinomialCount(k, of: 40), 0.99).interval.width > estimate.interval.width)
        #expect(try interval(BinomialCount(k * 10, of: 400), 0.95).interval.width < estimate.interval.width)
      }
    }
  }

  /// The ends of an exact interval leave half of alpha in the tails, by the binomial distribution itself.
  @Test(arguments: [(1, 10), (7, 23), (999, 1000), (3, 1_000_000_000), (500_000_000, 1_000_000_000)])
  func exactEndsLeaveTheirTails(k: Int, n: Int) throws {
    for confidence in [0.5, 0.95, 0.999_999] {
      let interval = try ClopperPearson.interval(BinomialCount(k, of: n), confidence: confidence).interval
      let tail = (1 - confidence) / 2
      let below = Binomial(trials: n, share: interval.lower).upper(k).value
      let above = Binomial(trials: n, share: interval.upper).lower(k).value
      // A share near one has lost digits of its complement.
      #expect((below / tail - 1).magnitude < 1e-6)
      #expect((above / tail - 1).magnitude < 1e-6)
    }
  }

  /// At an end of Wilson's interval the score test is at its critical value.
  @Test func wilsonInvertsTheScoreTest() throws {
    for (k, n) in [(1, 10), (5, 10), (17, 23), (2, 100_000)] {
      let interval = try Wilson.interval(BinomialCount(k, of: n), confidence: 0.95).interval
      for p in [interval.lower, interval.upper] {
        let z = (Double(k) / Double(n) - p) / (p * (1 - p) / Double(n)).squareRoot()
        #expect((z.magnitude - Normal.critical(confidence: 0.95)).magnitude < 1e-9)
      }
      let wide = try Wilson.correctedInterval(BinomialCount(k, of: n), confidence: 0.95).interval
      #expect(wide.lower < interval.lower && wide.upper > interval.upper)
    }
  }

  @Test func hostileCountsAreTypedErrorsOrAnswers() throws {
    #expect(throws: Undefined.noObservations) { try BinomialCount(0, of: 0) }
    for (k, n) in [(-1, 5), (6, 5), (1, 0), (0, -1), (Int.min, Int.max), (Int.max, Int.min)] {
      #expect(throws: Undefined.outsideDomain("successes must be between 0 and the trials")) {
        try BinomialCount(k, of: n)
      }
    }
    for (name, interval) in Self.intervals {
      for confidence in [-1, 0, 1, 2, .nan, .infinity] {
        #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
          try interval(BinomialCount(1, of: 2), confidence)
        }
      }
      for k in [0, 1, Int.max / 2, Int.max - 1, Int.max] {
        for confidence in [1e-300, 1 - 1e-16] {
          let estimate = try interval(BinomialCount(k, of: .max), confidence).interval
          #expect(estimate.lower >= 0 && estimate.lower <= estimate.upper && estimate.upper <= 1, "\(name) \(k)")
        }
      }
    }
  }
}
