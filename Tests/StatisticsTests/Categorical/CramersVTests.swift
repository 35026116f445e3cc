import Testing

@testable import Statistics

@Suite struct CramersVTests {
  @Test func runsFromIndependenceToDetermination() throws {
    #expect(try CramersV.value(ContingencyTable([[2, 4], [3, 6]])) == 0)
    #expect(agrees(try CramersV.value(ContingencyTable([[7, 0, 0], [0, 5, 0], [0, 0, 9]])), 1))
    #expect(try CramersV.biasCorrected(ContingencyTable([[70, 0], [0, 50]])) == 1)
  }

  @Test func isThePhiCoefficientOfTwoByTwoTables() throws {
    let phi = Double(10 * 40 - 20 * 30) / Double(30 * 70 * 40 * 60).squareRoot()
    #expect(agrees(try CramersV.value(ContingencyTable([[10, 20], [30, 40]])), phi.magnitude))
  }

  /// Bergsma's formulas by hand: n = 40, X2 = 10, so phi2 = 0.25 - 1/39, and 2 - 1/39 rows less 1.
  @Test func theCorrectionIsBergsmas() throws {
    let table = try ContingencyTable([[15, 5], [5, 15]])
    let phi = 0.25 - 1 / 39.0
    #expect(agrees(try CramersV.biasCorrected(table), (phi / (1 - 1 / 39.0)).squareRoot()))
  }

  @Test func chanceAloneIsAboveZeroWithoutTheCorrection() throws {
    var random = Philox(Seed(4))
    let shares = [Double](repeating: 0.1, count: 10)
    var (plain, corrected) = (0.0, 0.0)
    for _ in 0..<200 {
      let table = try ContingencyTable([random.counts(of: 100, shares: shares), random.counts(of: 100, shares: shares)])
      plain += try CramersV.value(table) / 200
      corrected += try CramersV.biasCorrected(table) / 200
      #expect(try CramersV.biasCorrected(table) <= CramersV.value(table))
    }
    // sqrt(9 / 200) on average, and near 0.
    #expect((plain - 0.21).magnitude < 0.02)
    #expect(corrected < 0.08)
  }

  @Test func oneRowHasNoAssociation() throws {
    #expect(throws: Undefined.tooFew("rows and columns", needed: 2, got: 1)) {
      try CramersV.value(ContingencyTable([[5, 6, 7]]))
    }
    #expect(throws: Undefined.emptyCategory("column 1")) { try CramersV.value(ContingencyTable([[0, 6], [0, 7]])) }
    #expect(throws: Undefined.self) { try CramersV.biasCorrected(ContingencyTable([[1, 0], [0, 1]].map { $0 })) }
    #expect(throws: Undefined.self) { try CramersV.biasCorrected(ContingencyTable([[0.25, 0.25], [0.25, 0.25]])) }
  }
}
