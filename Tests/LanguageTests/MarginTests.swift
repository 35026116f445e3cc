import Language
import Testing

@Suite struct MarginTests {
  @Test(arguments: [
    ("5ms absolute", Margin(absolute: 0.005)), ("0.5 s absolute", Margin(absolute: 0.5)),
    ("2m absolute", Margin(absolute: 120)), ("10% relative", Margin(relative: 0.1)),
    ("10 % relative", Margin(relative: 0.1)), ("0ms absolute", Margin(absolute: 0)),
  ])
  func times(text: String, margin: Margin) {
    #expect(decode(.timeMargin, plain(text)).value == margin)
  }

  @Test func bothParts() {
    let both = decode(.timeMargin, list(plain("5ms absolute"), plain("10% relative")))
    #expect(both.value == Margin(absolute: 0.005, relative: 0.1))
  }

  @Test(arguments: [
    ("5ms", "a margin says whether it is absolute or relative"),
    ("10%", "a margin says whether it is absolute or relative"),
    ("-5ms absolute", "a margin cannot be negative [write it without the sign]"),
    ("5 absolute", "expected a margin, found \"5 absolute\""),
    ("10% absolute", "an absolute margin is a duration"),
    ("5ms relative", "a relative margin is a share of the baseline"),
    ("fast", "expected a margin, found \"fast\""),
  ])
  func noTimes(text: String, problem: String) {
    let (value, problems) = decode(Shape<Margin>.timeMargin, plain(text))
    #expect(value == nil)
    #expect(problems == ["1:10 \(problem)"])
  }

  @Test func aNumberHasNoUnit() {
    #expect(decode(.margin, plain("0.005 absolute")).value == Margin(absolute: 0.005))
    #expect(decode(.margin, plain("5ms absolute")).problems == ["1:10 expected a margin, found \"5ms absolute\""])
  }
}
