import DataChecks
import Language
import Testing
import Verdict

/// Limits contradict each other where every value has to keep both.
@Suite struct SeparateLimitsTests {
  private static let low: [(String, Tree)] = [("at_least", "10")]
  private static let high: [(String, Tree)] = [("at_most", "5")]

  private static func problems(_ more: [(String, Tree)], _ other: [(String, Tree)], _ column: [(String, Tree)] = [])
    -> [String]
  {
    let checks = Tree.sequence([.mapping(low + more), .mapping(high + other)])
    return Gate.problems(["columns": ["a": .mapping(column + [("checks", checks)])]]).map(\.headline)
  }

  @Test func limitsOfAllValuesContradictEachOther() {
    #expect(Self.problems([], []) == ["no value can be at least 10 and at most 5"])
    #expect(Self.problems([("severity", "warn")], []) == ["no value can be at least 10 and at most 5"])
  }

  @Test func limitsOfSomeValuesDoNot() {
    let (a, b): ([(String, Tree)], [(String, Tree)]) = ([("where", "g = 'a'")], [("where", "g = 'b'")])
    #expect(Self.problems(a, b).isEmpty && Self.problems(a, []).isEmpty && Self.problems([], b).isEmpty)
    #expect(Self.problems([("allow", "50%")], []).isEmpty && Self.problems([], [("allow", "3 rows")]).isEmpty)
    #expect(Self.problems([], [], [("allow", "50%")]).isEmpty)
  }
}
