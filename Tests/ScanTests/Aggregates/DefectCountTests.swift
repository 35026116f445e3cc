import Testing

@testable import Scan

@Suite struct DefectCountTests {
  /// However many there are, only the first are kept: a file of nothing else must not fill the memory.
  @Test func keepsTheFirstOnly() {
    let table = TestTable(
      columns: [("a", [String?](repeating: "1", count: 100))], defectsBefore: Set(stride(from: 1, to: 100, by: 2)))
    var count = DefectCount.Specification().empty
    for batch in table.batches(of: 7) { count.update(batch) }
    #expect(count.count == 50)
    #expect(count.first.map(\.place.number) == (0..<10).map { 3 + 3 * $0 })
  }
}
