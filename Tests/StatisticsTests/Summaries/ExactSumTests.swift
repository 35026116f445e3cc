import Testing

@testable import Statistics

@Suite struct ExactSumTests {
  @Test func losesNothing() throws {
    #expect(try ExactSum.value([1e16, 1, -1e16, 1]) == 2)
    #expect(try ExactSum.value([1e200, 1e150, 1e100, 1, -1e100, -1e150, -1e200]) == 1)
    // A tie that the last part decides.
    #expect(try ExactSum.value([1e16, 1, 1e-16]) == 1e16 + 2)
    #expect(try ExactSum.value([1e16, 1, -1e-16]) == 1e16)
    #expect(try ExactSum.value([1e16, 1]) == 1e16)
    #expect(try ExactSum.value([]) == 0)
  }

  /// Multiples of 2^-20 that fit in 63 bits, against whole numbers; in every order the same.
  @Test func agreesWithWholeNumbers() throws {
    var random = Philox(Seed(21))
    for _ in 0..<100 {
      let whole = (0..<50).map { _ in Int(truncatingIfNeeded: random.next()) >> (11 + random.index(below: 50)) }
      let values = whole.map { Double($0) * 0x1p-20 }
      let expected = Double(whole.reduce(0, +)) * 0x1p-20
      #expect(try ExactSum.value(values) == expected)
      #expect(try ExactSum.value(values.shuffled(using: &random)) == expected)
    }
  }

  @Test func undefinedSums() {
    #expect(throws: Undefined.notFinite(index: 1)) { try ExactSum.value([1, .nan]) }
    #expect(throws: Undefined.outOfRange) { try ExactSum.value([1.7e308, 1.7e308]) }
  }
}
