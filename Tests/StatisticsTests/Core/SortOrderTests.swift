import TestSupport
import Testing

@testable import Statistics

@Suite struct SortOrderTests {
  /// The order that comparing gives, equal numbers as they stand.
  private static func compared(_ values: [Double]) -> [UInt32] {
    values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { UInt32($0) }
  }

  @Test(arguments: [0, 1, 2, 511, 512, 513, 5000])
  func isThatOfComparing(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let scales = [1e-308, 1e-3, 1, 1e300]
    let values = (0..<count).map { _ in
      Double.random(in: -1...1, using: &random).rounded(.toNearestOrEven) == 0
        ? Double.random(in: -1...1, using: &random) * (scales.randomElement(using: &random) ?? 1)
        : Double(Int.random(in: -3...3, using: &random))
    }
    #expect(SortOrder.ascending(values) == Self.compared(values))
  }

  @Test func negativeZeroEqualsZeroAndInfinitiesAreEnds() {
    let few = [0.0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0.0]
    #expect(SortOrder.ascending(few) == [3, 5, 0, 1, 6, 4, 2])
    let many = (0..<200).flatMap { _ in few }
    #expect(SortOrder.ascending(many) == Self.compared(many))
  }
}
