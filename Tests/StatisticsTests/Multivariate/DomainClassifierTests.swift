import Glibc
import Testing

@testable import Statistics

/// Samples whose difference is known.
@Suite struct DomainClassifierTests {
  private typealias Value = CrossFittedArea.Value

  /// Columns of normal numbers, of which the second depends on the first.
  private static func sample(
    _ rows: Int, columns: Int = 3, dependence: Double = 0, shift: Double = 0, _ seed: UInt64
  ) -> [[Value]] {
    var random = Philox(Seed(seed))
    var table = [[Value]](repeating: [], count: columns)
    for _ in 0..<rows {
      var values = (0..<columns).map { _ in Normal.quantile(max(random.uniform(), 1e-12)) }
      if columns > 1 { values[1] = dependence * values[0] + (1 - dependence * dependence).squareRoot() * values[1] }
      values[0] += shift
      for column in 0..<columns { table[column].append(.number(values[column])) }
    }
    return table
  }

  private static func judged(_ a: [[Value]], _ b: [[Value]], seed: UInt64 = 1) throws -> DomainClassifier {
    try DomainClassifier(reference: a, current: b, confidence: 0.95, seed: Seed(seed))
  }

  /// Normal samples whose means differ by d have an area of Phi(d / root 2): 0.638 for half a deviation.
  @Test func aShiftHasTheAreaThatFollows() throws {
    let found = try Self.judged(Self.sample(1500, columns: 1, 1), Self.sample(1500, columns: 1, shift: 0.5, 2))
    #expect(found.area.interval.contains(0.6382))
    #expect(found.area.interval.width < 0.08 && found.contributions.map(\.columns) == [[0]])
  }

  /// No column has changed by itself.
  @Test func aDependenceThatIsGoneIsSeenAndNamed() throws {
    let found = try Self.judged(Self.sample(800, dependence: 0.8, 3), Self.sample(800, 4))
    #expect(found.area.interval.lower > 0.6, "\(found.area)")
    #expect(found.contributions[0].columns == [0, 1] && found.contributions[0].share > 0.8)
  }

  @Test func categoriesAndMissingValuesAreSeen() throws {
    func column(_ rows: Int, missing step: Int) -> [[Value]] {
      [(0..<rows).map { $0 % step == 0 ? .missing : .number(Double($0 * 7919 % 1000)) }]
    }
    #expect(try Self.judged(column(600, missing: 3), column(600, missing: 30)).area.interval.lower > 0.55)
    func categories(_ step: Int) -> [[Value]] { [(0..<600).map { .category($0 % step == 0 ? 1 : 2) }] }
    #expect(try Self.judged(categories(2), categories(5)).area.interval.lower > 0.55)
    #expect(try Self.judged(categories(2), categories(2)).area.interval.upper < 0.6)
  }

  /// A table is not told from itself, nor from a window that overlaps it: copies must not teach what they are judged by.
  @Test(arguments: [0.0, 0.5, 1]) func rowsOfBothSamplesSayNothing(fresh: Double) throws {
    let (before, other) = (Self.sample(1000, 11), Self.sample(1000, 12))
    let count = Int(1000 * fresh)
    let now = zip(before, other).map { Array($0.suffix(1000 - count) + $1.prefix(count)) }
    let found = try Self.judged(before, now)
    #expect(found.shared == 1000 - count)
    #expect(found.area.interval.contains(0.5), "\(found.area)")
    guard fresh == 0 else { return }
    #expect((found.area.value - 0.5).magnitude < 0.01, "\(found.area)")
    // Names that only one row has, the same on both sides.
    let names: [[Value]] = [(0..<1000).map { .category(UInt64($0)) }]
    #expect(try Self.judged(before + names, now + names).area.interval.contains(0.5))
  }

  /// Few different rows are alike by chance, which is no reason to pair them.
  @Test func rowsThatAreAlikeByChanceAreNoCopies() throws {
    let found = try Self.judged(Self.names(1000, from: 0, of: 300, 13), Self.names(1000, from: 0, of: 300, 14))
    #expect(found.shared == 0)
  }

  /// Each of a thousand categories, equally likely.
  private static func names(_ rows: Int, from first: Int, of many: Int = 1000, _ seed: UInt64) -> [[Value]] {
    var random = Philox(Seed(seed))
    return [(0..<rows).map { _ in .category(UInt64(first + Int(random.uniform() * Double(many)))) }]
  }

