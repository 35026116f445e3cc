import Glibc
import Testing

@testable import Statistics

@Suite struct HomogeneityTests {
  private func chiSquared(_ rows: [[Int]], correction: Bool = false) throws -> TestResult {
    try ChiSquaredHomogeneity.test(ContingencyTable(rows), correction: correction)
  }

  private func g(_ rows: [[Int]]) throws -> TestResult { try GHomogeneity.test(ContingencyTable(rows)) }

  /// n (ad - bc)^2 / (product of the four totals), by hand.
  @Test func agreesWithTheShortFormulaOfTwoByTwoTables() throws {
    let test = try chiSquared([[10, 20], [30, 40]])
    #expect(agrees(test.statistic, 100 * 40_000 / 5_040_000))
    #expect(test.degreesOfFreedom == 1)
    // 100 (|400 - 600| - 50)^2 / 5040000.
    #expect(agrees(try chiSquared([[10, 20], [30, 40]], correction: true).statistic, 100 * 22_500 / 5_040_000))
  }

  @Test func neitherOrderNorDirectionMatters() throws {
    var random = Philox(Seed(1))
    for _ in 0..<50 {
      let rows = random.table(rows: 3, columns: 4, below: 30)
      let turned = rows.reversed().map { Array($0.reversed()) }
      let transposed = try ContingencyTable(rows).transposed
      for statistic in [Departure.pearson, .likelihoodRatio] {
        let plain = try statistic.homogeneity(ContingencyTable(rows), correction: false)
        let other = try statistic.homogeneity(ContingencyTable(turned), correction: false)
        #expect(agrees(other.statistic, plain.statistic))
        #expect(agrees(try statistic.homogeneity(transposed, correction: false).statistic, plain.statistic))
      }
    }
  }

  @Test func statisticsGrowWithTheNumberOfRowsAndCramersVDoesNot() throws {
    let (once, thrice) = ([[5, 9, 2], [8, 3, 4]], [[15, 27, 6], [24, 9, 12]])
    #expect(agrees(try chiSquared(thrice).statistic, try 3 * chiSquared(once).statistic))
    #expect(agrees(try g(thrice).statistic, try 3 * g(once).statistic))
    #expect(
      agrees(try CramersV.value(ContingencyTable(thrice)), try CramersV.value(ContingencyTable(once))))
  }

  @Test func theTwoStatisticsAgreeForSmallEffectsInManyRows() throws {
    let rows = [[250_100, 249_900, 500_000], [249_800, 250_300, 499_900]]
    #expect(agrees(try g(rows).statistic, try chiSquared(rows).statistic, within: 1e-3))
  }

  @Test func yatesNeverRaisesTheStatisticNorPassesBeyondWhatIsExpected() throws {
    var random = Philox(Seed(2))
    for _ in 0..<200 {
      let rows = random.table(rows: 2, columns: 2, below: 12)
      let corrected = try chiSquared(rows, correction: true).statistic
      #expect(try corrected <= chiSquared(rows).statistic)
      #expect(corrected >= 0)
    }
    #expect(
      try chiSquared([[1, 0], [0, 1]], correction: true) == TestResult(statistic: 0, p: .one, degreesOfFreedom: 1))
    #expect(try chiSquared([[10, 20], [10, 20]], correction: true).statistic == 0)
    // Larger tables know no correction.
    #expect(try chiSquared([[3, 4, 5], [6, 2, 9]], correction: true) == chiSquared([[3, 4, 5], [6, 2, 9]]))
  }

  @Test func equalRowsHaveNoDeparture() throws {
    #expect(try chiSquared([[3, 4, 5], [6, 8, 10]]).statistic == 0)
    #expect(try g([[3, 4, 5], [6, 8, 10]]).statistic == 0)
    #expect(try chiSquared([[3, 4, 5]]) == TestResult(statistic: 0, p: .one, degreesOfFreedom: 0))
  }

  /// A share of the p-values under the null hypothesis that is at most 0.05, and 0.5, within 4.5 standard errors.
  @Test func pValuesAreUniformUnderTheNullHypothesis() throws {
    var random = Philox(Seed(3))
    let shares = [0.4, 0.3, 0.2, 0.1]
    let runs = 3000
    var (small, half) = (0, 0)
    for _ in 0..<runs {
      let p = try chiSquared([random.counts(of: 300, shares: shares), random.counts(of: 200, shares: shares)]).p.value
      if p <= 0.05 { small += 1 }
      if p <= 0.5 { half += 1 }
    }
    #expect((Double(small) / Double(runs) - 0.05).magnitude < 0.018)
    #expect((Double(half) / Double(runs) - 0.5).magnitude < 0.042)
  }

  @Test func tailsBelowEveryDoubleKeepTheirLogarithm() throws {
    let test = try chiSquared([[5000, 1000], [1000, 5000]])
    #expect(test.p.value == 0)
    // The asymptotic series of the normal tail at the root of the statistic; its next term is below 1e-7.
    let x = test.statistic
    let series = log(2) - x / 2 - log(2 * .pi * x) / 2 + log(1 - 1 / x + 3 / (x * x))
    #expect(agrees(test.p.log10, series / log(10), within: 1e-11))
  }

  @Test func emptyCategoriesAreNamedAndCanBeLeftOut() throws {
    #expect(throws: Undefined.emptyCategory("column 2")) { try chiSquared([[10, 0, 20], [30, 0, 40]]) }
    #expect(throws: Undefined.emptyCategory("row 1")) { try g([[0, 0], [3, 4]]) }
    let left = try ContingencyTable([[10, 0, 20], [0, 0, 0], [30, 0, 40]]).withoutEmpty()
    #expect(try left.table == ContingencyTable([[10, 20], [30, 40]]))
    #expect(left.rows == [1] && left.columns == [1])
  }

  @Test func countsCellsThatExpectLittle() throws {
    let table = try ContingencyTable([[1, 2, 1], [0, 3, 2]])
    #expect(table.cells(expectingBelow: 5) == 6)
    #expect(table.cells(expectingBelow: 1) == 2)
    #expect(agrees(table.expected[0], 4.0 / 9))
  }

  @Test func tablesThatAreNoneAreRefused() {
    #expect(throws: Undefined.noObservations) { try ContingencyTable([[Int]]()) }
    #expect(throws: Undefined.noObservations) { try ContingencyTable([[0, 0], [0, 0]]) }
    #expect(throws: Undefined.noObservations) { try ContingencyTable([[Int]](repeating: [], count: 3)) }
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try ContingencyTable([[1, 2], [3]]) }
    #expect(throws: Undefined.outsideDomain("counts must not be negative")) {
      try ContingencyTable([[1, 2], [-3, 1]])
    }
    #expect(throws: Undefined.outsideDomain("counts must be at most 2^53")) {
      try ContingencyTable([[1, .max], [3, 1]])
    }
    #expect(throws: Undefined.notFinite(index: 2)) { try ContingencyTable([[1, 2], [.nan, 1]]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try Counts([Double.infinity]) }
    #expect(throws: Undefined.outsideDomain("counts must be 0 or at least 2^-200")) { try Counts([1, 0x1p-1070]) }
  }

  @Test func theLargestCountsGiveFiniteAnswers() throws {
    let most = 1 << 53
    let test = try chiSquared([[most, 1], [1, most]])
    #expect(agrees(test.statistic, Double(2 * most), within: 1e-9))
    #expect(test.p.log10 < -1e15)
    #expect(try g([[most, most], [most, most - 1000]]).statistic >= 0)
  }
}
