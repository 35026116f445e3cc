import TestSupport
import Testing
import Verdict

@Suite struct SelectionTests {
  private let id = CheckID(suite: .data, subject: "flights", column: "dep_delay", check: "missing")

  @Test(arguments: [
    "data.flights.dep_delay.missing", "data", "data.flights", "data.flights.dep_delay", "data.*.missing", "*",
    "*.missing",
    "data.f*s.dep_*", "*delay*", "d*a.**.missing", "*data*",
  ])
  func includes(pattern: String) { #expect(Selection([pattern]).includes(id)) }

  @Test(arguments: [
    "dat", "data.flight", "data.flights.dep_delay.missin", "models", "data.flights.dep_delay.missing.more", "",
    "missing",
    "*.unique", "data.flights.", "?ata", "DATA",
  ])
  func excludes(pattern: String) { #expect(!Selection([pattern]).includes(id)) }

  @Test func noPatternIncludesEverything() {
    #expect(Selection.everything.includes(id))
    #expect(Selection([]).includes(id))
  }

  @Test func anyPatternSuffices() {
    #expect(Selection(["models", "*.missing"]).includes(id))
    #expect(!Selection(["models", "endpoints"]).includes(id))
  }

  /// The obvious exponential matcher agrees on every short pattern and text.
  @Test func agreesWithTheRecursiveDefinition() {
    func matches(_ pattern: Substring, _ text: Substring) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      if first == "*" {
        return matches(pattern.dropFirst(), text) || (!text.isEmpty && matches(pattern, text.dropFirst()))
      }
      return first == text.first && matches(pattern.dropFirst(), text.dropFirst())
    }
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<5000 {
      func word(_ letters: String, _ length: Int) -> String {
        String((0..<length).compactMap { _ in letters.randomElement(using: &generator) })
      }
      let pattern = word("ab*", Int.random(in: 1...6, using: &generator))
      let name = word("ab", Int.random(in: 1...6, using: &generator))
      let id = CheckID(suite: .data, subject: name, check: "c")
      let expected = matches("data.\(pattern)", "data.\(name).c") || matches("data.\(pattern).*", "data.\(name).c")
      #expect(Selection(["data." + pattern]).includes(id) == expected, "\(pattern) on \(name)")
    }
  }

  /// A naive matcher takes 2^30 steps here.
  @Test(.timeLimit(.minutes(1)))
  func manyStarsStayCheap() {
    let id = CheckID(suite: .data, subject: String(repeating: "a", count: 2000), check: "c")
    #expect(!Selection([String(repeating: "*a", count: 30) + "b"]).includes(id))
  }
}
