import Glibc
import Testing

@testable import Statistics

@Suite struct CorrelationTests {
  private func pairs(_ random: inout Philox, _ count: Int, slope: Double = 0) -> ([Double], [Double]) {
    let x = random.normals(count)
    return (x, x.map { slope * $0 + random.normal() })
  }

  private func orders(_ values: [Double]) -> [[Double]] {
    values.isEmpty
      ? [[]]
      : values.indices.flatMap { index in
        orders(values.enumerated().filter { $0.offset != index }.map(\.element)).map { [values[index]] + $0 }
      }
  }

  @Test func aLineIsPerfect() throws {
    let x = [1.0, 2, 3, 4]
    for slope in [2.0, -0.5] {
      let test = try Pearson(x, x.map { slope * $0 + 1 })
      #expect(test.coefficient == (slope > 0 ? 1 : -1) && test.unexplained == 0 && test.p() == .zero)
      #expect(throws: Undefined.outsideDomain("a perfect correlation has no Fisher interval")) {
        try test.interval(confidence: 0.95)
      }
    }
    #expect(try Pearson([1, 2], [9, 4]).coefficient == -1)
    #expect(try Pearson([1, 2], [9, 4]).p() == .one)
  }

  @Test func unitsDoNotMatter() throws {
    var random = Philox(Seed(23))
    let (x, y) = pairs(&random, 20, slope: 0.4)
    let plain = try Pearson(x, y)
    for (scale, shift) in [(1e300, 0), (1e-300, 0), (-3, 1e6), (7, -2)] {
      let moved = try Pearson(x.map { $0 * scale + shift }, y)
      #expect(agrees(moved.coefficient, scale < 0 ? -plain.coefficient : plain.coefficient, within: 1e-9))
    }
    #expect(agrees(try Pearson(y, x).coefficient, plain.coefficient))
    #expect(agrees(plain.unexplained, 1 - plain.coefficient * plain.coefficient))
    #expect(agrees(plain.p(.less).value + plain.p(.greater).value, 1))
    let ranks = try (Spearman(x, y), Spearman(x.map { exp($0) }, y.map { $0 * $0 * $0 }))
    #expect(ranks.0.coefficient == ranks.1.coefficient)
    let concord = try (Kendall(x, y), Kendall(x.map { exp($0) }, y.map { -$0 }))
    #expect(concord.0.coefficient == -concord.1.coefficient)
    #expect(agrees(concord.0.p(.less).value, concord.1.p(.greater).value))
  }

  /// Fisher's interval covers the true correlation in 95 % of samples, within 4.5 standard errors; p-values of
  /// independent samples are uniform.
  @Test func intervalsCoverAndPValuesAreUniform() throws {
    var random = Philox(Seed(24))
    let runs = 2000
    var (covered, pearson, spearman, kendall) = (0, 0, 0, 0)
    for _ in 0..<runs {
      let (x, y) = pairs(&random, 25, slope: 0.75)
      if try Pearson(x, y).interval(confidence: 0.95).contains(0.6) { covered += 1 }
      let (u, v) = pairs(&random, 25)
      if try Pearson(u, v).p().value <= 0.1 { pearson += 1 }
      if try Spearman(u, v).p().value <= 0.1 { spearman += 1 }
      if try Kendall(u, v).p().value <= 0.1 { kendall += 1 }
    }
    #expect((Double(covered) / Double(runs) - 0.95).magnitude < 0.022)
    for count in [pearson, spearman, kendall] { #expect((Double(count) / Double(runs) - 0.1).magnitude < 0.03) }
  }

  @Test func spearmanWithoutTiesIsTheShortFormula() throws {
    let y = [3.0, 1, 4, 2, 6, 5, 8, 7]
    let x = (1...8).map { Double($0) }
    let squares = zip(x, y).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(agrees(try Spearman(x, y).coefficient, 1 - 6 * squares / (8 * 63)))
  }

  /// All pairs of rows, one by one.
  @Test func kendallAgreesWithAllPairs() throws {
    var random = Philox(Seed(25))
    for _ in 0..<60 {
      let count = 2 + random.index(below: 40)
      let (x, y) = (
        (0..<count).map { _ in Double(random.index(below: 6)) }, (0..<count).map { _ in random.normal().rounded() }
      )
      var (balance, first, second) = (0, 0, 0)
      for i in 0..<count {
        for j in 0..<i {
          let (dx, dy) = (x[i] - x[j], y[i] - y[j])
          balance += dx * dy > 0 ? 1 : dx * dy < 0 ? -1 : 0
          first += dx != 0 ? 1 : 0
          second += dy != 0 ? 1 : 0
        }
      }
      guard first > 0, second > 0 else { continue }
      let expected = Double(balance) / (Double(first) * Double(second)).squareRoot()
      #expect((try Kendall(x, y).coefficient - expected).magnitude < 1e-14)
    }
  }

  /// Every order of six values: the p-value without ties is the share of orders at least as extreme, and with ties the
  /// variance of the normal approximation is that over all orders.
  @Test func kendallAgreesWithTheEnumerationOfAllOrders() throws {
    let x = [1.0, 2, 3, 4, 5, 6]
    let taus = try orders(x).map { try Kendall(x, $0).coefficient }
    for order in orders(x).prefix(200) {
      let test = try Kendall(x, order)
      let tau = test.coefficient
      #expect(agrees(test.p().value, Double(taus.count { $0.magnitude >= tau.magnitude - 1e-12 }) / 720))
      #expect(agrees(test.p(.greater).value, Double(taus.count { $0 >= tau - 1e-12 }) / 720))
      #expect(agrees(test.p(.less).value, Double(taus.count { $0 <= tau + 1e-12 }) / 720))
    }
    let (tied, other) = ([1.0, 1, 2, 3, 3, 3], [4.0, 5, 5, 6, 8, 9])
    // tau-b is the balance divided by the same number for every order: (15 - 4)(15 - 1).
    let unit = (11.0 * 14).squareRoot()
    let balances = try orders(other).map { try Kendall(tied, $0).coefficient * unit }
    let variance = balances.reduce(0) { $0 + $1 * $1 } / 720
    let test = try Kendall(tied, other)
    #expect(
      agrees(test.p().value, Normal.twoSided(test.coefficient * unit / variance.squareRoot()).value, within: 1e-10))
  }

  @Test func kendallsExactAndNormalPValuesMeet() throws {
    var random = Philox(Seed(26))
    let (x, y) = pairs(&random, 33, slope: 0.3)
    let exact = try Kendall(x, y)
    // Less one for continuity: the balance moves in steps of two.
    let balance = exact.coefficient.magnitude * 528 - 1
    let normal = Normal.twoSided(balance / (33 * 32 * 71 / 18.0).squareRoot())
    #expect((exact.p().value - normal.value).magnitude < 0.003)
    // One discordant pair of sixty rows: 2 * 60 / 60!.
    var order = (0..<60).map { Double($0) }
    order.swapAt(20, 21)
    #expect(
      agrees(try Kendall((0..<60).map { Double($0) }, order).p().log10, log10(120) - 81.92017484939019, within: 1e-12))
  }

  @Test func undefinedCorrelations() {
    let compute: [([Double], [Double]) throws -> Void] = [
      { _ = try Pearson($0, $1) }, { _ = try Spearman($0, $1) }, { _ = try Kendall($0, $1) },
    ]
    for correlation in compute {
      #expect(throws: Undefined.tooFew("values", needed: 2, got: 1)) { try correlation([1], [2]) }
      #expect(throws: Undefined.lengthsDiffer(2, 3)) { try correlation([1, 2], [1, 2, 3]) }
      #expect(throws: Undefined.notFinite(index: 1)) { try correlation([1, 2], [1, .nan]) }
      #expect(throws: Undefined.zeroVariance) { try correlation([1, 2, 3], [0.1, 0.1, 0.1]) }
    }
    #expect(throws: Undefined.tooFew("pairs", needed: 3, got: 2)) { try Spearman([1, 2], [3, 4]).p() }
    #expect(throws: Undefined.tooFew("pairs", needed: 4, got: 3)) {
      try Pearson([1, 2, 3], [3, 4, 1]).interval(confidence: 0.9)
    }
    #expect(throws: Undefined.outsideDomain("confidence must be between 0 and 1")) {
      try Pearson([1, 2, 3, 4], [3, 4, 1, 1]).interval(confidence: 95)
    }
  }
}
