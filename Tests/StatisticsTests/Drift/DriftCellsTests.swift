import Testing

@testable import Statistics

@Suite struct DriftCellsTests {
  private static func values(_ numbers: [Double]) -> [WeightedValue] { numbers.map { WeightedValue($0, weight: 1) } }

  @Test(arguments: [(10, 2), (35, 3), (100, 10), (199, 19), (1000, 20)])
  func cellsAreOfEqualMassInBothSamplesTogether(rows: Int, count: Int) throws {
    var random = Philox(Seed(UInt64(rows)))
    let cells = try DriftCells.numbers(reference: random.rows(1000), current: random.rows(rows, shift: 1), for: .psi)
    #expect(cells.reference.count == count)
    #expect(cells.reference.reduce(0, +) == 1000 && cells.current.reduce(0, +) == Double(rows))
    for (one, other) in zip(cells.reference, cells.current) {
      #expect((one + other - Double(1000 + rows) / Double(count)).magnitude <= 1)
    }
    #expect(cells.values == cells.values.sorted() && cells.ordered)
  }

  /// Which row is of which sample must not move a border: else samples of one population would differ.
  @Test(arguments: [DriftMethod.jensenShannon, .wasserstein, .ks])
  func bordersDoNotKnowWhoseTheRowsAre(method: DriftMethod) throws {
    var random = Philox(Seed(4))
    let pooled = random.rows(300).map { WeightedValue(($0.value * 4).rounded(), weight: 1) }
    var seen: Set<[Double]> = []
    for _ in 0..<20 {
      let dealt = pooled.shuffled(using: &random)
      let cells = try DriftCells.numbers(
        reference: Array(dealt[..<200]), current: Array(dealt[200...]), for: method)
      seen.insert(cells.values.map { ($0 * 1e9).rounded() })
    }
    #expect(seen.count == 1)
  }

  @Test func frequentValuesHaveCellsOfTheirOwn() throws {
    // 60 % zeros, few values below, many above.
    let reference = Self.values((0..<1000).map { $0 < 600 ? 0 : $0 < 620 ? -1 : Double($0) })
    let cells = try DriftCells.numbers(reference: reference, current: reference, for: .jensenShannon)
    #expect(Array(cells.values.prefix(2)) == [-1, 0])
    #expect(Array(cells.reference.prefix(2)) == [20, 600])
    let few = try DriftCells.numbers(
      reference: Self.values((0..<400).map { Double($0 % 4) }), current: Self.values((0..<100).map { Double($0 % 4) }),
      for: .jensenShannon)
    #expect(few.values == [0, 1, 2, 3] && few.reference == [100, 100, 100, 100])
  }

  /// Rows of which a share has one value amid the others.
  private static func spiked(_ count: Int, share: Double, _ random: inout Philox) -> [WeightedValue] {
    random.rows(count).map { random.uniform() < share ? WeightedValue(0.123, weight: 1) : $0 }
  }

  /// 4% of all rows on one value, which the other sample does not have: by hand the distance of the populations is
  /// root(0.02 + (log2(1 / 0.98) + 0.96 log2(0.96 / 0.98)) / 2) = 0.1425.
  @Test func aSpikeAmidTheOthersIsSeen() throws {
    var random = Philox(Seed(21))
    let (before, now) = (random.rows(20_000), Self.spiked(20_000, share: 0.04, &random))
    for (reference, current) in [(before, now), (now, before)] {
      let cells = try DriftCells.numbers(reference: reference, current: current, for: .jensenShannon)
      #expect(cells.values.contains(0.123) && cells.reference.count <= 22)
      let found = try Drift.estimate(cells, .jensenShannon, limit: 0.1, seed: Seed(22))
      #expect(found.interval.contains(0.1425) && found.interval.lower > 0.1, "\(found.interval)")
    }
    // Where both have it, it is no difference.
    let same = try DriftCells.numbers(
      reference: now, current: Self.spiked(20_000, share: 0.04, &random), for: .jensenShannon)
    #expect(try Drift.estimate(same, .jensenShannon, limit: 0.1, seed: Seed(23)).interval.upper < 0.05)
  }

