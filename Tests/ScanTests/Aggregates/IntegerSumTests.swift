import Testing

@testable import Scan

@Suite struct IntegerSumTests {
  private static func sum(_ values: [Int64]) -> IntegerSum {
    var sum = IntegerSum.Specification("a").empty
    sum.update(TestTable(columns: [("a", values.map { String($0) })]).batch(0..<values.count))
    return sum
  }

  @Test func nothingOverflows() {
    let sum = Self.sum([.max, .max, .max, .min])
    #expect(sum.sum == Int128(Int64.max) * 2 - 1)
    #expect(Self.sum([]).sum == 0)
  }
}
