import Foundation
import Testing

@testable import Statistics

/// The intervals of a difference of two proportions of the same rows.
@Suite struct PairedDifferenceTests {
  typealias Interval = @Sendable (PairedOutcomes) throws -> Estimate

  static let intervals: [(name: String, interval: Interval)] = [
    ("newcombe", { try NewcombePaired.interval($0, confidence: 0.95) }),
    ("tango", { try Tango.interval($0, confidence: 0.95) }),
    ("paired difference", { try PairedDifference.interval($0, confidence: 0.95) }),
  ]

  static func tables(_ n: Int) throws -> [PairedOutcomes] {
    try (0...n).flatMap { a in
      try (0...n - a).flatMap { b in
        try (0...n - a - b).map { c in
          try PairedOutcomes(both: a, firstOnly: b, secondOnly: c, neither: n - a - b - c)
        }
      }
    }
  }

  /// The probability of a table, given those of its cells.
  static func probability(_ table: PairedOutcomes, _ cells: [Double]) -> Double {
    var left = (trials: table.total, share: 1.0)
    var product = 1.0
    for (count, cell) in zip([table.both, table.firstOnly, table.secondOnly], cells) {
      product *= Binomial(trials: left.trials, share: left.share > 0 ? min(1, cell / left.share) : 0).mass(count)
      left = (left.trials - count, left.share - cell)
    }
    return product
  }

  static let cells: [[Double]] = [
    [0.80, 0.10, 0.05, 0.05], [0.60, 0.20, 0.05, 0.15], [0.40, 0.20, 0.20, 0.20], [0.10, 0.50, 0.10, 0.30],
    [0.90, 0.04, 0.02, 0.04], [0.30, 0.30, 0.02, 0.38], [0.05, 0.05, 0.45, 0.45], [0.70, 0.15, 0.14, 0.01],
  ]

  /// By going through all tables, exactly.
  @Test(arguments: [12, 24]) func covers(n: Int) throws {
    let tables = try Self.tables(n)
    for (name, interval) in Self.intervals {
      let all = try tables.map { try interval($0).interval }
      var coverages: [Double] = []
      for cells in Self.cells {
        let difference = cells[1] - cells[2]
        let covered = zip(tables, all).filter { $1.contains(difference) }
        coverages.append(covered.map { Self.probability($0.0, cells) }.compensatedSum)
      }
      let mean = coverages.reduce(0, +) / Double(coverages.count)
      #expect(mean > 0.945 && mean < 0.99, "\(name): \(mean)")
      #expect(coverages.min()! > 0.92, "\(name): \(coverages)")
    }
  }

  @Test func probabilitiesOfTablesSumToOne() throws {
    for cells in Self.cells {
      #expect((try Self.tables(9).map { Self.probability($0, cells) }.compensatedSum - 1).magnitude < 1e-12)
    }
  }

  @Test func exchangingTheModelsNegates() throws {
    for table in try Self.tables(8) {
      let exchanged = try PairedOutcomes(
        both: table.both, firstOnly: table.secondOnly, secondOnly: table.firstOnly, neither: table.neither)
      for (name, interval) in Self.intervals {
        let (one, other) = (try interval(table), try interval(exchanged))
        #expect(one.value == -other.value)
        #expect((one.interval.lower + other.interval.upper).magnitude < 1e-9, "\(name) \(table)")
        #expect(one.interval.contains(one.value) && one.interval.lower >= -1 && one.interval.upper <= 1)
        #expect(one.interval.width > 0.1, "\(name) \(table)")
      }
    }
  }