  /// 15% of one sample on ten values that the other does not have, 1.5% on each: populations that are apart by
  /// root((0.15 + log2(2 / 1.85) + 0.85 log2(1.7 / 1.85)) / 2) = 0.2819. By twenty cells of equal mass they are alike.
  @Test func manySmallSpikesAreSeen() throws {
    var random = Philox(Seed(24))
    let (before, rest) = (random.rows(5000), random.rows(4250))
    let places = (0..<10).map { -1.5 + 0.3111 * Double($0) }
    let now = rest + (0..<750).map { WeightedValue(places[$0 % 10], weight: 1) }
    for (reference, current) in [(before, now), (now, before)] {
      let cells = try DriftCells.numbers(reference: reference, current: current, for: .jensenShannon)
      #expect(places.allSatisfy(cells.values.contains) && cells.reference.count <= 40)
      let found = try Drift.estimate(cells, .jensenShannon, limit: 0.1, seed: Seed(25))
      #expect(found.interval.contains(0.2819), "\(found.interval)")
    }
    // Where a sketch tells the others, those that were counted are told.
    let counted = rest + places.map { WeightedValue($0, weight: 75, isCounted: true) }
    let cells = try DriftCells.numbers(
      reference: before, current: counted, for: .jensenShannon, referenceError: 0.01, currentError: 0.01)
    #expect(places.allSatisfy(cells.values.contains))
    let sketched = try DriftCells.numbers(
      reference: before, current: now, for: .jensenShannon, referenceError: 0.01, currentError: 0.01)
    #expect(!places.allSatisfy(sketched.values.contains))
  }

  /// Populations as far apart as the limit, by a spike: at 95% one of 40 is expected above it.
  @Test func aSpikeAtTheLimitAlarmsSeldom() throws {
    let share = DriftMethod.jensenShannon.mass(ofDistance: 0.1)
    let alarms = try (0..<40).count { run in
      var random = Philox(Seed(UInt64(300 + run)))
      let (before, now) = (random.rows(3000), Self.spiked(3000, share: share, &random))
      let cells = try DriftCells.numbers(reference: before, current: now, for: .jensenShannon)
      let found = try Drift.estimate(cells, .jensenShannon, limit: 0.1, seed: Seed(UInt64(run)))
      return found.interval.lower > 0.1
    }
    #expect(alarms <= 4, "\(alarms)")
  }

  /// A constant column that changes must be seen, however much larger the reference is.
  @Test(arguments: [4.0, 6]) func aConstantIsNotBlind(other: Double) throws {
    let reference = [WeightedValue(5, weight: 100_000)]
    let cells = try DriftCells.numbers(reference: reference, current: [WeightedValue(other, weight: 100)], for: .psi)
    #expect(cells.values == [other, 5].sorted())
    #expect(try Drift.effect(cells, .totalVariation) == 1)
    let same = try DriftCells.numbers(reference: reference, current: [WeightedValue(5, weight: 100)], for: .psi)
    #expect(same.reference == [100_000])
  }

  @Test func wassersteinTellsFarValuesFromNearOnes() throws {
    var random = Philox(Seed(8))
    let reference = random.rows(2000)
    var current = random.rows(2000)
    for index in 0..<4 { current[index].value = 1e6 }
    let cells = try DriftCells.numbers(reference: reference, current: current, for: .wasserstein)
    #expect(cells.values.last == 1e6 && cells.current.last == 4 && cells.reference.last == 0)
    #expect(cells.values.count <= 70)
    // The distance of the cells is nearly that of the values.
    let exact = try Wasserstein.normalised(reference.map(\.value), current.map(\.value))
    #expect(agrees(try Drift.effect(cells, .wasserstein), exact, within: 0.02))
  }

  /// Uniform values moved by more than their range: the distance is the move, the unit the reference's deviation.
  @Test(arguments: [2.0, 100, 1e6])
  func wassersteinOfSeparateSamplesIsTheMove(move: Double) throws {
    func uniform(_ move: Double) -> [WeightedValue] {
      (0..<1000).map { WeightedValue(Double($0) / 1000 + move, weight: 1) }
    }
    let cells = try DriftCells.numbers(reference: uniform(0), current: uniform(move), for: .wasserstein)
    let deviation = ((1 - 1e-6) / 12).squareRoot()
    #expect(agrees(cells.unit ?? 0, deviation, within: 1e-12))
    #expect(agrees(try Drift.effect(cells, .wasserstein), move / deviation, within: 0.011))
  }

