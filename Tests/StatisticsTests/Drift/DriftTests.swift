import Glibc
import Testing

@testable import Statistics

@Suite struct DriftTests {
  private static func estimate(
    _ reference: [Int], _ current: [Int], _ method: DriftMethod = .jensenShannon, limit: Double = 0.1
  ) throws -> DriftEstimate {
    var cells = DriftCells(reference: reference, current: current, ordered: method.needsOrder)
    if method == .wasserstein { cells.values = reference.indices.map(Double.init) }
    return try Drift.estimate(cells, method, limit: limit, seed: Seed(7))
  }

  /// Few rows bound a distance as widely where both shares are nearly the same as where they differ a little.
  @Test(arguments: [10, 20, 30, 50]) func fewRowsBoundNothing(rows: Int) throws {
    for before in [598, 599, 600, 601, 602, 606] {
      let now = rows * 3 / 10
      let estimate = try Self.estimate([before, 2000 - before], [now, rows - now])
      #expect(estimate.interval.upper > 0.6 / Double(rows).squareRoot(), "\(before): \(estimate.interval)")
    }
  }

  /// The effects that are resampled are those of the library.
  @Test func effectsAreTheDistances() throws {
    var random = Philox(Seed(1))
    for _ in 0..<40 {
      let table = random.table(rows: 2, columns: 7, below: 30)
      guard let p = try? Counts(table[0]), let q = try? Counts(table[1]), p.observed > 1 else { continue }
      func effect(_ method: DriftMethod) throws -> Double { try Self.estimate(table[0], table[1], method).effect }
      #expect(agrees(try effect(.jensenShannon), try JensenShannon.distance(p, q), within: 1e-7))
      #expect(agrees(try effect(.totalVariation), try TotalVariation.distance(p, q)))
      #expect(agrees(try effect(.hellinger), try Hellinger.distance(p, q)))
      #expect(agrees(try effect(.lInfinity), try LInfinity.distance(p, q)))
      #expect(agrees(try effect(.psi), try PopulationStabilityIndex.value(reference: p, current: q), within: 1e-6))
      let values = (0..<7).map(Double.init)
      let moved = try Wasserstein.distance(values, weights: p.values, values, weights: q.values)
      let spread = try WeightedMoments(values, weights: p.values).populationVariance().squareRoot()
      #expect(agrees(try effect(.wasserstein), moved / spread))
      var gap = 0.0
      let gaps = zip(p.shares, q.shares).map { one, other in
        gap += one - other
        return gap.magnitude
      }
      #expect(agrees(try effect(.ks), gaps.max() ?? 0, within: 1e-9))
      // Of samples of the same size it is Cramer's V.
      let same = ContingencyTableOfSameSize(p, q)
      if let same { #expect(agrees(try effect(.cramersV), try CramersV.value(same))) }
    }
  }

  private func ContingencyTableOfSameSize(_ p: Counts, _ q: Counts) -> ContingencyTable? {
    try? ContingencyTable([p.values.map { $0 * q.total }, q.values.map { $0 * p.total }]).withoutEmpty().table
  }

  /// What a sketch misplaces at one rank it does not at another: a move of the values is known much better than by a walk
  /// of errors that add up, and better with narrower cells.
  @Test func aSketchHidesLittleOfAMove() throws {
    func upper(_ rows: Int, error: Double) throws -> Double {
      let values = (1...400).map { place in
        WeightedValue(Normal.upperQuantile((Double(place) - 0.5) / 400), weight: Double(rows) / 400)
      }
      let cells = try DriftCells.numbers(
        reference: values, current: values, for: .wasserstein, referenceError: error, currentError: error)
      return try Drift.estimate(cells, .wasserstein, limit: 0.1, seed: Seed(3)).interval.upper
    }
    // The error of the means' difference of 20,000 rows is 0.01 deviations, of a million 0.0014.
    let (counted, sketched) = (try upper(20_000, error: 0), try upper(20_000, error: 0.0133))
    #expect(counted < sketched && sketched < 0.05, "\(counted), \(sketched)")
    let many = try upper(1_000_000, error: 0.0133)
    // Of ranks that are off by 0.5 % each, each independent of the others, a mean is off by less than 0.02 deviations.
    #expect(many > 0.003 && many < 0.04, "\(many)")
  }

  /// Samples of one population: never drifted more often than by chance, and with rows enough stable. 200 pairs each; two
  /// of a hundred would be 4, and ten have a probability below 1 %.
  @Test(arguments: DriftMethod.allCases.filter { $0 != .ks }, [(10, 10), (1000, 10), (1000, 100)])
  func identicalPopulationsDoNotDrift(method: DriftMethod, sizes: (Int, Int)) throws {
    var random = Philox(Seed("identical", [Double(sizes.0), Double(sizes.1)]))
    var drifted = 0
    for run in 0..<200 {
      let cells = try DriftCells.numbers(
        reference: random.rows(sizes.0), current: random.rows(sizes.1), for: method)
      let estimate = try Drift.estimate(cells, method, limit: 0.02, seed: Seed(UInt64(run)))
      if estimate.decision(limit: 0.02, isSignificant: estimate.p.value <= 0.05) == .drifted { drifted += 1 }
    }
    #expect(drifted <= 10)
  }

  /// Populations exactly at the limit: each wrong decision in at most about 2.5 % of the runs; four standard errors of
  /// 300 runs are 11 more. One category grows and the rest stays, which is where total variation is biased most.
  @Test(arguments: [DriftMethod.jensenShannon, .totalVariation, .hellinger, .psi, .cramersV])
  func atTheLimitBothDecisionsAreRare(method: DriftMethod) throws {
    let shares = [0.3, 0.1] + (0..<17).map { _ in 0.6 / 17 }
    let shifted = [0.2, 0.2] + (0..<17).map { _ in 0.6 / 17 }
    let many = DriftCells(reference: shares.map { $0 * 1e12 }, current: shifted.map { $0 * 1e12 })
    let limit = try Drift.effect(many, method)
    var random = Philox(Seed("limit"))
    var (drifted, stable, covered) = (0, 0, 0)
    for run in 0..<300 {
      let cells = DriftCells(reference: random.counts(1000, shares), current: random.counts(600, shifted))
      let estimate = try Drift.estimate(cells, method, limit: limit, seed: Seed(UInt64(run)))
      switch estimate.decision(limit: limit, isSignificant: estimate.p.value < 0.05) {
      case .drifted: drifted += 1
      case .stable: stable += 1
      case .undecided: break
      }
      if estimate.interval.contains(limit) { covered += 1 }
    }
    #expect(drifted <= 19)
    #expect(stable <= 19)
    #expect(covered >= 270)
  }

  @Test(arguments: DriftMethod.allCases) func growsWithTheShift(method: DriftMethod) throws {
    var (last, lower, upper) = (-1.0, -1.0, -1.0)
    for moved in stride(from: 0, through: 200, by: 40) {
      let estimate = try Self.estimate([300, 300, 300, 300], [300 - moved, 300, 300, 300 + moved], method)
      #expect(estimate.effect > last && estimate.interval.lower >= lower && estimate.interval.upper > upper)
      #expect(estimate.interval.lower <= estimate.effect && estimate.effect <= estimate.interval.upper)
      (last, lower, upper) = (estimate.effect, estimate.interval.lower, estimate.interval.upper)
    }
    #expect(lower > 0)
  }

  @Test(arguments: DriftMethod.ofCategories) func isSymmetric(method: DriftMethod) throws {
    let (one, other) = ([40, 60, 100, 120], [80, 90, 60, 20])
    let (forth, back) = (try Self.estimate(one, other, method), try Self.estimate(other, one, method))
    #expect(agrees(forth.effect, back.effect))
    // Other random numbers stand behind the samples.
    #expect(agrees(forth.interval.lower, back.interval.lower, within: 0.15))
    #expect(agrees(forth.interval.upper, back.interval.upper, within: 0.15))
    #expect(agrees(forth.p.value, back.p.value, within: 1e-9))
  }

  @Test(arguments: DriftMethod.allCases) func moreRowsNarrowTheInterval(method: DriftMethod) throws {
    let small = try Self.estimate([40, 60, 100], [50, 70, 80], method)
    let large = try Self.estimate([4000, 6000, 10_000], [5000, 7000, 8000], method)
    #expect(large.interval.width < small.interval.width / 3)
    #expect(large.chance < small.chance)
    #expect(agrees(large.effect, small.effect, within: 1e-9))
  }

  @Test(arguments: DriftMethod.allCases) func moreConfidenceWidensTheInterval(method: DriftMethod) throws {
    let cells = DriftCells(
      reference: [100.0, 200, 300], current: [300, 200, 100], ordered: true, values: [1, 2, 3])
    let widths = try [0.8, 0.95, 0.99, 0.999].map {
      try Drift.estimate(cells, method, limit: 0.1, confidence: $0, seed: Seed(2)).interval.width
    }
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: DriftMethod.allCases) func isTheSameAgainAndDoesNotKnowTheLimit(method: DriftMethod) throws {
    let estimates = try [0.01, 0.1, 0.1].map { try Self.estimate([40, 60, 100], [50, 70, 80], method, limit: $0) }
    #expect(estimates[1] == estimates[2])
    #expect(estimates[0].interval == estimates[1].interval && estimates[0].p == estimates[1].p)
  }

  /// Samples without a value in common.
  @Test(arguments: DriftMethod.allCases) func disjointSamples(method: DriftMethod) throws {
    let estimate = try Self.estimate([50, 50, 0, 0], [0, 0, 50, 50], method)
    #expect(estimate.interval.lower > 0.3 && estimate.p.value < 1e-20)
    #expect(estimate.decision(limit: 0.3, isSignificant: true) == .drifted)
    #expect(estimate.decision(limit: 0.3, isSignificant: false) == .undecided)
    if ![.psi, .wasserstein, .lInfinity].contains(method) {
      #expect(agrees(estimate.effect, 1) && agrees(estimate.interval.upper, 1, within: 1e-6))
    }
  }

  /// One value everywhere: another one may have the share that so many rows do not show.
  @Test(arguments: DriftMethod.ofCategories) func constantColumns(method: DriftMethod) throws {
    let estimate = try Self.estimate([1000], [400], method)
    #expect(estimate.effect == 0 && estimate.interval.lower == 0 && estimate.p == .one)
    if method == .totalVariation { #expect(agrees(estimate.interval.upper, 1 - pow(0.025, 1 / 400.0))) }
    #expect(estimate.interval.upper > 0)
    #expect(estimate.decision(limit: 0.5, isSignificant: true) == .stable)
    let alike = try Self.estimate([500, 500], [200, 200], method)
    #expect(alike.effect == 0 && alike.interval.lower == 0 && alike.interval.upper > 0.02)
  }

  @Test(arguments: DriftMethod.allCases) func oneRowDecidesNothing(method: DriftMethod) throws {
    let estimate = try Self.estimate([500, 500], [1, 0], method)
    #expect(estimate.decision(limit: 0.1, isSignificant: estimate.p.value < 0.05) == .undecided)
    for number in [estimate.interval.lower, estimate.interval.upper, estimate.chance, estimate.effect] {
      #expect(number.isFinite)
    }
  }

  @Test func fewRowsNeverPass() throws {
    let estimate = try Self.estimate([1_000_000], [99], .totalVariation)
    #expect(estimate.interval.upper < 0.1)
    #expect(estimate.decision(limit: 0.1, isSignificant: false) == .undecided)
    #expect(estimate.rowsToDecide == 100)
    #expect(estimate.decision(limit: 0.1, isSignificant: false, floor: 50) == .stable)
  }

  @Test func sketchesAndWeightsAreWorthFewerRows() throws {
    let counts = [[3000.0, 3000, 3000, 3000], [3100, 3000, 2900, 3000]]
    func width(error: Double = 0, size: Double? = nil) throws -> Double {
      let cells = DriftCells(
        reference: counts[0], current: counts[1], referenceError: error, currentError: error, referenceSize: size,
        currentSize: size)
      return try Drift.estimate(cells, .totalVariation, limit: 0.1, seed: Seed(1)).interval.upper
    }
    #expect(try width() < width(error: 0.005))
    #expect(try width(error: 0.005) < width(error: 0.02))
    #expect(try width() < width(size: 1000))
    // An error of e with 99 % confidence is that of a sample whose shares have a standard error of e / 2.58.
    let deviation = 0.02 / Normal.critical(confidence: 0.99)
    let worth = 1 / (1 / 12_000 + deviation * deviation / (0.25 * 0.75))
    #expect(agrees(try width(error: 0.02), try width(size: worth), within: 0.01))
  }

  /// With the rows that are said to decide, four of five samples of one population pass; three standard errors of 150 runs
  /// are a tenth.
  @Test(arguments: [DriftMethod.jensenShannon, .totalVariation, .hellinger])
  func theRowsToDecideDecide(method: DriftMethod) throws {
    let shares = (0..<10).map { _ in 0.1 }
    var random = Philox(Seed("rows"))
    let first = DriftCells(reference: random.counts(2000, shares), current: random.counts(300, shares))
    let planned = try #require(try Drift.estimate(first, method, limit: 0.05, seed: Seed(1)).rowsToDecide)
    #expect(planned > 300)
    var stable = 0
    for run in 0..<150 {
      let cells = DriftCells(
        reference: random.counts(max(2000, planned), shares), current: random.counts(planned, shares))
      let estimate = try Drift.estimate(cells, method, limit: 0.05, seed: Seed(UInt64(run)))
      if estimate.decision(limit: 0.05, isSignificant: false) == .stable { stable += 1 }
    }
    #expect((105...140).contains(stable))
  }

  @Test func hostileInputIsTyped() {
    func expect(_ undefined: Undefined, _ cells: DriftCells, _ method: DriftMethod = .psi, confidence: Double = 0.95) {
      #expect(throws: undefined) {
        try Drift.estimate(cells, method, limit: 0.1, confidence: confidence, seed: Seed(1))
      }
    }
    expect(.lengthsDiffer(1, 2), DriftCells(reference: [1], current: [1, 2]))
    expect(.noObservations, DriftCells(reference: [], current: []))
    expect(.noObservations, DriftCells(reference: [0, 0], current: [1, 2]))
    expect(.outsideDomain("counts must not be negative"), DriftCells(reference: [-1, 2], current: [1, 2]))
    expect(.notFinite(index: 1), DriftCells(reference: [1, .nan], current: [1, 2]))
    expect(.outsideDomain("ks needs cells in order"), DriftCells(reference: [1, 2], current: [1, 2]), .ks)
    expect(
      .lengthsDiffer(2, 0), DriftCells(reference: [1, 2], current: [1, 2], ordered: true), .wasserstein)
    expect(
      .zeroVariance, DriftCells(reference: [3.0, 0], current: [1, 2], ordered: true, values: [1, 2]), .wasserstein)
    expect(
      .outsideDomain("confidence must be between 0 and 1"), DriftCells(reference: [1], current: [1]), confidence: 1)
    expect(
      .outsideDomain("a confidence in drift must be at most 0.999"), DriftCells(reference: [1, 2], current: [1, 2]),
      confidence: 0.9991)
    let many = [Int](repeating: 1, count: 1001)
    expect(.outsideDomain("drift is judged in at most 1000 cells"), DriftCells(reference: many, current: many))
    for error in [-0.1, 1, .nan] {
      expect(
        .outsideDomain("the error of a share must be at least 0 and below 1"),
        DriftCells(reference: [1, 2], current: [1, 2], referenceError: error))
    }
    expect(
      .outsideDomain("a sample's size must be above 0 and finite"),
      DriftCells(reference: [1, 2], current: [1, 2], currentSize: 0))
  }

  @Test(arguments: DriftMethod.allCases) func extremeCountsGiveNumbers(method: DriftMethod) throws {
    let samples: [[Double]] = [
      [0x1p53, 1, 0], [1, 0x1p53, 5], [1e-9, 1e-9, 1e-9], [3, 0, 0], [0, 0, 1], [0x1p52, 0x1p52, 0x1p52],
    ]
    for one in samples {
      for other in samples {
        let cells = DriftCells(reference: one, current: other, ordered: true, values: [-1e300, 0, 1.7e308])
        guard let estimate = try? Drift.estimate(cells, method, limit: 0.1, seed: Seed(3)) else { continue }
        #expect(estimate.effect.isFinite && estimate.effect >= 0 && estimate.chance.isFinite)
        #expect(estimate.interval.lower >= 0 && estimate.interval.lower <= estimate.interval.upper)
        #expect((0...1).contains(estimate.p.value))
      }
    }
  }
}
