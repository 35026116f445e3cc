import TestSupport
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
    #expect(Self.sum([]).doubles == 0...0)
  }

  /// The doubles on either side are next to each other, and the sum lies between them.
  @Test(arguments: 0..<200)
  func theDoublesEncloseTheSum(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let limit = Int64(1) << Int.random(in: 1...62, using: &generator)
    let sum = Self.sum((0..<9).map { _ in Int64.random(in: -limit...limit, using: &generator) })
    let doubles = sum.doubles
    #expect(Int128(doubles.lowerBound) <= sum.sum && sum.sum <= Int128(doubles.upperBound))
    if doubles.lowerBound == doubles.upperBound {
      #expect(Int128(doubles.lowerBound) == sum.sum)
    } else {
      #expect(doubles.lowerBound.nextUp == doubles.upperBound)
      #expect(Int128(doubles.lowerBound) < sum.sum && sum.sum < Int128(doubles.upperBound))
    }
  }
}