  /// Half of the rows at each of two places, against two fifths: the guard sees the means, whatever the sketches hide.
  @Test func wassersteinIsGuardedByTheMeans() throws {
    func mixture(_ share: Double, _ seed: UInt64) -> [WeightedValue] {
      var random = Philox(Seed(seed))
      return random.rows(5000).enumerated().map { index, row in
        WeightedValue(row.value + (Double(index) < 5000 * share ? 0 : 1000), weight: 1)
      }
    }
    let (reference, current) = (mixture(0.5, 1), mixture(0.4, 2))
    for error in [0, 0.0133] {
      let cells = try DriftCells.numbers(
        reference: reference, current: current, for: .wasserstein, referenceError: error, currentError: error)
      let found = try Drift.estimate(cells, .wasserstein, limit: 0.1, seed: Seed(3))
      #expect(agrees(found.effect, 0.2, within: 0.02) && found.p.value < (error > 0 ? 0.01 : 1e-15), "\(found)")
    }
    let same = try DriftCells.numbers(reference: reference, current: mixture(0.5, 5), for: .wasserstein)
    #expect(try Drift.estimate(same, .wasserstein, limit: 0.1, seed: Seed(3)).p.value > 0.01)
  }

  /// 2 L² is the root of Jensen and Shannon's divergence to first order; the others by hand.
  @Test(
    arguments: [
      (DriftMethod.jensenShannon, 0.1, 0.019856366843795496), (.totalVariation, 0.3, 0.3), (.lInfinity, 0.05, 0.05),
      (.ks, 0.2, 0.2), (.hellinger, 0.1, 1 - 0.99 * 0.99), (.cramersV, 0.1, 0.02 / 1.01), (.wasserstein, 0.1, 1),
      (.jensenShannon, 1, 1),
    ] as [(DriftMethod, Double, Double)])
  func theMassOfADistance(method: DriftMethod, distance: Double, mass: Double) {
    #expect(agrees(method.mass(ofDistance: distance), mass, within: 1e-9))
  }

  @Test func sketchesMakeFewerCells() {
    #expect(DriftCells.count(reference: 1e6, current: 1e6) == 20)
    #expect(DriftCells.count(reference: 1e6, current: 1e6, error: 0.0166) == 10)
    #expect(DriftCells.count(reference: 1e6, current: 5, error: 0.0166) == 2)
    #expect(DriftCells.count(reference: .infinity, current: .infinity, error: 0.9) == 2)
  }

  @Test func rareCategoriesShareCells() throws {
    let reference = [("a", 600.0), ("b", 300), ("c", 50)] + (0..<50).map { ("r\($0)", 1.0) }
    let result = try CategoryCells(
      reference: reference.map { (key: $0.0, count: $0.1) }, current: [("a", 150), ("new", 50)])
    // Ten rows of 200 are a twentieth: c alone has 50 of 1,200. So has what is new, but a quarter of 200 is no chance.
    #expect(result.members[0] == ["a"] && result.members[1] == ["b"] && result.members[2] == ["new"])
    #expect(result.members[3].contains("c") && result.cells.mixed == [3])
    for cell in [0, 1, 3] {
      #expect((result.cells.reference[cell] + result.cells.current[cell]) * 200 / 1200 >= 10)
    }
    #expect(result.cells.reference.reduce(0, +) == 1000 && result.cells.current.reduce(0, +) == 200)
    #expect(Set(result.members.joined()).count == 54)
  }

  /// Sixty categories of which every other one has become twice as frequent: each has a cell, and the distance is that of
  /// the categories.
  @Test(arguments: DriftMethod.allCases.filter { !$0.needsOrder }) func manyCategoriesAreComparedOneByOne(
    method: DriftMethod
  ) throws {
    let reference = (0..<60).map { (key: $0, count: $0.isMultiple(of: 2) ? 400.0 : 200) }
    let current = (0..<60).map { (key: $0, count: $0.isMultiple(of: 2) ? 200.0 : 400) }
    let result = try CategoryCells(reference: reference, current: current)
    #expect(result.members.map(\.count) == [Int](repeating: 1, count: 60) && result.cells.mixed.isEmpty)
    let plain = DriftCells(reference: reference.map(\.count), current: current.map(\.count))
    #expect(try abs(Drift.effect(result.cells, method) - Drift.effect(plain, method)) < 1e-12)
    // So are numbers of which every value is counted, with 500 rows for each.
    let numbers = try DriftCells.numbers(
      reference: reference.map { WeightedValue(Double($0.key), weight: 10 * $0.count) },
      current: current.map { WeightedValue(Double($0.key), weight: 10 * $0.count) }, for: method)
    #expect(try abs(Drift.effect(numbers, method) - Drift.effect(plain, method)) < 1e-12)
  }

