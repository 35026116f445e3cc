import Testing

@testable import Statistics

@Suite struct RadixSortTests {
  /// Below and above the length from which digits are sorted instead of values.
  @Test(arguments: [0, 1, 2, 599, 600, 5_000])
  func sortsAsComparingDoes(count: Int) {
    var draws = Draws(seed: 3)
    let special: [Double] = [
      0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e308, -1e308,
    ]
    let values: [Double] = (0..<count).map { index in
      if index % 7 == 3 { return special[index / 7 % 8] }
      return index % 5 == 1 ? 2.5 : draws.normal() * 1e3
    }
    let sorted = RadixSort.sorted(values)
    #expect(sorted == values.sorted())
    #expect(sorted.allSatisfy { $0.bitPattern != (-0.0).bitPattern })
    let order = RadixSort.order(values).map(Int.init)
    #expect(order.map { values[$0] } == values.sorted())
    // Equal values keep their order.
    #expect(zip(order, order.dropFirst()).allSatisfy { values[$0] < values[$1] || $0 < $1 })
  }

  @Test func keysOrderAsTheValues() {
    let ascending: [Double] = [
      -.infinity, -1e308, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 1e308, .infinity,
    ]
    #expect(ascending.map(RadixSort.key).sorted() == ascending.map(RadixSort.key))
    #expect(ascending.map { RadixSort.value(RadixSort.key($0)) } == ascending)
    #expect(RadixSort.key(-0.0) == RadixSort.key(0))
  }
}
