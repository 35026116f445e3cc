import Testing

@testable import Statistics

@Suite struct MutualInformationTests {
  @Test func isWhatTheEntropiesShare() throws {
    var random = Philox(Seed(10))
    for _ in 0..<50 {
      let table = try ContingencyTable(random.table(rows: 3, columns: 5, below: 20))
      let sum = try Entropy.value(Counts(table.rowTotals)) + Entropy.value(Counts(table.columnTotals))
      let shared = try sum - Entropy.value(Counts(table.cells))
      #expect((MutualInformation.value(table) - shared).magnitude < 1e-14)
      #expect(agrees(MutualInformation.value(table), try GHomogeneity.test(table).statistic / (2 * table.total)))
      #expect(agrees(MutualInformation.value(table, in: .bits) * 0.6931471805599453, MutualInformation.value(table)))
      #expect(agrees(try MutualInformation.normalised(table), 2 * shared / sum, within: 1e-10))
    }
  }

  @Test func runsFromIndependenceToDetermination() throws {
    #expect(MutualInformation.value(try ContingencyTable([[2, 4], [3, 6]])) == 0)
    #expect(agrees(try MutualInformation.normalised(ContingencyTable([[7, 0], [0, 5]])), 1))
    // Empty categories say nothing.
    #expect(agrees(try MutualInformation.normalised(ContingencyTable([[7, 0, 0], [0, 5, 0], [0, 0, 0]])), 1))
    #expect(throws: Undefined.zeroVariance) { try MutualInformation.normalised(ContingencyTable([[7]])) }
  }
}
