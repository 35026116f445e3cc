import Testing

@testable import Statistics

@Suite struct BisectionTests {
  @Test func findsTheLastPointThatHolds() {
    #expect(Bisection.border(inside: 0, outside: 2) { $0 * $0 < 2 } == 2.0.squareRoot().nextDown)
    #expect(Bisection.border(inside: 0, outside: -2) { $0 * $0 < 2 } == -(2.0.squareRoot().nextDown))
    #expect(Bisection.border(inside: 1, outside: 0) { $0 >= 1e-300 } == 1e-300)
    #expect(Bisection.border(inside: 0, outside: 5) { $0 < 7 } == 5)
  }

  @Test func endsWhateverTheConditionSays() {
    #expect(Bisection.border(inside: 0, outside: 1) { _ in false } < 1e-307)
    #expect(Bisection.border(inside: 0, outside: 1) { ($0 / 0) < 0 } < 1e-307)
    #expect(Bisection.border(inside: 0, outside: 1e308) { $0 < 1e200 } == 1e200.nextDown)
  }

  @Test func findsTheFirstCount() {
    for needed in [1, 2, 3, 17, 1000, 1 << 40, .max - 1, .max] {
      #expect(Bisection.firstCount(from: 1, upTo: .max) { $0 >= needed } == needed)
    }
    #expect(Bisection.firstCount(from: 0, upTo: 10) { $0 >= 0 } == 0)
    #expect(Bisection.firstCount(from: 3, upTo: 10) { $0 >= 1 } == 3)
    #expect(Bisection.firstCount(from: 0, upTo: 10) { $0 >= 10 } == 10)
    #expect(Bisection.firstCount(from: 0, upTo: 10) { $0 >= 11 } == nil)
    #expect(Bisection.firstCount(from: 11, upTo: 10) { _ in true } == nil)
  }
}