  /// The law: without discordant rows a rule of zero width would pass a model that is two points worse in 83 % of
  /// all samples of ten rows.
  @Test func tenRowsNeverPassAMarginOfHalfAPoint() throws {
    for both in 0...10 {
      let table = try PairedOutcomes(both: both, firstOnly: 0, secondOnly: 0, neither: 10 - both)
      for (name, interval) in Self.intervals {
        #expect(
          try IntervalDecision(benefit: interval(table).interval, margin: 0.005) == .inconclusive, "\(name) \(both)")
      }
    }
    // The candidate, first, is wrong where the baseline is right on two rows of a hundred.
    let cells = [0.90, 0.0, 0.02, 0.08]
    for (name, interval) in Self.intervals {
      let passed = try Self.tables(10).filter {
        let decision = try IntervalDecision(benefit: interval($0).interval, margin: 0.005)
        return decision == .superior || decision == .nonInferior
      }
      #expect(passed.map { Self.probability($0, cells) }.compensatedSum < 1e-12, "\(name)")
    }
    #expect(
      try TwoOneSidedTests(BinomialCount(10, of: 10), BinomialCount(10, of: 10), between: -0.005, and: 0.005).p.value
        > 0.4)
    let ones = [Double](repeating: 1, count: 10)
    #expect(throws: Undefined.zeroVariance) { try TwoOneSidedTests(pairs: ones, ones, between: -0.005, and: 0.005) }
    #expect(throws: Undefined.zeroVariance) { try PairedT.difference(ones, ones).interval() }
    // The plain correlation collapses: why nothing decides by it.
    let agreeing = try PairedOutcomes(both: 5, firstOnly: 0, secondOnly: 0, neither: 5)
    #expect(try NewcombePaired.uncorrectedInterval(agreeing, confidence: 0.95).interval.width < 1e-15)
  }

  @Test func withoutDiscordanceTheBoundIsExact() throws {
    let agreeing = try PairedOutcomes(both: 5000, firstOnly: 0, secondOnly: 0, neither: 5000)
    let interval = try PairedDifference.interval(agreeing, confidence: 0.95).interval
    // Were the candidate worse by that much, ten thousand rows would all agree in 2.5 % of samples.
    #expect((10_000 * log1p(-interval.upper) - log(0.025)).magnitude < 1e-9 && interval.lower == -interval.upper)
    #expect(interval.confidence == 0.95)
    // Newcombe's would be half as wide.
    #expect(try NewcombePaired.interval(agreeing, confidence: 0.95).interval.upper < 0.6 * interval.upper)
    #expect(try PairedDifference.interval(agreeing, confidence: 1.0.nextDown).interval.upper < 0.005)
  }

  /// Two hundred rows of which few are discordant, all to one side: exactly, over all tables.
  @Test func aWorseModelRarelyPassesWhenFewRowsDiffer() throws {
    func passes(_ cells: [Double], _ interval: Interval) throws -> Double {
      var passed = CompensatedSum()
      for b in 0...(cells[1] > 0 ? 12 : 0) {
        for c in 0...20 {
          for a in 0...200 - b - c {
            let table = try PairedOutcomes(both: a, firstOnly: b, secondOnly: c, neither: 200 - a - b - c)
            let probability = Self.probability(table, cells)
            guard probability > 1e-12 else { continue }
            if try interval(table).interval.lower > cells[1] - cells[2] { passed.add(probability) }
          }
        }
      }
      return passed.value
    }
    for (b, c) in [(0.0, 0.005), (0, 0.015), (0, 0.019), (0, 0.02), (0, 0.025), (0.01, 0.01), (0.005, 0.02)] {
      let cells = [0.5 * (1 - b - c), b, c, 0.5 * (1 - b - c)]
      #expect(try passes(cells) { try PairedDifference.interval($0, confidence: 0.95) } < 0.026, "\(b) \(c)")
    }
    #expect(try passes([0.49, 0, 0.02, 0.49]) { try NewcombePaired.interval($0, confidence: 0.95) } > 0.08)
  }

  /// Tango's test at no difference is McNemar's without correction.
  @Test func tangoIsMcNemarAtZero() throws {
    for (b, c) in [(12, 2), (0, 5), (25, 40), (1, 0)] {
      let table = try PairedOutcomes(both: 100, firstOnly: b, secondOnly: c, neither: 7)
      let z = Double(b - c) / Double(b + c).squareRoot()
      #expect((try Tango.test(table).statistic - z).magnitude < 1e-12)
      #expect(try Tango.test(table, alternative: .greater).p == Normal.upper(try Tango.test(table).statistic))
    }
  }

  /// The closed form is where the likelihood is largest.
  @Test func tangosShareIsTheLikeliest() throws {
    for (a, b, c, d) in [(500, 25, 40, 435), (36, 12, 2, 0), (3, 0, 4, 3), (2, 5, 0, 1)] {
      let table = try PairedOutcomes(both: a, firstOnly: b, secondOnly: c, neither: d)
      for difference in [-0.3, -0.03, 0.1, 0.25] {
        func logLikelihood(_ share: Double) -> Double {
          func term(_ count: Int, _ p: Double) -> Double {
            count == 0 ? 0 : p > 0 ? Double(count) * log(p) : -.infinity
          }
          return term(b, share + difference) + term(c, share) + term(a + d, 1 - 2 * share - difference)
        }
        let share = Tango.restrictedShare(table, difference)
        let (low, high) = (max(0, -difference), (1 - difference) / 2)
        #expect(share >= low - 1e-12 && share <= high + 1e-12)
        let best = logLikelihood(share)
        for step in 0...1000 {
          #expect(logLikelihood(low + (high - low) * Double(step) / 1000) <= best + 1e-9 * best.magnitude)
        }
      }
    }
  }

  @Test func endsOfTangosIntervalAreRejectedByJustNothing() throws {
    for table in try Self.tables(7) {
      let interval = try Tango.interval(table, confidence: 0.9).interval
      for end in [interval.lower, interval.upper] where end.magnitude < 1 {
        #expect((try Tango.test(table, difference: end).p.value - 0.1).magnitude < 1e-6, "\(table)")
      }
    }
  }

  @Test func hostileTablesAreTypedErrorsOrAnswers() throws {
    #expect(throws: Undefined.noObservations) { try PairedOutcomes(both: 0, firstOnly: 0, secondOnly: 0, neither: 0) }
    #expect(throws: Undefined.outsideDomain("counts must not be negative")) {
      try PairedOutcomes(both: 3, firstOnly: -1, secondOnly: 0, neither: 0)
    }
    #expect(throws: Undefined.outsideDomain("counts must sum to less than 2^63")) {
      try PairedOutcomes(both: .max, firstOnly: 1, secondOnly: 0, neither: 0)
    }
    let none = try PairedOutcomes(both: 5, firstOnly: 0, secondOnly: 0, neither: 5)
    #expect(throws: Undefined.zeroVariance) { try Tango.test(none) }
    for difference in [-1.1, 1.1, .nan, .infinity] {
      #expect(throws: Undefined.outsideDomain("a difference must be between -1 and 1")) {
        try Tango.test(none, difference: difference)
      }
    }
    let huge = Int.max / 4
    for table in try [
      PairedOutcomes(both: huge, firstOnly: huge, secondOnly: huge, neither: huge),
      PairedOutcomes(both: huge, firstOnly: 1, secondOnly: 0, neither: 0),
      PairedOutcomes(both: 0, firstOnly: huge, secondOnly: 0, neither: 0),
      PairedOutcomes(both: 0, firstOnly: 0, secondOnly: 1, neither: 0),
    ] {
      for (name, interval) in Self.intervals {
        let estimate = try interval(table)
        #expect(estimate.interval.contains(estimate.value), "\(name) \(table)")
      }
    }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try Tango.interval(none, confidence: 1)
    }
  }
}
