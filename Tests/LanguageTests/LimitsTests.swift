import Language
import Testing
import Verdict

@Suite struct LimitsTests {
  private let shape = Shape<Limits>.limits(of: .plain)

  @Test func everyCombinationBecomesABound() {
    #expect(decode(shape, mapping(["at_least": plain("1")])).value?.bound == .atLeast(Quantity(1)))
    #expect(decode(shape, mapping(["at_most": plain("2")])).value?.bound == .atMost(Quantity(2)))
    #expect(decode(shape, mapping(["equals": plain("3")])).value?.bound == .equals(Quantity(3)))
    let both = Bound.between(Quantity(1), Quantity(2))
    #expect(decode(shape, mapping(["at_least": plain("1"), "at_most": plain("2")])).value?.bound == both)
    #expect(decode(shape, mapping(["between": list(plain("1"), plain("2"))])).value?.bound == both)
    #expect(decode(shape, mapping(["between": list(plain("2"), plain("2"))])).problems.isEmpty)
  }

  @Test func impossibleBoundsAreErrors() {
    #expect(
      decode(shape, mapping(["at_least": plain("3", line: 1), "at_most": plain("2", line: 2)])).problems == [
        "1:10 no value can be at least 3 and at most 2 [larger than the upper limit]"
      ])
    #expect(
      decode(shape, mapping(["between": list(plain("9"), plain("1"))])).problems == [
        "1:10 no value can be at least 9 and at most 1 [larger than the upper limit]"
      ])
    #expect(
      decode(shape, mapping(["at_least": plain("1"), "equals": plain("1", line: 2)])).problems == [
        "2:10 \"equals\" leaves no room for another limit"
      ])
    #expect(decode(shape, mapping([:])).problems == ["1:1 a limit is missing"])
  }

  @Test func aPairHasTwoValues() {
    #expect(decode(shape, mapping(["between": list(plain("1"))])).problems == ["1:1 expected two values, found 1"])
    #expect(
      decode(shape, mapping(["between": list(plain("1"), plain("2"), plain("3"))])).problems == [
        "1:1 expected two values, found 3"
      ])
    #expect(decode(shape, mapping(["between": plain("1")])).problems == ["1:10 expected a list, found \"1\""])
  }

  @Test func aWrongUnitIsTheOnlyComplaint() {
    let durations = Shape<Limits>.limits(of: .duration)
    #expect(
      decode(durations, mapping(["at_most": plain("5")])).problems == [
        "1:10 expected a duration such as 500ms, 30s or 24h, found \"5\""
      ])
  }

  @Test func theCaretGoesToTheLimitThatIsBroken() throws {
    let node = mapping(["at_least": plain("1", line: 4), "at_most": plain("2", line: 5)])
    let limits = try #require(decode(shape, node).value)
    #expect(limits.location(for: 0)?.line == 4)
    #expect(limits.location(for: 3)?.line == 5)
    #expect(limits.location(for: 1.5)?.line == 4)
    #expect(Limits().location(for: 1) == nil)
  }
}