  /// No category is frequent, and all of them have other names.
  @Test func rareCategoriesThatAreRenamedAreSeen() throws {
    let found = try Self.judged(Self.names(2000, from: 0, 5), Self.names(2000, from: 5000, 6))
    // A quarter of the rows knows 1 - (1 - 1/1000)^500 = 39 % of the categories of each side: 1 - 0.61² / 2 = 0.81.
    #expect(found.area.interval.contains(0.81) && found.area.interval.lower > 0.7, "\(found.area)")
    #expect(found.contributions.map(\.columns) == [[0]])
    let some = try Self.judged(Self.names(2000, from: 0, 7), Self.names(2000, from: 500, 8))
    #expect(some.area.interval.lower > 0.55, "\(some.area)")
  }

  /// What a quarter of the rows teaches by chance is no difference of the others: at 95 % one of 30 is expected to alarm.
  @Test func rareCategoriesOfOnePopulationAreNoDifference() throws {
    var alarms = 0
    for run in 0..<30 {
      let seed = UInt64(100 + 2 * run)
      let found = try Self.judged(
        Self.names(400, from: 0, of: 150, seed), Self.names(400, from: 0, of: 150, seed + 1), seed: seed)
      if found.area.interval.lower > 0.5 { alarms += 1 }
    }
    #expect(alarms <= 4, "\(alarms)")
  }

  /// Everything tells: the area is 1, and its interval has a width all the same.
  @Test func whatIsAlwaysTheCaseHasAnInterval() throws {
    let found = try Self.judged(
      [(0..<200).map { .number(Double($0)) }], [(0..<200).map { .number(Double($0) + 1000) }])
    #expect(found.area.value == 1 && found.area.interval.upper == 1 && found.area.interval.lower < 1)
    #expect(found.area.interval.lower > 0.95)
  }

  /// With a level of 95 % at most one in forty is above by chance; of 200, five are expected, and twelve have a
  /// probability of 1 %. The spread of the areas is what their intervals say.
  @Test func nothingIsToldApartByChance() throws {
    var (areas, above, width) = ([Double](), 0, 0.0)
    for seed in 0..<200 {
      let found = try Self.judged(
        Self.sample(80, UInt64(2 * seed + 1000)), Self.sample(80, UInt64(2 * seed + 1001)), seed: UInt64(seed))
      areas.append(found.area.value)
      above += found.area.interval.lower > 0.5 ? 1 : 0
      width += found.area.interval.width
    }
    #expect(above <= 11)
    let spread = try Moments(areas)
    let deviation = (spread.m2 / 199).squareRoot()
    #expect((spread.mean - 0.5).magnitude < 0.02)
    // What folds that are taken for independent would say is 0.71 of it.
    let expected = width / 200 / 3.92
    #expect(deviation / expected > 0.8 && deviation / expected < 1.2, "\(deviation) \(expected)")
  }

  /// Ranks are all that counts of numbers.
  @Test func unitsDoNotCount() throws {
    let (a, b) = (Self.sample(300, 5), Self.sample(300, shift: 0.3, 6))
    func scaled(_ table: [[Value]]) -> [[Value]] {
      table.map { $0.map { value in if case .number(let x) = value { .number(exp(2 * x) * 1e6) } else { value } } }
    }
    #expect(try Self.judged(scaled(a), scaled(b)).area == Self.judged(a, b).area)
    #expect(try Self.judged(a, b).area == Self.judged(a, b).area)
  }

  @Test func whatCannotBeJudgedIsSaid() {
    let few = Self.sample(49, 7)
    #expect(throws: Undefined.tooFew("rows", needed: 50, got: 49)) { try Self.judged(few, Self.sample(100, 8)) }
    let constant: [[Value]] = [(0..<100).map { _ in .number(1) }]
    #expect(throws: Undefined.zeroVariance) { try Self.judged(constant, constant) }
    #expect(throws: Undefined.lengthsDiffer(3, 1)) { try Self.judged(Self.sample(100, 9), constant) }
  }

  /// Very many columns are judged without products.
  @Test func manyColumnsAreJudged() throws {
    let found = try Self.judged(Self.sample(120, columns: 130, 10), Self.sample(120, columns: 130, shift: 2, 11))
    #expect(found.features == 130 && found.area.interval.lower > 0.6)
  }
}
