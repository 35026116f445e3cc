import Testing
import Verdict

@Suite struct BoundTests {
  @Test(
    arguments: [
      (Bound.atLeast(Quantity(2)), 2.0, true), (.atLeast(Quantity(2)), 1.999, false), (.atMost(Quantity(2)), 2, true),
      (.atMost(Quantity(2)), 2.001, false), (.between(Quantity(1), Quantity(2)), 1, true),
      (.between(Quantity(1), Quantity(2)), 2, true), (.between(Quantity(1), Quantity(2)), 0.999, false),
      (.between(Quantity(1), Quantity(2)), 2.001, false), (.equals(Quantity(2)), 2, true),
      (.equals(Quantity(2)), 2.001, false), (.atMost(Quantity(2)), -.infinity, true),
      (.atLeast(Quantity(2)), .infinity, true),
    ] as [(Bound, Double, Bool)])
  func allBoundsAreInclusive(bound: Bound, value: Double, isKept: Bool) { #expect(bound.contains(value) == isKept) }

  @Test(
    arguments: [
      Bound.atLeast(Quantity(2)), .atMost(Quantity(2)), .between(Quantity(1), Quantity(2)), .equals(Quantity(.nan)),
    ] as [Bound])
  func notANumberIsNeitherInNorOut(bound: Bound) { #expect(bound.contains(.nan) == nil) }

  @Test(
    arguments: [
      (Bound.atLeast(Quantity(2)), 2.0...3.0, true), (.atLeast(Quantity(2)), 1.9...3, nil),
      (.atLeast(Quantity(2)), 1...1.9, false), (.atMost(Quantity(2)), 1...2, true), (.atMost(Quantity(2)), 2...3, nil),
      (.atMost(Quantity(2)), 2.1...3, false), (.between(Quantity(1), Quantity(2)), 1...2, true),
      (.between(Quantity(1), Quantity(2)), 0...3, nil), (.between(Quantity(1), Quantity(2)), 2...3, nil),
      (.between(Quantity(1), Quantity(2)), 0...0.9, false), (.between(Quantity(1), Quantity(2)), 2.1...3, false),
      (.equals(Quantity(2)), 2...2, true), (.equals(Quantity(2)), 1...2, nil), (.equals(Quantity(2)), 2.1...3, false),
      (.equals(Quantity(.nan)), 1...2, nil), (.text("x"), 1...2, nil),
    ] as [(Bound, ClosedRange<Double>, Bool?)])
  func anIntervalIsInsideOutsideOrNeither(bound: Bound, interval: ClosedRange<Double>, isKept: Bool?) {
    #expect(bound.contains(interval) == isKept)
  }

  @Test func aTextBoundsNoNumber() { #expect(Bound.text("in [a, b]").contains(1) == nil) }

  @Test(
    arguments: [
      (Bound.atLeast(Quantity(1000, .rows)), "at least 1,000 rows"), (.atMost(Quantity(0.01, .share)), "at most 1%"),
      (.between(Quantity(0), Quantity(6000)), "between 0 and 6000"), (.equals(Quantity(3)), "exactly 3"),
      (.text("format email"), "format email"),
    ] as [(Bound, String)])
  func readsLikeEnglish(bound: Bound, text: String) { #expect(bound.description == text) }
}