  /// What is frequent in a small sample is no rare category, however large the other sample is; by chance it hardly is.
  @Test func aCertainChangeHasACellOfItsOwn() throws {
    let old = (0..<5).map { (key: $0, count: 4000.0) }
    func cells(_ new: Double) throws -> CategoryCells<Int> {
      try CategoryCells(reference: old, current: (0..<5).map { (key: $0, count: 184) } + [(key: 9, count: new)])
    }
    #expect(try cells(80).members.contains([9]) && !cells(2).members.contains([9]))
    let distance = try Drift.effect(cells(80).cells, .jensenShannon)
    #expect(abs(distance - 0.203) < 0.001)
    let numbers = try DriftCells.numbers(
      reference: old.map { WeightedValue(Double($0.key), weight: $0.count) },
      current: (0..<5).map { WeightedValue(Double($0), weight: 184) } + [WeightedValue(9, weight: 80)],
      for: .jensenShannon)
    #expect(try abs(Drift.effect(numbers, .jensenShannon) - distance) < 1e-12)
  }

  /// The largest change of a share is that of a category: many small ones that move together are none.
  @Test func theLargestChangeIsOfASingleCategory() throws {
    let cells = try CategoryCells(
      reference: [(key: 0, count: 900)] + (1...50).map { (key: $0, count: 2) },
      current: [(key: 0, count: 800)] + (1...50).map { (key: $0, count: 4) }
    ).cells
    #expect(try abs(Drift.effect(cells, .lInfinity) - 0.1) < 1e-12 && cells.mixed.count > 0)
    let some = try CategoryCells(
      reference: [(key: 0, count: 500), (key: 1, count: 400)] + (2...51).map { (key: $0, count: 2) },
      current: [(key: 0, count: 450), (key: 1, count: 350)] + (2...51).map { (key: $0, count: 4) }
    ).cells
    #expect(try abs(Drift.effect(some, .lInfinity) - 0.05) < 1e-12)
  }

  @Test func unknownCategoriesAreCounted() throws {
    let result = try CategoryCells(
      reference: [(key: 1, count: 500), (key: 2, count: 400)], current: [(key: 1, count: 90)], rest: (100, 10))
    #expect(result.unknown == 2)
    #expect(result.cells.reference == [500, 400, 100] && result.cells.current == [90, 0, 10])
    let alone = try CategoryCells(reference: [(key: 1, count: 9)], current: [(key: 1, count: 9)], rest: (1, 0))
    #expect(alone.cells.reference == [9, 1] && alone.unknown == 1)
  }

  /// Two categories never become one cell, however rare one is.
  @Test(arguments: [1, 3, 100]) func oneCellAloneIsBlind(rare: Double) throws {
    let cells = try CategoryCells(
      reference: [(key: "no", count: 1e6), (key: "yes", count: rare)], current: [(key: "yes", count: 100)]
    ).cells
    #expect(cells.reference.count == 2)
    #expect(try Drift.effect(cells, .totalVariation) > 0.9)
  }

  @Test func whatIsNoSampleIsRefused() {
    let one = [WeightedValue(1, weight: 1)]
    #expect(throws: Undefined.noObservations) { try DriftCells.numbers(reference: [], current: one, for: .psi) }
    #expect(throws: Undefined.noObservations) {
      try DriftCells.numbers(reference: one, current: [WeightedValue(1, weight: 0)], for: .psi)
    }
    for bad in [WeightedValue(.nan, weight: 1), WeightedValue(1, weight: .infinity)] {
      #expect(throws: Undefined.notFinite(index: 1)) {
        try DriftCells.numbers(reference: one, current: [bad], for: .psi)
      }
    }
    #expect(throws: Undefined.outsideDomain("weights must not be negative")) {
      try DriftCells.numbers(reference: [WeightedValue(1, weight: -1)], current: one, for: .psi)
    }
    #expect(throws: Undefined.outOfRange) {
      try DriftCells.numbers(reference: one, current: [WeightedValue(.infinity, weight: 1)], for: .wasserstein)
    }
    #expect(throws: Undefined.noObservations) {
      try CategoryCells(reference: [(key: "a", count: 1)], current: [])
    }
    #expect(throws: Undefined.outsideDomain("counts must not be negative")) {
      try CategoryCells(reference: [(key: "a", count: 1)], current: [(key: "a", count: -1)])
    }
  }
}
